"""JSON Schemas of the safe-space map: GeoJSON (RFC 7946)."""

from typing import Any

from equalcity.api.components import FLAG, NUMBER, TEXT, TIME, URL, UUID, many, or_null, ref, thing

DAY: dict[str, Any] = {"type": "string", "format": "date"}
CLOCK: dict[str, Any] = {"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]$"}
DEGREES: dict[str, Any] = {"type": "number", "minimum": -180, "maximum": 180}
POSITION: dict[str, Any] = {**many(DEGREES), "minItems": 2, "maxItems": 2}
WEEKDAY: dict[str, Any] = {"type": "string", "enum": ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]}


def whole(properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An object all of whose members are always there."""
    return thing(properties, tuple(properties), **more)


NAMED = whole({"code": TEXT, "name": TEXT}, description="A term of `terms/`.")

PROPERTIES: dict[str, Any] = {
    "key": {**UUID, "description": "The same in every language."},
    "page_id": {**NUMBER, "description": "Its id in `pages/`."},
    "url": URL,
    "locale": TEXT,
    "text_language": {**TEXT, "description": "Another than `locale` where it was not translated."},
    "modified_at": TIME,
    "is_example": {**FLAG, "description": "True: the place is invented, for demonstration."},
    "machine_translated": {**FLAG, "description": "True: nobody who speaks the language has checked it."},
    "title": TEXT,
    "summary": TEXT,
    "organisation": or_null(whole({"key": UUID, "title": TEXT})),
    "precision": {
        **TEXT,
        "enum": ["exact", "area", "phone"],
        "description": "How exactly the place may be known: its address, its district, or its city only.",
    },
    "city": NAMED,
    "district": or_null(NAMED),
    "simplified_outline": {**FLAG, "description": "True: the polygon is not the official outline."},
    "address": or_null(whole({"street": TEXT, "postal_code": TEXT, "way_there": TEXT})),
    "phones": many(
        whole(
            {
                "key": UUID,
                "number": TEXT,
                "kind": {**TEXT, "enum": ["voice", "text"]},
                "name": TEXT,
                "languages": many(TEXT),
                "hours": TEXT,
                "is_free": FLAG,
                "cost": TEXT,
            }
        )
    ),
    "help": many(
        whole(
            {
                "key": UUID,
                "kind": NAMED,
                "name": TEXT,
                "description": TEXT,
                "how_to_get_it": TEXT,
                "minimum_age": or_null(NUMBER),
                "maximum_age": or_null(NUMBER),
            }
        )
    ),
    "audiences": {**many(NAMED), "description": "Empty: for everybody."},
    "eligibility": TEXT,
    "languages": {**many(TEXT), "description": "Codes of ISO 639."},
    "interpreter": {**TEXT, "enum": ["no", "on_request", "always"]},
    "staff_gender_on_request": FLAG,
    "arrival": TEXT,
    "what_to_bring": TEXT,
    "is_free": FLAG,
    "cost": TEXT,
    "wheelchair": {**TEXT, "enum": ["unknown", "yes", "partly", "no"]},
    "accessibility": TEXT,
    "timezone": {**TEXT, "description": "Zone of IANA in which the hours hold."},
    "by_appointment": FLAG,
    "hours": many(
        whole(
            {
                "days": many(WEEKDAY),
                "week": {
                    **NUMBER,
                    "enum": [0, 1, 2, 3, 4, -1],
                    "description": "0: every week; 1 to 4, -1: the first to fourth, the last of the month.",
                },
                "opens_at": CLOCK,
                "closes_at": {**CLOCK, "description": "Not after `opens_at`: on the next day."},
                "valid_from": or_null(DAY),
                "valid_until": or_null(DAY),
                "by_appointment": FLAG,
                "note": TEXT,
            }
        )
    ),
    "exceptions": {
        **many(
            whole(
                {
                    "first_day": DAY,
                    "last_day": DAY,
                    "opens_at": or_null(CLOCK),
                    "closes_at": or_null(CLOCK),
                    "note": TEXT,
                }
            )
        ),
        "description": "They replace what would begin on these days; without times it is closed.",
    },
    "temporarily_closed": FLAG,
    "closed_until": or_null(DAY),
    "checked_on": DAY,
    "checked_by": TEXT,
    "check_again_by": {**DAY, "description": "Later, do not rely on what is said here."},
}

PLACE_SCHEMAS: dict[str, Any] = {
    "SafeSpaces": thing(
        {
            "type": {"const": "FeatureCollection"},
            "meta": whole({"total_count": {**NUMBER, "minimum": 0}, "locale": TEXT}),
            "features": many(ref("SafeSpace")),
        },
        ("type", "meta", "features"),
    ),
    "SafeSpace": thing(
        {
            "type": {"const": "Feature"},
            "id": UUID,
            "geometry": or_null(ref("Geometry")),
            "properties": ref("SafeSpaceProperties"),
        },
        ("type", "id", "geometry", "properties"),
        description="`geometry` is null for a place by telephone.",
    ),
    "Csv": {**TEXT, "contentMediaType": "text/csv"},
    "Geometry": {
        "oneOf": [
            whole({"type": {"const": "Point"}, "coordinates": POSITION}),
            whole({"type": {"const": "Polygon"}, "coordinates": many({**many(POSITION), "minItems": 4})}),
        ]
    },
    "SafeSpaceProperties": thing(
        {
            **PROPERTIES,
            "distance": {"type": "number", "minimum": 0, "description": "Kilometres; only with `near`."},
        },
        tuple(PROPERTIES),
    ),
}
