"""A practice on paper: a tagged PDF in the reader's language that says what is made up."""

import io
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext
from pypdf import PdfReader

from equalcity.core import pdf
from tests.factories import AdaptationFactory, ExpertReviewFactory, PracticeResourceFactory, Tree, locale

pytestmark = pytest.mark.skipif(not pdf.available(), reason="Pango is not installed")
ARABIC = "مكان آمن عند الشباك"


@pytest.fixture
def practice(tree: Tree) -> Any:
    practice = tree.practices[0]
    practice.is_example = True
    practice.licence = "CC-BY-4.0"
    practice.steps = [("step", {"title": "Choose the room", "text": "<p>It has a door.</p>"})]
    practice.save()
    PracticeResourceFactory(page=practice)
    ExpertReviewFactory(page=practice)
    AdaptationFactory(page=practice, adapted_page=tree.practices[1])
    return practice


def address(page: Any, language: str) -> str:
    """Translate the page, and return where it is."""
    if language != "en":
        other = page.copy_for_translation(locale(language), copy_parents=True)
        other.title = ARABIC if language == "ar" else "Un guichet plus sûr"
        other.live = True
        other.save()
        for above in other.get_ancestors().filter(depth__gt=2):
            above.specific_class.objects.filter(pk=above.pk).update(live=True)
        return str(other.url)
    return str(page.url)


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_pdf_is_tagged_in_its_language_and_labelled(practice: Any, client: Client, language: str) -> None:
    answer = client.get(f"{address(practice, language)}pdf/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Content-Disposition"] == f'inline; filename="{practice.slug}.pdf"'
    made = PdfReader(io.BytesIO(answer.content))
    root: Any = made.trailer["/Root"]
    assert (root["/Lang"], bool(root["/MarkInfo"]["/Marked"]), "/StructTreeRoot" in root) == (language, True, True)
    text = words("\n".join(page.extract_text() for page in made.pages))
    with translation.override(language):
        label, heading = gettext("Example written for demonstration."), gettext("Adaptations")
    assert label in text
    assert heading in text
    for said in (
        "Choose the room",
        # Without full stops: from right to left they come first.
        "It has a door",
        "One coordinator, one day a week",
        "Needs one room with a door",
        "Example City, 2025",
        "The counter became a library desk",
        "CC BY 4.0",
    ):
        assert said in text


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_printable_page_holds_the_same(practice: Any, client: Client, language: str) -> None:
    path = address(practice, language)
    text = client.get(f"{path}print/").content.decode()
    with translation.override(language):
        label = gettext("Example written for demonstration.")
    assert label in text
    assert "Choose the room" in text
    assert "The counter became a library desk." in text
    page = client.get(path).content.decode()
    assert f'href="{path}print/"' in page
    assert f'href="{path}pdf/"' in page


def test_without_pango_the_pdf_is_not_offered(practice: Any, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "available", lambda: False)
    text = client.get(practice.url).content.decode()
    assert f'href="{practice.url}print/"' in text
    assert f'href="{practice.url}pdf/"' not in text
