"""The precision rule: what is not to be known of a place is stored nowhere (safety rule 3).

`exact` has an address and a point, `area` a district, `phone` a city. This module refuses what must not be stored, and
that the precision of a stored place changes along with something else: in a form, a draft, a translation or a pull.
`safespace_map.lowering` removes what may not be stored any longer, `safespace_map.raising` asks a second person.
"""

import re
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from safespace_map.models import SafeSpacePage

# From the most careful to the most exact.
LEVELS = ("phone", "area", "exact")
# What only an exact place has, with the value of each when it has none.
OF_EXACT_PLACES: dict[str, Any] = {
    "street": "",
    "postal_code": "",
    "way_there": "",
    "latitude": None,
    "longitude": None,
}
# Two decimal degrees one after the other, as maps copy them: 50.8467, 4.3525
COORDINATES = re.compile(r"-?\d{1,3}[.,]\d{3,}\s*°?\s*[NSns]?\s*[,;/ ]\s*-?\d{1,3}[.,]\d{3,}")


def is_more_exact(precision: str, than: str) -> bool:
    """Whether one precision tells more than another."""
    return LEVELS.index(precision) > LEVELS.index(than)


def blank_for(precision: str) -> dict[str, Any]:
    """Return the fields that a place of this precision must not have, with the value that stands for nothing."""
    match precision:
        case "exact":
            return {}
        case "area":
            return OF_EXACT_PLACES
        case _:
            return {**OF_EXACT_PLACES, "district": None}


def refusals(place: "SafeSpacePage", *, draft: bool = False) -> dict[str, Any]:
    """Return an error for each field that holds what must not be stored or, unless in a draft, lacks what must be.

    The database is not asked.
    """
    found: dict[str, Any] = {
        name: _("Nothing of this may be stored for a place that is not shown at its address. Empty this field.")
        for name, nothing in blank_for(place.precision).items()
        if _value(place, name) != nothing
    }
    if place.precision != "exact":
        found |= {
            name: _("This looks like coordinates. Nothing may tell where this place is.")
            for name, text in texts_of(place).items()
            if COORDINATES.search(text)
        }
    elif not draft and not place.street:
        found["street"] = _("A place shown at its address needs one.")
    if not draft and place.precision == "exact" and (place.latitude is None or place.longitude is None):
        found["latitude"] = _("Give latitude and longitude, so that it can be found on the map.")
    if not draft and place.precision == "area" and place.district_id is None:
        found["district"] = _("Choose the district that readers see.")
    return found


def refused_change(place: "SafeSpacePage", stored: str | None) -> dict[str, Any]:
    """Return an error where a place is not known as exactly as it is `stored`, if it is."""
    if stored in {None, place.precision}:
        return {}
    return {"precision": _("How exactly a place may be known is changed on a page of its own.")}


def stored_precision(place: "SafeSpacePage") -> str | None:
    """Return how exactly a place may be known as the database says, in whichever language; None for a new place.

    The row is locked where a transaction is open: whoever saves a place and whoever lowers its precision wait for
    each other, so that no draft with an address comes in behind the one who removes it.
    """
    places = type(place)._default_manager.all()
    if connection.in_atomic_block:
        places = places.select_for_update()
    if place.pk is not None:
        own = places.filter(pk=place.pk).values_list("precision", flat=True).first()
        if own is not None:
            return str(own)
    relatives = places.filter(translation_key=place.translation_key).order_by("pk")
    return relatives.values_list("precision", flat=True).first()


def _value(place: "SafeSpacePage", name: str) -> Any:
    return place.district_id if name == "district" else getattr(place, name)


def texts_of(place: "SafeSpacePage") -> dict[str, str]:
    """Return every text of the place that staff write, by field."""
    names = ("title", "slug", "summary", "other_words", "search_description", "arrival", "eligibility", "what_to_bring")
    return {name: getattr(place, name) or "" for name in (*names, "cost", "accessibility")}
