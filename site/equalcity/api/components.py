"""JSON Schemas of what the API answers, shared by the description, its reader and the tests."""

from typing import Any

from equalcity.core.models.terms import VOCABULARIES

TEXT: dict[str, Any] = {"type": "string"}
NUMBER: dict[str, Any] = {"type": "integer"}
UUID: dict[str, Any] = {"type": "string", "format": "uuid"}
TIME: dict[str, Any] = {"type": "string", "format": "date-time"}
URL: dict[str, Any] = {"type": "string", "format": "uri"}
FLAG: dict[str, Any] = {"type": "boolean"}


def ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def thing(properties: dict[str, Any], required: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    """An object; other members may follow in later versions."""
    return {"type": "object", "properties": properties, "required": list(required), **more}


def many(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


def or_null(schema: dict[str, Any]) -> dict[str, Any]:
    return {"oneOf": [schema, {"type": "null"}]}


def counted(item: str) -> dict[str, Any]:
    """A list with the number of all there are."""
    meta = thing({"total_count": {**NUMBER, "minimum": 0}}, ("total_count",))
    return thing({"meta": meta, "items": many(ref(item))}, ("meta", "items"))


ORIGIN = thing(
    {"instance": UUID, "key": UUID}, ("instance", "key"), description="The instance that made it, and its key there."
)
PAGE_LINK = thing(
    {"id": NUMBER, "meta": thing({"type": TEXT, "detail_url": URL, "html_url": URL}), "title": TEXT},
    description="Another page, in short.",
)
PAGE_META = thing(
    {
        "type": {**TEXT, "examples": ["toolbox_pages.BestPracticePage"]},
        "detail_url": URL,
        "html_url": URL,
        "slug": TEXT,
        "show_in_menus": FLAG,
        "seo_title": TEXT,
        "search_description": TEXT,
        "first_published_at": or_null(TIME),
        "alias_of": or_null(PAGE_LINK),
        "parent": or_null(PAGE_LINK),
        "locale": {**TEXT, "description": "Language of the page."},
        "key": {**UUID, "description": "The same in every language."},
        "origin": ORIGIN,
        "modified_at": {**TIME, "description": "When what is published last changed."},
        "translations": many(
            thing({"id": NUMBER, "locale": TEXT, "detail_url": URL, "html_url": URL}, ("id", "locale"))
        ),
        "example": {**FLAG, "description": "True: the content was written for demonstration."},
        "machine_translated": {**FLAG, "description": "True: nobody who speaks the language has checked it yet."},
        "fallback_from": or_null({**TEXT, "description": "The language that was asked for, where another stands in."}),
    }
)
FILE_META = thing(
    {
        "type": TEXT,
        "detail_url": URL,
        "tags": many(TEXT),
        "download_url": URL,
        "sha256": TEXT,
        "credit": TEXT,
        "licence": TEXT,
    }
)

SCHEMAS: dict[str, Any] = {
    "Page": thing(
        {"id": NUMBER, "meta": PAGE_META, "title": TEXT},
        description="A page; the fields of its type follow beside `title`.",
    ),
    "PageList": counted("Page"),
    "Image": thing({"id": NUMBER, "meta": FILE_META, "title": TEXT, "width": NUMBER, "height": NUMBER}),
    "ImageList": counted("Image"),
    "Document": thing({"id": NUMBER, "meta": FILE_META, "title": TEXT}),
    "DocumentList": counted("Document"),
    "SearchResults": thing(
        {
            "meta": thing(
                {"total_count": NUMBER, "page": NUMBER, "page_size": NUMBER, "widened": TEXT}, ("total_count",)
            ),
            "pinned": {**many(ref("Page")), "description": "Pages that editors put before all others."},
            "items": many(ref("Page")),
            "facets": {
                "type": "object",
                "additionalProperties": many(thing({"value": TEXT, "label": TEXT, "count": NUMBER})),
                "description": "By facet: its values, how they are called, and how many results each would give.",
            },
            "suggestions": many(TEXT),
            "engine": {**TEXT, "description": "Who answered: elasticsearch, postgresql or sqlite."},
        },
        ("meta", "pinned", "items", "facets", "suggestions", "engine"),
    ),
    "Suggestions": thing({"suggestions": many(TEXT)}, ("suggestions",)),
    "Term": thing(
        {
            "vocabulary": {**TEXT, "enum": list(VOCABULARIES)},
            "code": {**TEXT, "description": "Short, stable and the same everywhere."},
            "key": UUID,
            "origin": ORIGIN,
            "name": {"type": "object", "additionalProperties": TEXT, "description": "By language."},
            "description": {"type": "object", "additionalProperties": TEXT, "description": "By language."},
            "city": {**TEXT, "description": "Of a district: the code of its city."},
            "geometry": {**ref("Geometry"), "description": "Of a district: its outline, or its middle."},
            "simplified_outline": {**FLAG, "description": "Of a district: true where it is not the official outline."},
        },
        ("vocabulary", "code", "key", "origin", "name", "description"),
    ),
    "TermList": counted("Term"),
    "Change": thing(
        {
            "seq": {**NUMBER, "description": "Number of the change; it only grows."},
            "key": UUID,
            "locale": TEXT,
            "type": TEXT,
            "schema": {**NUMBER, "description": "Version of the format of `source` for this type."},
            "state": {**TEXT, "enum": ["live", "withdrawn", "recalled", "elsewhere"]},
            "origin": ORIGIN,
            "parent": or_null(UUID),
            "children": many(UUID),
            "etag": TEXT,
            "modified_at": TIME,
            "source": or_null({"type": "object"}),
        },
        (
            "seq",
            "key",
            "locale",
            "type",
            "schema",
            "state",
            "origin",
            "parent",
            "children",
            "etag",
            "modified_at",
            "source",
        ),
    ),
    "ChangeList": thing(
        {"items": many(ref("Change")), "next": {**TEXT, "description": "Cursor for the next request."}, "more": FLAG},
        ("items", "next", "more"),
    ),
    "Manifest": {
        "oneOf": [
            thing(
                {
                    "count": NUMBER,
                    "hash": TEXT,
                    "locales": {
                        "type": "object",
                        "additionalProperties": thing(
                            {
                                "count": NUMBER,
                                "hash": TEXT,
                                "buckets": {**many(TEXT), "minItems": 256, "maxItems": 256},
                            },
                            ("count", "hash", "buckets"),
                        ),
                    },
                },
                ("count", "hash", "locales"),
            ),
            thing(
                {
                    "count": NUMBER,
                    "items": many(
                        thing({"origin": ORIGIN, "locale": TEXT, "etag": TEXT}, ("origin", "locale", "etag"))
                    ),
                },
                ("count", "items"),
                description="With `bucket`.",
            ),
        ]
    },
    "Bytes": {"type": "string", "contentMediaType": "application/octet-stream"},
    "Html": {"type": "string", "contentMediaType": "text/html"},
    "OpenApi": {"type": "object"},
    "Problem": thing(
        {
            "type": {**TEXT, "format": "uri-reference", "description": "Names the problem; stable."},
            "title": TEXT,
            "status": NUMBER,
            "detail": {**TEXT, "description": "What is wrong this time."},
            "parameter": {**TEXT, "description": "The parameter that is wrong."},
        },
        ("type", "title", "status", "detail"),
        description="What went wrong (RFC 9457).",
    ),
}
