"""Places as locations of HSDS."""

from collections.abc import Sequence
from typing import Any

from safespace_map import spoken
from safespace_map.hsds.schedules import schedules
from safespace_map.hsds.words import choice, day, derived, label, without_gaps
from safespace_map.places import Phone, Place
from safespace_map.surroundings import Surroundings


def bare_location(place: Place, around: Surroundings) -> dict[str, Any]:
    """Return where a place is, as far as that may be known."""
    exact = place.precision == "exact"
    point = place.point if exact else None
    return without_gaps(
        {
            "id": str(place.key),
            "location_type": "virtual" if place.precision == "phone" else "physical",
            "name": place.title,
            "description": place.summary,
            "transportation": place.way_there if exact else "",
            "latitude": point.latitude if point else None,
            "longitude": point.longitude if point else None,
            "precision": place.precision,
            "city": around.name("city", place.city),
            "district": around.name("district", place.district) if place.district else "",
        }
    )


def location(place: Place, around: Surroundings) -> dict[str, Any]:
    """Return a place with everything that belongs to it."""
    return {
        **bare_location(place, around),
        **_of_ours(place),
        "languages": languages(str(place.key), place.languages, around),
        "addresses": addresses(place, around),
        "contacts": [],
        "accessibility": accessibility(place),
        "phones": phones(place, around),
        "schedules": schedules(place, around),
    }


def _of_ours(place: Place) -> dict[str, Any]:
    """Return what HSDS has sentences for, or nothing, in members of ours: an import takes them back as they were."""
    return without_gaps(
        {
            "city_code": place.city,
            "district_code": place.district,
            "arrival": place.arrival,
            "wheelchair": place.wheelchair,
            "interpreter": place.interpreter,
            "staff_gender_on_request": place.staff_gender_on_request,
            "by_appointment": place.by_appointment,
            "closed_until": day(place.closed_until),
            "checked_by": place.checked_by,
        }
    )


def addresses(place: Place, around: Surroundings) -> list[dict[str, Any]]:
    """Return the address of a place where it is public; nothing stands in for one that is not."""
    if place.precision != "exact":
        return []
    city = around.name("city", place.city)
    return [
        {
            "id": derived(str(place.key), "address"),
            "address_1": place.street,
            "city": city,
            # HSDS wants one; the cities of this network are known without.
            "state_province": city,
            "postal_code": place.postal_code,
            "country": around.terms.city(place.city).country,
            "address_type": "physical",
        }
    ]


def accessibility(place: Place) -> list[dict[str, Any]]:
    """Return what is known of accessibility, a wheelchair's first."""
    wheelchair = f"{label('wheelchair')}: {choice('wheelchair', place.wheelchair)}"
    return [
        without_gaps(
            {
                "id": derived(str(place.key), "accessibility"),
                "description": place.accessibility or wheelchair,
                "details": wheelchair if place.accessibility else "",
            }
        )
    ]


def phones(place: Place, around: Surroundings) -> list[dict[str, Any]]:
    """Return the telephones of a place."""
    return [
        without_gaps(
            {
                "id": phone.key,
                "number": phone.number,
                "type": phone.kind,
                "description": ". ".join(filter(None, (phone.name, phone.hours, _cost_of_call(phone)))),
                "languages": languages(phone.key, phone.languages, around),
                "name": phone.name,
                "hours": phone.hours,
                "is_free": phone.is_free,
                "cost": phone.cost,
            }
        )
        for phone in place.phones
    ]


def _cost_of_call(phone: Phone) -> str:
    return label("is_free") if phone.is_free else phone.cost


def languages(of: str, codes: Sequence[str], around: Surroundings) -> list[dict[str, Any]]:
    """Return spoken languages with their names."""
    return [
        {"id": derived(of, "language", code), "name": spoken.name(code, around.locale), "code": code} for code in codes
    ]
