"""Anonymous forms are taken from our own pages only."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from equalcity.core.origin import same_origin


@same_origin
def view(request: HttpRequest) -> HttpResponse:
    return HttpResponse("taken")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, 403),
        ({"Origin": "http://testserver"}, 200),
        ({"Origin": "https://testserver"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 403),
    ],
)
def test_who_may_post(headers: dict[str, str], status: int) -> None:
    request = RequestFactory().post("/en/search/", {"q": "help"}, headers=headers)
    assert view(request).status_code == status


def test_reading_is_free() -> None:
    assert view(RequestFactory().get("/en/search/")).content == b"taken"


def test_the_refusal_says_what_happened_and_repeats_nothing() -> None:
    text = view(RequestFactory().post("/en/search/", {"q": "secret words"})).content.decode()
    assert "This form came from another site" in text
    assert "secret words" not in text
