"""Services of Open Referral HSDS 3.0, as one reads them one by one (`full`), as cells of our table.

HSDS tells of services at locations, the table of places with their kinds of help: services at one location become
one row. A location that gives an address is taken as `exact`, one without as known by telephone only, unless our
own member `precision` says more. From what an instance of ours gives, every cell comes back as it was: where HSDS has
a sentence only, members of ours beside it are read instead.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from safespace_map.exchange.cells import pack
from safespace_map.exchange.table import yes

SUMMARY = 300
CLOCK = re.compile(r"(\d\d:\d\d)")
BYDAY = re.compile(r"(-?\d)?(MO|TU|WE|TH|FR|SA|SU)")


class NotHsds(ValueError):
    """A service is not made as HSDS wants it."""

    def __init__(self, number: int, reason: str) -> None:
        super().__init__(reason)
        self.number = number
        self.reason = reason


def places(services: Iterable[dict[str, Any]]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the cells of each place, with the number of its first service, from 1. Raises `NotHsds`."""
    at: dict[str, list[tuple[int, dict[str, Any], dict[str, Any]]]] = {}
    for number, service in enumerate(services, start=1):
        try:
            for location in _locations(service):
                key = str(location.get("id") or service.get("id") or f"service {number}")
                at.setdefault(key, []).append((number, service, location))
        except (TypeError, AttributeError) as error:
            raise NotHsds(number, "a list or an object is something else") from error
    for key, found in at.items():
        number, first, location = found[0]
        try:
            yield number, _cells(key, first, location, [service for _number, service, _location in found])
        except (TypeError, AttributeError, ValueError, KeyError) as error:
            raise NotHsds(number, "a list or an object is something else") from error


def _locations(service: dict[str, Any]) -> list[dict[str, Any]]:
    found = [link.get("location") or {} for link in service.get("service_at_locations") or []]
    return found or [{}]


def _cells(key: str, service: dict[str, Any], location: dict[str, Any], all_: list[dict[str, Any]]) -> dict[str, str]:
    address: dict[str, Any] = next(iter(location.get("addresses") or []), {})
    ours = "precision" in location
    precision = location.get("precision") or ("exact" if address.get("address_1") else "phone")
    costs = service.get("cost_options") or []
    schedules = [*(location.get("schedules") or service.get("schedules") or [])]
    cells = {
        "key": key,
        "organisation": (service.get("organization") or {}).get("name"),
        "title": location.get("name") or service.get("name"),
        "summary": str(_summary(service, location, ours=ours))[:SUMMARY],
        "precision": precision,
        "city": location.get("city_code") or address.get("city") or location.get("city") or _first_area(service),
        "district": location.get("district_code") or location.get("district"),
        "street": ", ".join(filter(None, (address.get("address_1"), address.get("address_2")))),
        "postal_code": address.get("postal_code"),
        "latitude": location.get("latitude"),
        "longitude": location.get("longitude"),
        "way_there": location.get("transportation"),
        "phones": pack(map(_phone, location.get("phones") or service.get("phones") or [])),
        "help": pack(_help(one, location) for one in all_ if _terms(one, "service_type")),
        "hours": pack(_hours(one) for one in schedules if one.get("freq")),
        "exceptions": pack(_exception(one) for one in schedules if one.get("replaces_regular_hours")),
        "by_appointment": yes(location.get("by_appointment") is True),
        "temporarily_closed": yes(service.get("status") == "temporarily closed"),
        "closed_until": location.get("closed_until"),
        "audiences": ",".join(_terms(service, "audience")),
        "eligibility": service.get("eligibility_description"),
        "languages": ",".join(_languages(location) or _languages(service)),
        "interpreter": _interpreter(service, location, ours=ours),
        "staff_gender_on_request": yes(location.get("staff_gender_on_request") is True),
        "arrival": location.get("arrival"),
        "what_to_bring": "\n".join(one.get("document") or "" for one in service.get("required_documents") or []),
        "is_free": yes(all(one.get("amount") == 0 for one in costs)),
        "cost": "" if all(one.get("amount") == 0 for one in costs) else _cost(service, costs),
        "wheelchair": location.get("wheelchair"),
        "accessibility": _accessibility(location, ours=ours),
        "checked_by": location.get("checked_by"),
        "checked_on": service.get("assured_date"),
        "check_again_by": service.get("check_again_by"),
        "is_example": yes(service.get("is_example") is True),
        "machine_translated": yes(service.get("machine_translated") is True),
    }
    return {name: str(value).strip() for name, value in cells.items() if value not in {None, ""}}


def _summary(service: dict[str, Any], location: dict[str, Any], *, ours: bool) -> str:
    return location.get("description") or ("" if ours else service.get("description")) or ""


def _interpreter(service: dict[str, Any], location: dict[str, Any], *, ours: bool) -> str:
    if ours:
        return location.get("interpreter") or ""
    return "on_request" if service.get("interpretation_services") else ""


def _accessibility(location: dict[str, Any], *, ours: bool) -> str:
    """Return what is said of it; ours say what a wheelchair needs in its place where there is nothing else."""
    said = [one for one in location.get("accessibility") or [] if not ours or one.get("details")]
    return "\n".join(one.get("description") or "" for one in said)


def _first_area(service: dict[str, Any]) -> str:
    return next((one.get("name") or "" for one in service.get("service_areas") or []), "")


def _terms(service: dict[str, Any], kind: str) -> list[str]:
    attributes = [one for one in service.get("attributes") or [] if one.get("link_type") == kind]
    return [str((one.get("taxonomy_term") or {}).get("code") or one.get("value") or "") for one in attributes]


def _help(service: dict[str, Any], location: dict[str, Any]) -> tuple[str, ...]:
    kind, *_others = _terms(service, "service_type")
    # Our own services are called like their kind where they have no name.
    named = service.get("alternate_name")
    description = str(service.get("description") or "")
    return (
        kind,
        str(service.get("name") or "") if named else "",
        # Where nothing is said of the service, ours repeat what is said of the place.
        "" if description == location.get("description") else description,
        str(service.get("application_process") or ""),
        _age(service.get("minimum_age")),
        _age(service.get("maximum_age")),
    )


def _age(value: Any) -> str:
    return "" if value is None else f"{value:g}"


def _phone(phone: dict[str, Any]) -> tuple[str, ...]:
    kind = "text" if phone.get("type") in {"text", "textphone"} else "voice"
    return (
        str(phone.get("number") or ""),
        kind,
        # Only ours say whether a call is free.
        str(phone.get("name" if "is_free" in phone else "description") or "")[:120],
        ",".join(_languages(phone)),
        str(phone.get("hours") or ""),
        yes(phone.get("is_free") is True),
        str(phone.get("cost") or ""),
    )


def _languages(of: dict[str, Any]) -> list[str]:
    return [str(one.get("code") or "").lower() for one in of.get("languages") or [] if one.get("code")]


def _hours(schedule: dict[str, Any]) -> tuple[str, ...]:
    found = BYDAY.findall(schedule.get("byday") or "")
    weeks = {week for week, _day in found}
    return (
        ",".join(day for _week, day in found),
        _clock(schedule.get("opens_at")),
        _clock(schedule.get("closes_at")),
        # Several weeks of the month in one schedule: said so, and then refused.
        ",".join(sorted(filter(None, weeks))),
        str(schedule.get("valid_from") or ""),
        str(schedule.get("valid_to") or ""),
        yes(bool(schedule.get("by_appointment", schedule.get("attending_type")))),
        str(schedule.get("notes") or "")[:160],
    )


def _exception(schedule: dict[str, Any]) -> tuple[str, ...]:
    first, last = (str(schedule.get(name) or "") for name in ("valid_from", "valid_to"))
    return (
        first,
        last if last != first else "",
        _clock(schedule.get("opens_at")),
        _clock(schedule.get("closes_at")),
        str(schedule.get("notes") or "")[:160],
    )


def _clock(value: Any) -> str:
    found = CLOCK.match(str(value or ""))
    return found[1] if found else str(value or "")


def _cost(service: dict[str, Any], costs: list[dict[str, Any]]) -> str:
    said = service.get("fees_description") or ". ".join(str(one.get("option") or "") for one in costs)
    return str(said)[:200]
