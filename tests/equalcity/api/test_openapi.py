"""The description is complete, valid, kept by the answers; its reader asks nobody else for anything."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.test import Client
from drf_spectacular.validation import validate_schema

from equalcity.api.openapi import description
from equalcity.api.urls import endpoints
from tests.factories import Tree

Get = Callable[..., Any]
DOCS = Path(__file__).resolve().parents[3] / "docs" / "api.md"


def operations() -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in description()["paths"].items():
        for operation in methods.values():
            yield path, operation


def test_it_is_valid_openapi(get: Get, db: None) -> None:
    found = get("schema/").json()
    validate_schema(found)
    assert (found["openapi"], found["servers"]) == ("3.1.0", [{"url": "http://testserver"}])


def test_it_names_every_address_and_every_parameter() -> None:
    views = {re.sub(r"<\w+:(\w+)>", r"{\1}", f"/api/v2/{one.pattern}"): one for one in endpoints}
    views = {path.replace("{pk}", "{id}"): one for path, one in views.items()}
    assert set(views) == {path for path, _operation in operations()}
    for path, operation in operations():
        declared = [one.name for one in views[path].callback.cls.parameters]
        described = [one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"]
        assert described == declared
        assert operation["summary"]
    identifiers = [operation["operationId"] for _path, operation in operations()]
    assert len(set(identifiers)) == len(identifiers)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("pages/?fields=*", "PageList"),
        ("pages/{practice}/?fields=*", "Page"),
        ("images/", "ImageList"),
        ("documents/", "DocumentList"),
        ("search/?q=safe", "SearchResults"),
        ("safe-spaces/", "SafeSpaces"),
        ("hsds/", "HsdsIndex"),
        ("hsds/services", "HsdsServicePage"),
        ("hsds/taxonomies", "HsdsTaxonomyPage"),
        ("terms/", "TermList"),
        ("changes/", "ChangeList"),
        ("manifest/", "Manifest"),
        ("manifest/?bucket=0f", "Manifest"),
        ("nonsense/", "Problem"),
        ("pages/?limit=x", "Problem"),
    ],
)
def test_answers_keep_to_it(published: Tree, client: Client, path: str, name: str) -> None:
    answer = client.get("/api/v2/" + path.format(practice=published.practices[0].pk)).json()
    schema = {"$ref": f"#/components/schemas/{name}", "components": description()["components"]}
    jsonschema.Draft202012Validator(schema).validate(answer)


def test_its_reader_is_one_page_of_ours(published: Tree, client: Client) -> None:
    response = client.get("/api/v2/docs/", headers={"accept-language": "ar"})
    html = response.content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "curl &quot;http://testserver/api/v2/pages/?" in main.replace('"', "&quot;")
    assert main.index("<pre") < main.index("<h2")
    assert re.findall(r"<script|<style|<img|<iframe|style=|\son\w+=|<form", main) == []
    assert [path for path, _operation in operations() if f"GET {path}" not in main] == []
    loaded = re.findall(r'<(?:link|script|img)[^>]+(?:href|src)="([^"]+)"', html)
    assert [address for address in loaded if not address.startswith("/")] == []


def test_the_manual_names_every_address_and_parameter() -> None:
    manual = DOCS.read_text("utf-8")
    missing = [path for path, _operation in operations() if f"`{path}`" not in manual]
    missing += [
        parameter["name"]
        for _path, operation in operations()
        for parameter in operation.get("parameters", ())
        if f"`{parameter['name']}`" not in manual and parameter["in"] == "query"
    ]
    assert missing == []
