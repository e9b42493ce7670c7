"""No input gives a 5xx: the known traps one by one, and a search for more."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from equalcity.api import throttle
from equalcity.api.parameters import QUERY_MAX
from equalcity.core.models import CustomImage
from tests.factories import Tree

Get = Callable[..., Any]


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The search asks more often than a visitor may."""
    monkeypatch.setattr(throttle, "ANONYMOUS", 10**9)


TRAPS = [
    ("pages/?search=%00", 400),
    ("pages/?search=" + "x" * 301, 400),
    ("pages/?search=", 200),
    ("pages/?search=%22%20OR%20(a%20NEAR%20b)*%20AND%20NOT%20-%5E", 200),
    ("pages/?search='%3B--%25_%5C", 200),
    ("pages/?search=%ED%A0%80", 200),
    ("pages/?search=%FF%FE", 200),
    ("pages/?search=%E2%80%AE%E2%81%A6", 200),
    ("search/?q=%00", 400),
    ("search/?q=" + "x" * 301, 400),
    ("search/?page=99999999999999999999", 400),
    ("search/?page=%D9%A1", 400),
    ("search/?locale=xx", 400),
    ("pages/?offset=99999999999999999999", 400),
    ("pages/?offset=1000000000000", 200),
    ("pages/?limit=%D9%A3", 400),
    ("pages/?limit=1e1", 400),
    ("pages/?limit=+5", 400),
    ("pages/?id=99999999999999999999", 400),
    ("pages/?id=9223372036854775807", 200),
    ("pages/?alias_of=9223372036854775808", 400),
    ("pages/?child_of=9223372036854775807", 400),
    ("pages/99999999999999999999/", 404),
    ("pages/" + "9" * 5000 + "/", 404),
    ("images/99999999999999999999/", 404),
    ("pages/?fields=" + "a(" * 2000, 400),
    ("pages/?fields=" + "a," * 4000, 400),
    ("pages/?fields=" + "a" * 8000, 400),
    ("pages/?fields=%00", 400),
    ("pages/?first_published_at=x", 400),
    ("pages/?first_published_at=", 400),
    ("pages/?first_published_at=2026-13-45", 400),
    ("pages/?first_published_at=0001-01-01T00:00:00%2B14:00", 400),
    ("pages/?first_published_at=9999-12-31T23:59:59-14:00", 400),
    ("pages/?first_published_at=2026-01-01T00:00:00+02:00", 200),
    ("pages/?modified_after=-1", 400),
    ("pages/?title=%00", 400),
    ("pages/?title=" + "x" * 5000, 200),
    ("pages/?slug=%ED%A0%80", 200),
    ("pages/?order=" + "id," * 1000, 400),
    ("pages/?order=-", 400),
    ("pages/?order=pk", 400),
    ("pages/?order=body__source", 400),
    ("pages/?type=%00.x", 400),
    ("pages/?type=" + "a.b," * 500, 400),
    ("pages/?theme=" + "x," * 2000 + "x", 400),
    ("pages/?locale=en&fallback=" + "fr," * 500 + "fr", 200),
    ("pages/?rich_text_format=db_markdown", 400),
    ("pages/?format=xml", 400),
    ("pages/?format=api", 400),
    ("pages/?" + "&".join(f"p{n}" for n in range(1100)), 400),
    ("pages/?" + "x" * (QUERY_MAX + 1), 414),
    ("pages/?%00=1", 400),
    ("pages/?=1", 400),
    ("pages/?&&&", 200),
    ("pages/?%", 400),
    ("pages/find/?html_path=" + "/x" * 2000, 404),
    ("pages/find/?html_path=%00", 400),
    ("pages/find/?html_path=//evil.example/", 404),
    ("pages/find/?html_path=%FF", 404),
    ("pages/find/?id=99999999999999999999", 400),
    ("changes/?after=%00", 400),
    ("changes/?limit=99999999999999999999", 400),
    ("changes/?subtree=%00", 400),
    ("terms/?vocabulary=%00", 400),
    ("media/" + "A" * 64, 404),
    ("media/../../etc/passwd", 404),
    ("safe-spaces/?near=" + "9" * 5000, 400),
    ("safe-spaces/?near=%00,1", 400),
    ("safe-spaces/?bbox=" + "1," * 2000, 400),
    ("safe-spaces/?open_at=2026-11-28T10:30:00+01:00", 200),
    ("safe-spaces/?open_at=9999-12-31T23:59:59-14:00", 400),
    ("safe-spaces/?service=" + "x," * 2000 + "x", 400),
    ("safe-spaces/?language=" + "ar," * 2000 + "ar", 200),
    ("safe-spaces/?offset=1000000000000", 200),
    ("safe-spaces.csv?city=%00", 400),
    ("hsds/services?page=1000000000", 200),
    ("hsds/services?page=99999999999999999999", 400),
    ("hsds/services?taxonomy_id=%00", 400),
    ("hsds/services?modified_after=0001-01-01T00:00:00%2B14:00", 400),
    ("hsds/services/" + "9" * 5000, 404),
    ("hsds/services/%00", 400),
    ("%00", 400),
    ("%FF", 404),
    ("pages/%0A/", 404),
    ("x" * 5000, 404),
]


def test_traps(published: Tree, client: Client) -> None:
    """Each has the status it should have; a refusal is a short problem that mirrors nothing."""
    found = []
    for address, status in TRAPS:
        response = client.get(f"/api/v2/{address}")
        told = response.headers["Content-Type"] == "application/problem+json" and len(response.content) < 1000
        if response.status_code != status or (status >= 400 and not told):
            found.append((address[:60], response.status_code, response.content[:200]))
    assert found == []


@pytest.mark.parametrize(
    "headers",
    [
        {"if-none-match": '"' + "x" * 5000},
        {"if-none-match": "W/W/W/,,,é"},
        {"accept": "image/*;q=x"},
        {"accept": "application/xml"},
        {"accept-language": "*;q=9,é"},
        {"range": "bytes=" + "9" * 100},
        {"cookie": "sessionid=é;;="},
        {"x-forwarded-for": "x, y,, 1.2.3.4.5"},
        {"content-length": "x"},
    ],
    ids=str,
)
def test_strange_headers(published: Tree, client: Client, headers: dict[str, str]) -> None:
    assert client.get("/api/v2/pages/", headers=headers).status_code == 200
    assert CustomImage.objects.count() == 0


# A search for more ---------------------------------------------------------------------------------------------

NAMES = """
fields limit offset order type locale fallback child_of descendant_of ancestor_of translation_of slug id title
show_in_menus first_published_at alias_of search search_operator city theme audience evidence modified_after site
rich_text_format format _ html_path after subtree vocabulary q page role setting service engagement language
near bbox open_at wheelchair free per_page full organization_id taxonomy_id taxonomy_term_id
"""
VALUES = """
root 1 2 3 4 5 0 -1 true * _ en fr title -title random id,title toolbox_pages.BestPracticePage best brussels and or
html json 2026-01-01 2026-01-01T00:00:00Z /en/ reviews(*) _,parent safe 50.8,4.3 4,50,5,51 now
"""
ADDRESSES = """
pages/ pages/find/ pages/3/ pages/8/ images/ documents/ images/1/ search/ terms/ changes/ schema/ docs/
safe-spaces/ safe-spaces.csv hsds/ hsds/services hsds/service_at_locations hsds/organizations hsds/taxonomy_terms
"""
names = st.one_of(st.sampled_from(NAMES.split()), st.sampled_from(NAMES.split()), st.text(max_size=6))
values = st.one_of(
    st.text(max_size=20),
    st.sampled_from(VALUES.split()),
    st.integers(-(10**25), 10**25).map(str),
    st.from_regex(r"[-*_a-z(),]{1,12}", fullmatch=True),
    st.datetimes().map(lambda moment: moment.isoformat()),
    st.uuids().map(str),
)
rest = st.one_of(st.just(""), st.binary(max_size=12).map(lambda value: value.decode("latin-1")))
paths = st.one_of(
    st.sampled_from(ADDRESSES.split()),
    st.sampled_from(ADDRESSES.split()),
    st.integers(0, 10**30).map(lambda number: f"pages/{number}/"),
    st.text(max_size=12),
)


def escaped(text: str) -> str:
    """Percent-encode every byte, also those of lone surrogates."""
    return "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "surrogatepass"))


@pytest.mark.fuzz
@settings(
    max_examples=4000,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    path=paths,
    pairs=st.lists(st.tuples(names, values), max_size=4),
    raw=rest,
    method=st.sampled_from(["GET", "GET", "GET", "HEAD", "OPTIONS", "POST", "TRACE"]),
)
def test_no_request_breaks_it(
    published: Tree, client: Client, path: str, pairs: list[tuple[str, str]], raw: str, method: str
) -> None:
    pieces = [f"{escaped(name)}={escaped(value)}" for name, value in pairs]
    response = client.generic(
        method,
        f"/api/v2/{path if path.isascii() else escaped(path)}",
        QUERY_STRING="&".join([*pieces, raw] if raw else pieces),
    )
    assert response.status_code < 500
    if response.status_code >= 400 and method != "HEAD":
        assert response.headers["Content-Type"] == "application/problem+json"
