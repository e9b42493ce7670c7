"""Page types of the safe-space map: the list, who runs a place, a place with its rows; what staff keep of them."""

from safespace_map.models.directory import OrganisationPage, SafeSpaceIndexPage
from safespace_map.models.place import SafeSpacePage
from safespace_map.models.rows import HelpOffered, OpeningException, OpeningHours, PhoneLine
from safespace_map.models.staff import DeadNumber, RaiseRequest, Reminded, RemovedStreet, StaffNote

__all__ = [
    "DeadNumber",
    "HelpOffered",
    "OpeningException",
    "OpeningHours",
    "OrganisationPage",
    "PhoneLine",
    "RaiseRequest",
    "Reminded",
    "RemovedStreet",
    "SafeSpaceIndexPage",
    "SafeSpacePage",
    "StaffNote",
]
