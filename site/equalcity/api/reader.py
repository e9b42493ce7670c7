"""`schema/` and `docs/`, and the answer to every address that is none."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.html import format_html, format_html_join

from equalcity.api.answers import NEVER_KEEP, answer, json_answer
from equalcity.api.endpoint import Endpoint
from equalcity.api.openapi import description
from equalcity.api.parameters import UNUSABLE, Query
from equalcity.api.problems import BadRequest, NotFound


class Schema(Endpoint):
    name = "schema"
    summary = "This description as OpenAPI 3.1"
    gives = {"application/json": "OpenApi"}

    def answer(self, request: HttpRequest, query: Query, **kwargs: Any) -> HttpResponseBase:
        return json_answer(request, description())


class Docs(Endpoint):
    name = "docs"
    summary = "This description for people"
    gives = {"text/html": "Html"}

    def answer(self, request: HttpRequest, query: Query, **kwargs: Any) -> HttpResponseBase:
        context = {"sections": sections(), "api": described(), "version": description()["openapi"]}
        # One text for everybody, whatever their browser's language: the text itself is English.
        with translation.override(settings.LANGUAGE_CODE):
            html = render_to_string("api/docs.html", context, request)
        # A page like any other page of the site: browsers keep no copy of it (safety rule 1).
        return answer(request, html.encode(), "text/html; charset=utf-8", cache_control=NEVER_KEEP)


def described() -> dict[str, Any]:
    """Return what the reader's first part shows."""
    found = description()
    problems = [{**one, "explanation": with_code(one["explanation"])} for one in found["x-problems"]]
    return {"info": found["info"], "problems": problems, "root": f"{settings.SITE_URL}/api/v2/"}


def sections() -> list[dict[str, Any]]:
    """Return the operations by their first word, in the order of the addresses."""
    found: dict[str, list[dict[str, Any]]] = {}
    for path, methods in description()["paths"].items():
        operation = methods["get"]
        found.setdefault(operation["tags"][0], []).append(
            {
                "id": operation["operationId"],
                "path": path,
                "summary": operation["summary"],
                "parameters": [told(one) for one in operation.get("parameters", ())],
                "answers": sorted(operation["responses"]),
            }
        )
    return [{"name": name, "operations": operations} for name, operations in found.items()]


def with_code(text: str) -> str:
    """Return text as HTML, what stands between backticks as code."""
    pieces = enumerate(text.split("`"))
    return format_html_join("", "{}", ((format_html("<code>{}</code>", one) if n % 2 else one,) for n, one in pieces))


def told(parameter: dict[str, Any]) -> dict[str, Any]:
    """Return a parameter as a person reads it."""
    schema = parameter["schema"]
    repeatable = schema.get("type") == "array"
    schema = schema["items"] if repeatable else schema
    return {
        "name": parameter["name"],
        "place": parameter["in"],
        "description": with_code(parameter.get("description", "")),
        "repeatable": repeatable,
        "values": schema.get("enum", ()),
        "default": schema.get("default"),
        "most": schema.get("maximum"),
    }


class Unknown(Endpoint):
    """Every address below /api/ that is none of ours."""

    schema = None

    def guarded(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if request.method in {"GET", "HEAD"} and not request.path.endswith("/") and is_ours(f"{request.path_info}/"):
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{request.path}/{'?' if query else ''}{query}")
        return super().guarded(request, **kwargs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if UNUSABLE.search(request.path):
            raise BadRequest("Null characters and lone surrogates have no place in an address.")
        raise NotFound("There is no such address; /api/v2/docs/ lists those that are.")


def is_ours(path: str) -> bool:
    """Return whether a view other than this one answers at `path`."""
    try:
        return getattr(resolve(path).func, "cls", None) not in {None, Unknown}
    except Resolver404:
        return False
