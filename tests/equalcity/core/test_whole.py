"""Changes happen whole or not at all, and what they mark with them."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.models import Page, PageViewRestriction

from equalcity.core.models import City, ImageText
from equalcity.core.whole import all_or_nothing
from equalcity.publication import marks
from equalcity.publication.models import Dirty
from tests.factories import CityFactory, ImageFactory, Tree, UserFactory, locale
from tests.factories.staff import sign_in


class Stop(Exception):
    """The process ends here."""


@pytest.fixture
def stop(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From now on, writing a mark fails."""

    def fail(*args: Any, **kwargs: Any) -> None:
        raise Stop

    return lambda: monkeypatch.setattr(Dirty.objects, "create", fail) or monkeypatch.setattr(marks, "mark_pages", fail)


def views(patterns: list[Any]) -> list[Any]:
    found = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found += views(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            found.append(pattern)
    return found


def names_of(view: Any) -> set[str]:
    """The modules that a decorated view went through."""
    found = set()
    while view is not None:
        found.add(getattr(getattr(view, "__code__", None), "co_filename", ""))
        view = getattr(view, "__wrapped__", None)
    return found


def test_every_view_of_the_cms_is_whole() -> None:
    cms = [
        pattern
        for resolver in get_resolver().url_patterns
        if isinstance(resolver, URLResolver) and str(resolver.pattern) == "cms/"
        for pattern in views(resolver.url_patterns)
    ]
    assert len(cms) > 100
    for pattern in cms:
        assert any(name.endswith("core/whole.py") for name in names_of(pattern.callback)), pattern


@pytest.mark.parametrize(("method", "inside"), [("get", False), ("head", False), ("options", False), ("post", True)])
def test_only_what_may_change_something_opens_a_transaction(db: None, method: str, inside: bool) -> None:
    seen, before = [], len(connection.savepoint_ids)

    @all_or_nothing
    def view(request: Any) -> HttpResponse:
        seen.append(len(connection.savepoint_ids) > before)
        return HttpResponse()

    request = getattr(RequestFactory(), method)("/")
    request.user = AnonymousUser()
    view(request)
    assert seen == [inside]


@pytest.mark.parametrize("status", [200, 302, 404, 500, 503])
def test_an_answer_that_tells_of_an_error_changes_nothing(db: None, status: int) -> None:
    @all_or_nothing
    def view(request: Any) -> HttpResponse:
        CityFactory(code="rome")
        return HttpResponse(status=status)

    assert view(RequestFactory().post("/")).status_code == status
    assert City.objects.filter(code="rome").exists() == (status < 500)


def test_an_error_takes_everything_back(db: None) -> None:
    @all_or_nothing
    def view(request: Any) -> HttpResponse:
        CityFactory(code="rome")
        raise Stop

    with pytest.raises(Stop):
        view(RequestFactory().post("/"))
    assert not City.objects.filter(code="rome").exists()


def test_a_restriction_in_the_cms_comes_with_its_mark(tree: Tree, client: Client, stop: Callable[[], None]) -> None:
    sign_in(client, UserFactory(is_superuser=True))
    stop()
    with pytest.raises(Stop):
        client.post(f"/cms/pages/{tree.index.pk}/privacy/", {"restriction_type": "login"})
    assert not PageViewRestriction.objects.exists()


@pytest.mark.parametrize("model", ["term", "image", "text"])
def test_a_row_comes_with_its_mark(tree: Tree, stop: Callable[[], None], model: str) -> None:
    image = ImageFactory(title="Before")
    text = ImageText.objects.create(image=image, locale=locale("fr"), alt_text="Before")
    row, field = {"term": (tree.city, "name"), "image": (image, "title"), "text": (text, "alt_text")}[model]
    before = getattr(row, field)
    setattr(row, field, "After")
    stop()
    with pytest.raises(Stop):
        row.save()
    assert getattr(type(row).objects.get(pk=row.pk), field) == before


def test_publishing_takes_the_aliases_with_it_or_nothing(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tree.practices[0]
    page.save_revision().publish()
    fresh = type(page).objects.get(pk=page.pk)
    fresh.copy_for_translation(locale("fr"), copy_parents=True, alias=True)
    fresh.title = "After"
    revision = fresh.save_revision()

    def fail(*args: Any, **kwargs: Any) -> None:
        raise Stop

    monkeypatch.setattr(type(page), "update_aliases", fail)
    with pytest.raises(Stop):
        revision.publish()
    assert set(Page.objects.filter(translation_key=page.translation_key).values_list("title", flat=True)) == {
        page.title
    }


def test_an_error_in_the_cms_is_still_an_answer(tree: Tree, stop: Callable[[], None]) -> None:
    client = sign_in(Client(raise_request_exception=False), UserFactory(is_superuser=True))
    stop()
    answer = client.post(f"/cms/pages/{tree.index.pk}/privacy/", {"restriction_type": "login"})
    assert answer.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
