"""Page types of the safe-space map: the list, who runs a place, the place with its rows."""

from safespace_map.models.directory import OrganisationPage, SafeSpaceIndexPage
from safespace_map.models.place import SafeSpacePage
from safespace_map.models.rows import HelpOffered, OpeningException, OpeningHours, PhoneLine

__all__ = [
    "HelpOffered",
    "OpeningException",
    "OpeningHours",
    "OrganisationPage",
    "PhoneLine",
    "SafeSpaceIndexPage",
    "SafeSpacePage",
]
