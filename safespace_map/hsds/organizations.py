"""Who runs places, as organizations of HSDS."""

from collections.abc import Iterable
from typing import Any

from safespace_map.hsds.locations import location
from safespace_map.hsds.words import without_gaps
from safespace_map.places import Organisation, Place
from safespace_map.surroundings import Surroundings


def organization(one: Organisation) -> dict[str, Any]:
    """Return who runs places, as lists show it."""
    return without_gaps(
        {
            "id": str(one.key),
            "name": one.title,
            "description": one.description or one.summary or one.title,
            "email": one.email,
            "website": one.website,
            "uri": one.url,
            "is_example": one.is_example,
            "machine_translated": one.machine_translated,
        }
    )


def full_organization(one: Organisation, places: Iterable[Place], around: Surroundings) -> dict[str, Any]:
    """Return who runs places, with these places."""
    return {
        **organization(one),
        "contacts": [],
        "phones": [],
        "locations": [location(place, around) for place in places],
        "programs": [],
    }
