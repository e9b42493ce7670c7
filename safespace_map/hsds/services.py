"""Kinds of help as services of HSDS."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from equalcity.core.moments import in_utc
from safespace_map.geojson import outline
from safespace_map.hsds.locations import bare_location, languages, location, phones
from safespace_map.hsds.organizations import organization
from safespace_map.hsds.schedules import schedules
from safespace_map.hsds.taxonomies import TAXONOMIES, taxonomy_term
from safespace_map.hsds.words import choice, derived, label, without_gaps
from safespace_map.places import Helps, Place
from safespace_map.surroundings import Surroundings


@dataclass(frozen=True)
class Service:
    """A kind of help at a place."""

    place: Place
    help: Helps

    @property
    def id(self) -> str:
        return self.help.key

    @property
    def link_id(self) -> str:
        """The identity of the service at its location."""
        return derived(self.help.key, "at", str(self.place.key))


def services(places: Iterable[Place]) -> Iterator[Service]:
    """Yield every service of some places, in their order."""
    for place in places:
        for one in place.help or (_the_place_itself(place),):
            yield Service(place, one)


def _the_place_itself(place: Place) -> Helps:
    return Helps(derived(str(place.key), "service"), "", place.title, "", "", None, None)


def service(one: Service, around: Surroundings) -> dict[str, Any]:
    """Return a service as lists show it: its own members and its organization."""
    place, given = one.place, one.help
    kind = around.name("help", given.kind) if given.kind else ""
    organisation = around.organisation(place)
    return without_gaps(
        {
            "id": one.id,
            "name": given.name or kind,
            "alternate_name": kind if given.name else "",
            "description": given.description or place.summary,
            "url": place.url,
            "email": organisation.email if organisation else "",
            "status": "temporarily closed" if place.temporarily_closed else "active",
            "interpretation_services": choice("interpreter", place.interpreter) if place.interpreter else "",
            "application_process": given.how_to_get_it,
            "fees_description": label("is_free") if place.is_free else place.cost,
            "eligibility_description": place.eligibility,
            "minimum_age": given.minimum_age,
            "maximum_age": given.maximum_age,
            "assured_date": place.checked_on.isoformat(),
            "alert": alert(place),
            "last_modified": in_utc(place.modified_at),
            "organization": organization(organisation) if organisation else None,
            "location_precision": place.precision,
            "check_again_by": place.check_again_by.isoformat(),
            "is_example": place.is_example,
            "machine_translated": place.machine_translated,
        }
    )


def full_service(one: Service, around: Surroundings) -> dict[str, Any]:
    """Return a service with everything that belongs to it."""
    place = one.place
    return {
        **service(one, around),
        "phones": phones(place, around),
        "schedules": schedules(place, around),
        "service_areas": service_areas(one, around),
        "service_at_locations": [
            {"id": one.link_id, "contacts": [], "phones": [], "schedules": [], "location": location(place, around)}
        ],
        "languages": languages(str(place.key), place.languages, around),
        "cost_options": cost_options(one),
        "required_documents": required_documents(one),
        "contacts": [],
        "attributes": attributes(one, around),
    }


def service_at_location(one: Service, around: Surroundings) -> dict[str, Any]:
    """Return a service at its location as lists show it."""
    return {
        "id": one.link_id,
        "location": bare_location(one.place, around),
        "service": service(one, around),
    }


def full_service_at_location(one: Service, around: Surroundings) -> dict[str, Any]:
    """Return a service at its location with everything that belongs to either."""
    return {
        "id": one.link_id,
        "contacts": [],
        "phones": phones(one.place, around),
        "schedules": schedules(one.place, around),
        "location": location(one.place, around),
        "service": full_service(one, around),
    }


def alert(place: Place) -> str:
    """Return what somebody must know first: that it is closed for now, or made up."""
    said = []
    if place.temporarily_closed:
        said.append(label("temporarily_closed"))
    if place.temporarily_closed and place.closed_until:
        said.append(f"{label('closed_until')}: {place.closed_until.isoformat()}")
    if place.is_example:
        said.append(_("Example written for demonstration."))
    return ". ".join(one.removesuffix(".") for one in said)


def service_areas(one: Service, around: Surroundings) -> list[dict[str, Any]]:
    """Return where a service is: its city, and its district with the outline where that is known."""
    place = one.place
    found = [{"id": derived(one.id, "city", place.city), "name": around.name("city", place.city)}]
    if place.district:
        area = around.terms.areas.get(place.district)
        drawn = outline(area) if area else None
        found.append(
            without_gaps(
                {
                    "id": derived(one.id, "district", place.district),
                    "name": around.name("district", place.district),
                    "extent": json.dumps(drawn) if drawn else "",
                    "extent_type": "geojson" if drawn else "",
                }
            )
        )
    return found


def cost_options(one: Service) -> list[dict[str, Any]]:
    """Return what a service costs: nothing, or what is said of it."""
    place = one.place
    if place.is_free:
        return [{"id": derived(one.id, "cost"), "option": label("is_free"), "amount": 0}]
    return [{"id": derived(one.id, "cost"), "option": place.cost}]


def required_documents(one: Service) -> list[dict[str, Any]]:
    """Return what to bring."""
    document = one.place.what_to_bring
    return [{"id": derived(one.id, "document"), "document": document}] if document else []


def attributes(one: Service, around: Surroundings) -> list[dict[str, Any]]:
    """Return the terms of a service: the kind of help, and for whom it is."""
    return [
        {
            "id": derived(one.id, vocabulary, code),
            "link_type": TAXONOMIES[vocabulary],
            "link_entity": "service",
            "value": code,
            "taxonomy_term": taxonomy_term(vocabulary, code, around),
        }
        for vocabulary, code in terms(one)
    ]


def terms(one: Service) -> list[tuple[str, str]]:
    """Return what classifies a service, as vocabularies and codes."""
    kinds = [("help", one.help.kind)] if one.help.kind else []
    return [*kinds, *(("target_group", code) for code in one.place.audiences)]
