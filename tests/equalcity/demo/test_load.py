"""Loading the demonstration once, and again."""

import io
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext
from wagtail.models import Page
from wagtail_localize.models import Translation

from equalcity.publication.models import FeedState, Publication
from equalcity.publication.predicate import public_pages
from equalcity.publication.reconcile import differences
from toolbox_pages.models import BestPracticePage

# The mark makes pytest-django build the test database; the module's own transaction spans the tests.
pytestmark = pytest.mark.django_db
SEVEN = ("en", "fr", "nl", "de", "sv", "it", "ar")


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The whole demonstration, in a transaction that ends with this module; gives what the command said."""
    with django_db_blocker.unblock(), transaction.atomic():
        said = io.StringIO()
        call_command("load_demo", stdout=said)
        yield said.getvalue()
        transaction.set_rollback(True)


def test_it_says_what_it_did(demo: str) -> None:
    assert "35 pages and 132 translations written, 0 unchanged" in demo


def test_the_same_pages_stand_in_every_language(demo: str) -> None:
    for language in SEVEN:
        assert public_pages(Page.objects.filter(locale__language_code=language)).count() == 35


def test_real_translations_and_aliases(demo: str) -> None:
    practices = BestPracticePage.objects.filter(alias_of=None)
    found = {code: practices.filter(locale__language_code=code).count() for code in SEVEN}
    assert found == {"en": 12, "fr": 12, "nl": 12, "de": 2, "sv": 2, "it": 2, "ar": 2}


def test_nothing_differs_from_what_is_published(demo: str) -> None:
    assert list(differences()) == []


def test_loading_again_writes_nothing(demo: str) -> None:
    before = FeedState.objects.get().seq
    said = io.StringIO()
    call_command("load_demo", stdout=said)
    assert "0 pages and 0 translations written, 167 unchanged; 0 publications recorded." in said.getvalue()
    assert FeedState.objects.get().seq == before


def test_the_translation_editor_knows_every_translated_text(demo: str) -> None:
    """No later save may put the source language back."""
    unknown = [
        (str(one.source.object_id), one.target_locale.language_code, one.get_progress())
        for one in Translation.objects.select_related("source", "target_locale")
        if len(set(one.get_progress())) != 1
    ]
    assert unknown == []


def test_every_page_renders_and_invented_ones_say_so(demo: str, client: Client) -> None:
    for page in public_pages(Page.objects.all()).select_related("locale").specific():
        answer = client.get(page.url)
        assert answer.status_code == 200, page.url
        with translation.override(page.locale.language_code):
            label = escape(gettext("Example written for demonstration."))
        if page.is_example:
            assert label in answer.content.decode(), page.url


def test_the_api_says_so_too(demo: str) -> None:
    rows = Publication.objects.filter(type="toolbox_pages.BestPracticePage", state="live", original=None)
    metas = [orjson.loads(document)["meta"] for document in rows.values_list("body__document", flat=True)]
    assert {meta["example"] for meta in metas} == {True}
    assert {(meta["locale"], meta["machine_translated"]) for meta in metas} == {(code, code != "en") for code in SEVEN}
