"""Where the CMS meets the safe-space map."""

from safespace_map.staff import hooks

__all__ = ["hooks"]
