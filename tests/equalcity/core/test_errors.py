"""Error pages in every language, without a database."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from equalcity import urls
from equalcity.core import errors
from equalcity.core.languages import direction

LANGUAGES = [code for code, _name in settings.LANGUAGES]


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose")


@pytest.fixture
def broken_address() -> Iterator[None]:
    urls.urlpatterns.insert(0, path("<str:language>/broken/", broken))
    yield
    urls.urlpatterns.pop(0)


def shape(response: HttpResponse) -> tuple[int, str, str]:
    """Return status, language and direction of an answer."""
    found = re.search(r'<html lang="([^"]+)" dir="([^"]+)">', response.content.decode())
    assert found is not None
    return response.status_code, found[1], found[2]


def helps(response: HttpResponse) -> bool:
    """Whether 112 stands in the first 4 KB, the Exit before it, and a way on behind it (safety rules 2 and 5)."""
    text = response.content.decode()
    start = text[:4096]
    return start.index('class="exit"') < start.index("112") and "tel:116016" in text and "/help/" in text


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_404_speaks_the_language_of_the_address(client: Client, language: str) -> None:
    response = client.get(f"/{language}/nothing/")
    assert shape(response) == (404, language, direction(language))
    assert helps(response)


@pytest.mark.parametrize("language", LANGUAGES)
def test_500_comes_without_a_database(client: Client, broken_address: None, language: str) -> None:
    client.raise_request_exception = False
    response = client.get(f"/{language}/broken/")
    assert shape(response) == (500, language, direction(language))
    assert helps(response)


def test_without_a_language_in_the_address_the_browser_decides() -> None:
    request = RequestFactory().get("/nothing", headers={"Accept-Language": "sv"})
    assert shape(errors.page_not_found(request, Exception())) == (404, "sv", "ltr")


@pytest.mark.parametrize(("view", "status"), [(errors.bad_request, 400), (errors.permission_denied, 403)])
def test_other_errors(view: object, status: int) -> None:
    assert callable(view)
    response = view(RequestFactory().get("/ar/x/"), Exception())
    assert shape(response) == (status, "ar", "rtl")
    assert helps(response)


def test_an_error_page_that_cannot_be_drawn_still_names_112(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(errors, "answer", broken)
    response = errors.server_error(RequestFactory().get("/en/"))
    assert response.status_code == 500
    assert b'href="tel:112"' in response.content
