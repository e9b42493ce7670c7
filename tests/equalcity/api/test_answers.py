"""What every answer has in common: ETag, caches, methods, problem details."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from equalcity.api import problems, terms
from equalcity.publication.record import record
from tests.factories import Tree

pytestmark = pytest.mark.embedded
Get = Callable[..., Any]

ADDRESSES = [
    "pages/",
    "pages/{home}/",
    "images/",
    "documents/",
    "safe-spaces/",
    "hsds/",
    "hsds/services",
    "terms/",
    "changes/",
    "search/?q=safe",
    "schema/",
    "docs/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_can_be_asked_whether_it_changed(published: Tree, client: Client, address: str) -> None:
    address = "/api/v2/" + address.format(home=published.home.pk)
    first = client.get(address)
    etag = first.headers["ETag"]
    assert (first.status_code, etag[0], len(etag)) == (200, '"', 34)
    for known in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        again = client.get(address, headers={"if-none-match": known})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)
        assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
    assert client.get(address, headers={"if-none-match": '"other"'}).status_code == 200


def test_the_etag_changes_with_the_page(published: Tree, get: Get) -> None:
    practice = published.practices[0]
    before = get(f"pages/{practice.pk}/").headers["ETag"]
    practice.aim = "<p>Another aim.</p>"
    practice.save_revision().publish()
    record()
    assert get(f"pages/{practice.pk}/").headers["ETag"] != before


def test_caches_may_keep_it_but_must_ask_first(published: Tree, get: Get) -> None:
    kept = {
        path: get(path).headers["Cache-Control"]
        for path in ("pages/", "terms/", "changes/", "schema/", "pages/?order=random", "pages/?search=x", "docs/")
    }
    ask_first = "public, max-age=0, must-revalidate"
    assert kept == {
        "pages/": ask_first,
        "terms/": ask_first,
        "changes/": ask_first,
        "schema/": ask_first,
        "pages/?order=random": "no-store",
        "pages/?search=x": "no-store",
        "docs/": "no-store",
    }


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_has_the_headers_of_get_and_no_body(published: Tree, client: Client, address: str) -> None:
    address = "/api/v2/" + address.format(home=published.home.pk)
    get, head = client.get(address), client.head(address)
    assert (head.status_code, head.content, head.headers["Content-Length"]) == (200, b"", str(len(get.content)))
    assert head.headers["ETag"] == get.headers["ETag"]


def test_options_names_the_methods(client: Client, db: None) -> None:
    response = client.options("/api/v2/pages/")
    assert (response.status_code, response.headers["Allow"]) == (204, "GET, HEAD, OPTIONS")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client: Client, db: None, method: str) -> None:
    response = getattr(client, method)("/api/v2/pages/")
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert response.json()["type"] == "/api/v2/docs/#read-only"


def test_answers_do_not_depend_on_who_asks(published: Tree, client: Client) -> None:
    plain = client.get("/api/v2/pages/")
    other = client.get(
        "/api/v2/pages/", headers={"accept-language": "ar", "accept": "text/html", "cookie": "a=b", "host": "localhost"}
    )
    assert (other.content, other.headers.get("Vary"), other.cookies) == (plain.content, None, plain.cookies)


@pytest.mark.parametrize(
    "path",
    ["/api/", "/api/v1/", "/api/v2/", "/api/v2/nonsense/", "/api/v2/pages/x/", "/api/v2/pages/1/2/", "/api/v2/media/x"],
)
def test_unknown_addresses_are_problems_too(client: Client, db: None, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.headers["Content-Type"], response.json()) == (
        404,
        "application/problem+json",
        {
            "type": "/api/v2/docs/#not-found",
            "title": "There is nothing here",
            "status": 404,
            "detail": "There is no such address; /api/v2/docs/ lists those that are.",
        },
    )
    assert response.headers["Cache-Control"] == "no-store"


def test_a_missing_slash_is_added(client: Client, db: None) -> None:
    response = client.get("/api/v2/pages?limit=1")
    assert (response.status_code, response.headers["Location"]) == (301, "/api/v2/pages/?limit=1")


def test_a_wrong_parameter_is_named(client: Client, db: None) -> None:
    response = client.get("/api/v2/pages/?limit=101")
    assert (response.status_code, response.json()) == (
        400,
        {
            "type": "/api/v2/docs/#bad-parameter",
            "title": "A parameter cannot be used",
            "status": 400,
            "detail": "It must be a whole number, from 0 to 100.",
            "parameter": "limit",
        },
    )


def test_every_problem_is_explained(client: Client, db: None) -> None:
    html = client.get("/api/v2/docs/").content.decode()
    assert [one.name for one in problems.PROBLEMS if f'id="{one.name}"' not in html] == []
    assert (
        len({one.name for one in problems.PROBLEMS}) == len(problems.PROBLEMS) == len(problems.Problem.__subclasses__())
    )


@pytest.mark.parametrize(
    ("error", "status", "name"),
    [(RuntimeError("secret"), 500, "internal-error"), (OperationalError(), 503, "unavailable")],
)
def test_our_own_faults_are_problems_without_details(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, name: str
) -> None:
    def fail(*args: object) -> None:
        raise error

    monkeypatch.setattr(terms, "labelled", fail)
    response = client.get("/api/v2/terms/")
    assert (response.status_code, response.json()["type"]) == (status, f"/api/v2/docs/#{name}")
    assert b"secret" not in response.content
