"""The API described as OpenAPI 3.1, from what the endpoints themselves declare."""

from functools import cache
from importlib import import_module
from typing import Any

from django.conf import settings
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from equalcity.api.components import SCHEMAS
from equalcity.api.hsds_components import HSDS_SCHEMAS
from equalcity.api.place_components import PLACE_SCHEMAS
from equalcity.api.problems import MEDIA_TYPE, PROBLEMS

DESCRIPTION = """Best practices against gender-based violence, in the contract of Wagtail's API v2.

Reading needs no key. Every answer has a strong `ETag`; send it back as `If-None-Match` and unchanged answers cost a
304. Every error is a problem detail (RFC 9457) with a stable `type`.
"""


class ApiSchema(AutoSchema):
    """Reads an `Endpoint`: its summary, its parameters and the name of what it gives."""

    view: Any

    def get_operation_id(self) -> str:
        return str(self.view.name)

    def get_summary(self) -> str:
        return str(self.view.summary)

    def get_description(self) -> str:  # type: ignore[override]
        return ""

    def get_tags(self) -> list[str]:
        return [self.path.removeprefix("/api/v2/").split("/")[0].removesuffix(".csv")]

    def get_auth(self) -> list[dict[str, list[str]]]:
        return [{}, {"key": []}]

    def get_override_parameters(self) -> list[Any]:
        return [
            OpenApiParameter(
                parameter.name,
                dict(parameter.schema),
                OpenApiParameter.QUERY,
                description=parameter.description,
                many=False,
            )
            if not parameter.repeatable
            else OpenApiParameter(
                parameter.name,
                {"type": "array", "items": dict(parameter.schema)},
                OpenApiParameter.QUERY,
                description=parameter.description,
                style="form",
                explode=True,
            )
            for parameter in self.view.parameters
        ]

    def get_response_serializers(self) -> Any:
        success: Any = {
            (self.view.status, media_type): {"$ref": f"#/components/schemas/{name}"}
            for media_type, name in self.view.gives.items()
        }
        problem = {(code, MEDIA_TYPE): {"$ref": "#/components/schemas/Problem"} for code in self.view.fails}
        return (success or {self.view.status: OpenApiResponse(description="")}) | problem


@cache
def description() -> dict[str, Any]:
    """Return the whole description."""
    found: dict[str, Any] = SchemaGenerator(patterns=import_module("equalcity.api.urls").described).get_schema(
        public=True
    )
    found["info"]["description"] = DESCRIPTION
    found["servers"] = [{"url": settings.SITE_URL}]
    found["components"] = {
        "schemas": SCHEMAS | PLACE_SCHEMAS | HSDS_SCHEMAS,
        "securitySchemes": {
            "key": {"type": "http", "scheme": "bearer", "description": "Raises how often one may ask."}
        },
    }
    found["x-problems"] = [
        {"name": one.name, "status": one.status, "title": one.title, "explanation": one.explanation} for one in PROBLEMS
    ]
    return found
