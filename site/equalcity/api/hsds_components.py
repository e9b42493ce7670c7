"""JSON Schemas of `hsds/`, written from the specification of HSDS 3.0; members of ours stand among them."""

from typing import Any

from equalcity.api.components import FLAG, NUMBER, TEXT, TIME, URL, UUID, many, ref, thing
from equalcity.api.place_components import CLOCK, DAY, whole

PRECISION = {**TEXT, "enum": ["exact", "area", "phone"], "description": "Not of HSDS: how exactly it may be known."}
NOT_OF_HSDS = "Not of HSDS."
OURS = {
    "is_example": {**FLAG, "description": "Not of HSDS: invented, for demonstration."},
    "machine_translated": {**FLAG, "description": "Not of HSDS: nobody who speaks the language has checked it."},
}


def some(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    """An object of HSDS; it has an id, and leaves out what is not known."""
    return thing({"id": UUID, **properties}, ("id", *required))


def page_of(name: str) -> dict[str, Any]:
    """One page of a list."""
    return whole(
        {
            "total_items": NUMBER,
            "total_pages": NUMBER,
            "page_number": NUMBER,
            "size": NUMBER,
            "first_page": FLAG,
            "last_page": FLAG,
            "empty": FLAG,
            "contents": many(ref(name)),
        }
    )


PHONES, LANGUAGES, SCHEDULES = (many(ref(f"Hsds{name}")) for name in ("Phone", "Language", "Schedule"))
NOBODY = {**many({"type": "object"}), "maxItems": 0, "description": "Always empty: no person is named."}

HSDS_SCHEMAS: dict[str, Any] = {
    "HsdsIndex": whole({"version": {"const": "3.0"}, "profile": URL, "openapi_url": URL}),
    "HsdsService": some(
        {
            "name": TEXT,
            "alternate_name": TEXT,
            "description": TEXT,
            "url": URL,
            "email": {**TEXT, "format": "email"},
            "status": {**TEXT, "enum": ["active", "inactive", "defunct", "temporarily closed"]},
            "interpretation_services": TEXT,
            "application_process": TEXT,
            "fees_description": TEXT,
            "eligibility_description": TEXT,
            "minimum_age": {"type": "number"},
            "maximum_age": {"type": "number"},
            "assured_date": {**DAY, "description": "When it was last checked."},
            "alert": TEXT,
            "last_modified": TIME,
            "organization": ref("HsdsOrganization"),
            "phones": PHONES,
            "schedules": SCHEDULES,
            "service_areas": many(
                some({"name": TEXT, "extent": TEXT, "extent_type": {**TEXT, "enum": ["geojson"]}}, "name")
            ),
            "service_at_locations": many(ref("HsdsServiceAtLocation")),
            "languages": LANGUAGES,
            "cost_options": many(some({"option": TEXT, "amount": {"type": "number"}})),
            "required_documents": many(some({"document": TEXT}, "document")),
            "contacts": NOBODY,
            "attributes": many(
                some(
                    {
                        "link_type": {**TEXT, "enum": ["service_type", "audience"]},
                        "link_entity": {"const": "service"},
                        "value": TEXT,
                        "taxonomy_term": ref("HsdsTaxonomyTerm"),
                    },
                    "link_type",
                    "link_entity",
                    "value",
                    "taxonomy_term",
                )
            ),
            "location_precision": PRECISION,
            "check_again_by": {**DAY, "description": "Not of HSDS: later, do not rely on what is said here."},
            **OURS,
        },
        "name",
        "status",
    ),
    "HsdsServiceAtLocation": some(
        {
            "contacts": NOBODY,
            "phones": PHONES,
            "schedules": SCHEDULES,
            "location": ref("HsdsLocation"),
            "service": ref("HsdsService"),
        },
        "location",
    ),
    "HsdsLocation": some(
        {
            "location_type": {**TEXT, "enum": ["physical", "postal", "virtual"]},
            "name": TEXT,
            "description": TEXT,
            "transportation": TEXT,
            "latitude": {"type": "number", "minimum": -90, "maximum": 90},
            "longitude": {"type": "number", "minimum": -180, "maximum": 180},
            "languages": LANGUAGES,
            "addresses": many(
                some(
                    {
                        "address_1": TEXT,
                        "city": TEXT,
                        "state_province": TEXT,
                        "postal_code": TEXT,
                        "country": TEXT,
                        "address_type": {**TEXT, "enum": ["physical", "postal", "virtual"]},
                    },
                    "address_1",
                    "city",
                    "state_province",
                    "postal_code",
                    "country",
                    "address_type",
                )
            ),
            "contacts": NOBODY,
            "accessibility": many(some({"description": TEXT, "details": TEXT}, "description")),
            "phones": PHONES,
            "schedules": SCHEDULES,
            "precision": PRECISION,
            "city": {**TEXT, "description": NOT_OF_HSDS},
            "district": {**TEXT, "description": NOT_OF_HSDS},
            "city_code": {**TEXT, "description": "Not of HSDS: as `terms/` has it."},
            "district_code": {
                **TEXT,
                "description": "Not of HSDS: as `terms/` has it. Names may repeat.",
            },
            "arrival": {**TEXT, "description": "Not of HSDS: what happens when somebody arrives."},
            "wheelchair": {**TEXT, "description": NOT_OF_HSDS},
            "interpreter": {**TEXT, "description": NOT_OF_HSDS},
            "staff_gender_on_request": {**FLAG, "description": NOT_OF_HSDS},
            "by_appointment": {**FLAG, "description": "Not of HSDS: nobody is let in without one."},
            "closed_until": {**DAY, "description": "Not of HSDS: the last day on which it is closed for now."},
            "checked_by": {**TEXT, "description": "Not of HSDS: by which role it was checked."},
        },
        "location_type",
        "precision",
    ),
    "HsdsPhone": some(
        {
            "number": TEXT,
            "type": {**TEXT, "enum": ["voice", "text"]},
            "description": TEXT,
            "languages": LANGUAGES,
            "name": {**TEXT, "description": NOT_OF_HSDS},
            "hours": {**TEXT, "description": "Not of HSDS: when somebody answers."},
            "is_free": {**FLAG, "description": NOT_OF_HSDS},
            "cost": {**TEXT, "description": NOT_OF_HSDS},
        },
        "number",
    ),
    "HsdsLanguage": some({"name": TEXT, "code": TEXT}, "name", "code"),
    "HsdsSchedule": some(
        {
            "valid_from": DAY,
            "valid_to": DAY,
            "timezone": {"type": "number", "description": "Difference to UTC in winter; `description` names the zone."},
            "wkst": {"const": "MO"},
            "freq": {**TEXT, "enum": ["WEEKLY", "MONTHLY"], "description": "Absent: these days differ from the rest."},
            "interval": {"const": 1},
            "byday": {**TEXT, "pattern": "^(-?[1-4])?(MO|TU|WE|TH|FR|SA|SU)(,(-?[1-4])?(MO|TU|WE|TH|FR|SA|SU))*$"},
            "opens_at": CLOCK,
            "closes_at": CLOCK,
            "description": TEXT,
            "attending_type": TEXT,
            "notes": TEXT,
            "by_appointment": {**FLAG, "description": NOT_OF_HSDS},
            "replaces_regular_hours": {**FLAG, "description": "Not of HSDS; without times it is closed then."},
        },
        "timezone",
        "description",
    ),
    "HsdsOrganization": some(
        {
            "name": TEXT,
            "description": TEXT,
            "email": {**TEXT, "format": "email"},
            "website": URL,
            "uri": URL,
            "contacts": NOBODY,
            "phones": PHONES,
            "locations": many(ref("HsdsLocation")),
            "programs": many({"type": "object"}),
            **OURS,
        },
        "name",
        "description",
    ),
    "HsdsTaxonomy": some({"name": TEXT, "description": TEXT, "version": TEXT}, "name", "description"),
    "HsdsTaxonomyTerm": some(
        {
            "code": TEXT,
            "name": TEXT,
            "description": TEXT,
            "taxonomy": TEXT,
            "taxonomy_detail": ref("HsdsTaxonomy"),
            "language": TEXT,
        },
        "code",
        "name",
        "description",
    ),
    **{
        f"Hsds{name}Page": page_of(f"Hsds{name}")
        for name in ("Service", "ServiceAtLocation", "Organization", "Taxonomy", "TaxonomyTerm")
    },
}
