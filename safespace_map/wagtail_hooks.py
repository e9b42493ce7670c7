"""Where the CMS meets the map."""

from safespace_map.exchange import hooks

__all__ = ["hooks"]
