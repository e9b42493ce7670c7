"""Where the CMS meets the safe-space map."""

from safespace_map.exchange import hooks as exchange
from safespace_map.staff import hooks as staff

__all__ = ["exchange", "staff"]
