"""`hsds/`: the map as Open Referral HSDS 3.0, at the addresses and with the pages that its API specification names."""

import math
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation

from equalcity.api.answers import json_answer
from equalcity.api.endpoint import Endpoint
from equalcity.api.parameters import Parameter, Query
from equalcity.api.problems import NotFound
from equalcity.api.wanted import LOCALE, locale_of
from safespace_map.hsds import VERSION, organizations, services, taxonomies
from safespace_map.hsds.services import Service
from safespace_map.places import Organisation, Place, places
from safespace_map.surroundings import Surroundings, surroundings

PER_PAGE, PER_PAGE_MAX, PAGE_MAX = 50, 500, 10**9
UUID_SCHEMA = {"type": "string", "format": "uuid"}
PAGES = (
    Parameter("page", "Which page, from 1.", {"type": "integer", "minimum": 1, "maximum": PAGE_MAX, "default": 1}),
    Parameter(
        "per_page",
        "How many on a page.",
        {"type": "integer", "minimum": 1, "maximum": PER_PAGE_MAX, "default": PER_PAGE},
    ),
)
FULL = Parameter("full", "With `true`: everything that belongs to each.", {"type": "boolean"})
CHOICE = (
    Parameter("organization_id", "Only of this organization.", UUID_SCHEMA),
    Parameter("taxonomy_term_id", "Only what this term classifies.", UUID_SCHEMA),
    Parameter("taxonomy_id", "Only what some term of this taxonomy classifies.", UUID_SCHEMA),
    Parameter("modified_after", "Only what changed at this time or later.", {"type": "string", "format": "date-time"}),
)


class Hsds(Endpoint):
    name = "hsds_index"
    summary = "Which version of HSDS this is, and where it is described"
    gives = {"application/json": "HsdsIndex"}

    def answer(self, request: HttpRequest, query: Query, **kwargs: Any) -> HttpResponseBase:
        root = f"{settings.SITE_URL}/api/v2"
        return json_answer(
            request, {"version": VERSION, "profile": f"{root}/docs/#hsds", "openapi_url": f"{root}/schema/"}
        )


class Listing(Endpoint):
    """Things of one kind, page by page: subclasses say which there are and how each is shown."""

    def all(self, query: Query, around: Surroundings) -> Sequence[Any]:
        """Return what the parameters leave."""
        raise NotImplementedError

    def shown(self, one: Any, around: Surroundings, *, full: bool) -> dict[str, Any]:
        """Return one of them as HSDS."""
        raise NotImplementedError

    def answer(self, request: HttpRequest, query: Query, **kwargs: Any) -> HttpResponseBase:
        page = query.number("page", 1, least=1, most=PAGE_MAX)
        size = query.number("per_page", PER_PAGE, least=1, most=PER_PAGE_MAX)
        full = query.is_set("full")
        around = surroundings(locale_of(query))
        found = self.all(query, around)
        with translation.override(around.locale):
            contents = [self.shown(one, around, full=full) for one in found[(page - 1) * size : page * size]]
        pages = math.ceil(len(found) / size)
        return json_answer(
            request,
            {
                "total_items": len(found),
                "total_pages": pages,
                "page_number": page,
                "size": len(contents),
                "first_page": page == 1,
                "last_page": page >= pages,
                "empty": not contents,
                "contents": contents,
            },
        )


class Single(Endpoint):
    """One thing by its id."""

    fails = (*Endpoint.fails, 404)
    parameters = (LOCALE,)

    def one(self, pk: str, around: Surroundings) -> dict[str, Any] | None:
        """Return it with everything that belongs to it, or None."""
        raise NotImplementedError

    def answer(
        self, request: HttpRequest, query: Query, pk: uuid.UUID | None = None, **kwargs: Any
    ) -> HttpResponseBase:
        around = surroundings(locale_of(query))
        with translation.override(around.locale):
            found = self.one(str(pk), around)
        if found is None:
            raise NotFound
        return json_answer(request, found)


# Services --------------------------------------------------------------------------------------------------------


def chosen(query: Query, around: Surroundings) -> list[Service]:
    """Return the services that the parameters leave."""
    found: Iterable[Service] = services.services(places(around.locale))
    if (organization := query.key("organization_id")) is not None:
        found = (one for one in found if _organization_of(one, around) == organization)
    if (term := query.key("taxonomy_term_id")) is not None:
        found = (one for one in found if str(term) in _terms(one))
    if (taxonomy := query.key("taxonomy_id")) is not None:
        found = (one for one in found if str(taxonomy) in _taxonomies(one))
    if "modified_after" in query:
        after = query.moment("modified_after")
        found = (one for one in found if one.place.modified_at >= after)
    return list(found)


def _organization_of(one: Service, around: Surroundings) -> uuid.UUID | None:
    organisation = around.organisation(one.place)
    return organisation.key if organisation else None


def _terms(one: Service) -> set[str]:
    return {taxonomies.term_id(vocabulary, code) for vocabulary, code in services.terms(one)}


def _taxonomies(one: Service) -> set[str]:
    return {taxonomies.taxonomy_id(vocabulary) for vocabulary, _code in services.terms(one)}


class Services(Listing):
    name = "hsds_services"
    summary = "List services at safe spaces (HSDS)"
    gives = {"application/json": "HsdsServicePage"}
    parameters = (LOCALE, *PAGES, FULL, *CHOICE)

    def all(self, query: Query, around: Surroundings) -> Sequence[Service]:
        return chosen(query, around)

    def shown(self, one: Service, around: Surroundings, *, full: bool) -> dict[str, Any]:
        return services.full_service(one, around) if full else services.service(one, around)


class SingleService(Single):
    name = "hsds_service"
    summary = "Read one service (HSDS)"
    gives = {"application/json": "HsdsService"}

    def one(self, pk: str, around: Surroundings) -> dict[str, Any] | None:
        found = (one for one in services.services(places(around.locale)) if one.id == pk)
        return next((services.full_service(one, around) for one in found), None)


class ServiceAtLocations(Listing):
    name = "hsds_service_at_locations"
    summary = "List services with their locations (HSDS)"
    gives = {"application/json": "HsdsServiceAtLocationPage"}
    parameters = (LOCALE, *PAGES, FULL, *CHOICE)

    def all(self, query: Query, around: Surroundings) -> Sequence[Service]:
        return chosen(query, around)

    def shown(self, one: Service, around: Surroundings, *, full: bool) -> dict[str, Any]:
        show = services.full_service_at_location if full else services.service_at_location
        return show(one, around)


class SingleServiceAtLocation(Single):
    name = "hsds_service_at_location"
    summary = "Read one service with its location (HSDS)"
    gives = {"application/json": "HsdsServiceAtLocation"}

    def one(self, pk: str, around: Surroundings) -> dict[str, Any] | None:
        found = (one for one in services.services(places(around.locale)) if one.link_id == pk)
        return next((services.full_service_at_location(one, around) for one in found), None)


# Organizations ---------------------------------------------------------------------------------------------------


class Organizations(Listing):
    name = "hsds_organizations"
    summary = "List organizations that run safe spaces (HSDS)"
    gives = {"application/json": "HsdsOrganizationPage"}
    parameters = (LOCALE, *PAGES, FULL)

    def all(self, query: Query, around: Surroundings) -> Sequence[tuple[Organisation, list[Place]]]:
        return with_places(around)

    def shown(self, one: tuple[Organisation, list[Place]], around: Surroundings, *, full: bool) -> dict[str, Any]:
        organisation, run = one
        return (
            organizations.full_organization(organisation, run, around)
            if full
            else organizations.organization(organisation)
        )


class SingleOrganization(Single):
    name = "hsds_organization"
    summary = "Read one organization with its locations (HSDS)"
    gives = {"application/json": "HsdsOrganization"}

    def one(self, pk: str, around: Surroundings) -> dict[str, Any] | None:
        found = (one for one in with_places(around) if str(one[0].key) == pk)
        return next((organizations.full_organization(*one, around) for one in found), None)


def with_places(around: Surroundings) -> list[tuple[Organisation, list[Place]]]:
    """Return the organisations, each with the places that it runs."""
    run: dict[int | None, list[Place]] = {}
    for place in places(around.locale):
        run.setdefault(place.organisation_id, []).append(place)
    return [(one, run.get(one.id, [])) for one in around.organisations.values()]


# Taxonomies ------------------------------------------------------------------------------------------------------


class Taxonomies(Listing):
    name = "hsds_taxonomies"
    summary = "List the vocabularies that classify services (HSDS)"
    gives = {"application/json": "HsdsTaxonomyPage"}
    parameters = (LOCALE, *PAGES)

    def all(self, query: Query, around: Surroundings) -> Sequence[str]:
        return list(taxonomies.TAXONOMIES)

    def shown(self, one: str, around: Surroundings, *, full: bool) -> dict[str, Any]:
        return taxonomies.taxonomy(one)


class SingleTaxonomy(Single):
    name = "hsds_taxonomy"
    summary = "Read one vocabulary (HSDS)"
    gives = {"application/json": "HsdsTaxonomy"}

    def one(self, pk: str, around: Surroundings) -> dict[str, Any] | None:
        found = (name for name in taxonomies.TAXONOMIES if taxonomies.taxonomy_id(name) == pk)
        return next((taxonomies.taxonomy(name) for name in found), None)


class TaxonomyTerms(Listing):
    name = "hsds_taxonomy_terms"
    summary = "List the terms that classify services (HSDS)"
    gives = {"application/json": "HsdsTaxonomyTermPage"}
    parameters = (LOCALE, *PAGES, Parameter("taxonomy_id", "Only of this taxonomy.", UUID_SCHEMA))

    def all(self, query: Query, around: Surroundings) -> Sequence[tuple[str, str]]:
        taxonomy = query.key("taxonomy_id")
        return [
            one for one in _all_terms(around) if taxonomy is None or taxonomies.taxonomy_id(one[0]) == str(taxonomy)
        ]

    def shown(self, one: tuple[str, str], around: Surroundings, *, full: bool) -> dict[str, Any]:
        return taxonomies.taxonomy_term(*one, around)


class SingleTaxonomyTerm(Single):
    name = "hsds_taxonomy_term"
    summary = "Read one term (HSDS)"
    gives = {"application/json": "HsdsTaxonomyTerm"}

    def one(self, pk: str, around: Surroundings) -> dict[str, Any] | None:
        found = (one for one in _all_terms(around) if taxonomies.term_id(*one) == pk)
        return next((taxonomies.taxonomy_term(*one, around) for one in found), None)


def _all_terms(around: Surroundings) -> list[tuple[str, str]]:
    return [(vocabulary, code) for vocabulary in taxonomies.TAXONOMIES for code in around.terms.names[vocabulary]]
