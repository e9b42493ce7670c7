"""Nothing tells whether a hidden thing exists: answers are the same bytes with and without it."""

import re
from collections.abc import Callable
from datetime import timedelta

import orjson
import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from equalcity.publication.models import Publication
from search.api import search_json, suggest_json
from search.backends import Backend
from tests.factories import CityFactory, ThemeFactory
from tests.search.conftest import Publish
from tests.search.library import ask, settle

pytestmark = pytest.mark.usefixtures("engine")

ADDRESSES = [
    "/en/search/",
    "/en/search/?q=counter",
    "/en/search/?q=secretplace",
    "/en/search/?q=secre",
    "/en/search/?q=secert",
    # Stands in the hidden text only, and is almost a word that anybody can read.
    "/en/search/?q=cuonter",
    "/fr/search/?q=secret",
    "/en/search/?q=counter&city=rome&theme=disclosure",
]


def restrict(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.PASSWORD, password="x")


def restrict_the_translation(page: Page) -> None:
    settle()
    restrict(page.copy_for_translation(Page.objects.get(slug="fr").locale))


def expire_unnoticed(page: Page) -> None:
    """Expiry comes with time; nothing is recorded before the next round."""
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(seconds=1))


HIDING: dict[str, Callable[[Page], object]] = {
    "a draft": lambda page: None,
    "unpublished": lambda page: page.unpublish(),
    "restricted": restrict,
    "restricted in another language": restrict_the_translation,
    "deleted": lambda page: page.delete(),
    "expired": expire_unnoticed,
}


def answers(client: Client) -> list[bytes]:
    pages = [client.get(address).content for address in ADDRESSES]
    typed = [
        client.post("/en/search/suggest/", {"q": words}, HTTP_SEC_FETCH_SITE="same-origin").content
        for words in ("secret", "cou", "s")
    ]
    api = [
        orjson.dumps(search_json(QueryDict(address.partition("?")[2])), option=orjson.OPT_SORT_KEYS)
        for address in ADDRESSES
    ]
    everything = [*pages, *typed, *api, orjson.dumps(suggest_json(QueryDict("q=sec")))]
    # What was public once moved the guide that listed it, and that is no secret.
    return [re.sub(rb'"modified_at":"[^"]+"', b"", answer) for answer in everything]


@pytest.mark.parametrize("how", HIDING)
def test_hidden_things_change_no_byte(client: Client, publish: Publish, engine: Backend, how: str) -> None:
    theme = ThemeFactory(code="disclosure")
    CityFactory(code="rome")
    for number in range(3):
        publish(f"A counter {number}", themes=[theme])
    publish("Un guichet", "fr", themes=[theme])
    settle()
    before = answers(client)
    page = publish(
        "The secretplace counter",
        city="rome",
        themes=[theme],
        summary="secret cuonter",
        context="<p>secret counter</p>",
        live=how != "a draft",
    )
    if how != "a draft":
        settle()
        assert ask("secretplace").total == 1
    HIDING[how](page)
    assert answers(client) == before
    settle()
    assert answers(client) == before
    hidden = Publication.objects.filter(kind="page", title="The secretplace counter").values_list("pk", flat=True)
    if how != "expired":  # that is recorded when its time is noticed
        assert engine.holds() & set(hidden) == set()
