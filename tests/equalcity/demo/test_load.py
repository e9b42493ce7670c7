"""Loading the demonstration once, and again."""

import io
from typing import Any

import orjson
import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext
from pypdf import PdfReader
from wagtail.models import Page, get_page_models
from wagtail_localize.models import Translation

from equalcity.core.printable import Printable
from equalcity.demo.content import pages
from equalcity.publication.models import FeedState, Publication
from equalcity.publication.predicate import public_pages
from equalcity.publication.reconcile import differences
from toolbox_pages.models import BestPracticePage

# The mark makes pytest-django build the test database; the module's own transaction spans the tests.
pytestmark = pytest.mark.django_db
RECORDS = pages()
TRANSLATIONS = sum(len(record.texts) - 1 for record in RECORDS)
SEVEN = ("en", "fr", "nl", "de", "sv", "it", "ar")


def test_it_says_what_it_did(demonstration: str) -> None:
    assert f"{len(RECORDS)} pages and {TRANSLATIONS} translations written, 0 unchanged" in demonstration


def test_the_same_pages_stand_in_every_language(demonstration: str) -> None:
    for language in SEVEN:
        assert public_pages(Page.objects.filter(locale__language_code=language)).count() == len(RECORDS)


def test_real_translations_and_aliases(demonstration: str) -> None:
    practices = BestPracticePage.objects.filter(alias_of=None)
    found = {code: practices.filter(locale__language_code=code).count() for code in SEVEN}
    assert found == {"en": 24, "fr": 24, "nl": 24, "de": 6, "sv": 6, "it": 6, "ar": 2}


def test_nothing_differs_from_what_is_published(demonstration: str) -> None:
    assert list(differences()) == []


def test_loading_again_writes_nothing(demonstration: str) -> None:
    before = FeedState.objects.get().seq
    said = io.StringIO()
    call_command("load_demo", stdout=said)
    unchanged = len(RECORDS) + TRANSLATIONS
    assert f"0 pages and 0 translations written, {unchanged} unchanged; 0 publications recorded." in said.getvalue()
    assert FeedState.objects.get().seq == before


def test_the_translation_editor_knows_every_translated_text(demonstration: str) -> None:
    """No later save may put the source language back."""
    unknown = [
        (str(one.source.object_id), one.target_locale.language_code, one.get_progress())
        for one in Translation.objects.select_related("source", "target_locale")
        if len(set(one.get_progress())) != 1
    ]
    assert unknown == []


def test_every_page_renders_and_invented_ones_say_so(demonstration: str, client: Client) -> None:
    for page in public_pages(Page.objects.all()).select_related("locale").specific():
        answer = client.get(page.url)
        assert answer.status_code == 200, page.url
        with translation.override(page.locale.language_code):
            label = escape(gettext("Example written for demonstration."))
        if page.is_example:
            assert label in answer.content.decode(), page.url


def test_the_api_says_so_too(demonstration: str) -> None:
    rows = Publication.objects.filter(kind="page", state="live", original=None).select_related("body")
    said = {row.object_id: orjson.loads(row.body.document)["meta"] for row in rows}
    pages = Page.objects.filter(pk__in=said).select_related("locale").specific()
    assert {pk: (meta["locale"], meta["example"], meta["machine_translated"]) for pk, meta in said.items()} == {
        page.pk: (page.locale.language_code, page.is_example, page.locale.language_code != "en") for page in pages
    }
    assert {meta["locale"] for meta in said.values() if meta["example"]} == set(SEVEN)


def printable_types() -> list[type[Page]]:
    return [model for model in get_page_models() if issubclass(model, Printable)]


@pytest.mark.parametrize("model", printable_types(), ids=lambda model: model.__name__)
def test_pdfs_say_so_in_seven_languages(demonstration: str, client: Client, model: Any) -> None:
    example = model.objects.filter(locale__language_code="en", is_example=True, alias_of=None).first()
    found = public_pages(model.objects.filter(translation_key=example.translation_key)).select_related("locale")
    lacking = []
    for page in found:
        text = words_of_pdf(client, f"{page.url}pdf/")
        with translation.override(page.locale.language_code):
            label = gettext("Example written for demonstration.")
        if "".join(label.split()) not in text:
            lacking.append(page.locale.language_code)
    assert (found.count(), lacking) == (len(SEVEN), [])


def words_of_pdf(client: Client, address: str) -> str:
    """Return the text of a PDF without any space: lines break where they must."""
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf"), address
    return "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).split())
