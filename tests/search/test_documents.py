"""What is searched of a page is what its readers see."""

import hashlib
import uuid
from typing import Any

import orjson
import pytest
from django.conf import settings
from django.utils import timezone
from wagtail.models import Page

from equalcity.publication.models import Publication, PublicationBody, PublicationRef
from equalcity.publication.record import record
from search import analysis
from search.documents import Document, build, plain, searched_fields, searched_rows
from tests.factories import (
    ExpertReviewFactory,
    GlossaryEntryFactory,
    ManualPageFactory,
    TrainingModulePageFactory,
    TrainingProgrammePageFactory,
    TrainingSessionFactory,
    Tree,
)
from toolbox_pages.models import BestPracticePage, TrainingModulePage, TrainingSession

PRACTICE = "toolbox_pages.BestPracticePage"
# The version of the rules that make words of a page, and a digest of the words that they make of a fixed one, and of
# what vectors are made of. When these change, raise `analysis.VERSION` and write both down anew: indexes that are out
# there rebuild by themselves.
WORDS = (7, "62f3994d8c211569")
# Sentences that the rules of each language have to do with.
SAID = (
    "Children’s rights at the safer counters",
    "Les médiatrices accueillent à l’œil",
    "Vrouwenopvang en tolken",
    "Die Frauenhäuser der Straße",
    "Hedersrelaterat våld i föräldragruppen",
    "Le operatrici ascoltano all’aperto",
    "بالمدارس أطفالٌ ونساء ١١٢",
)


def document(page: Page) -> Document:
    record()
    publication = Publication.objects.select_related("body").get(kind="page", object_id=page.pk)
    return build(publication)


def test_fields_count_that_are_declared_and_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    assert searched_fields(PRACTICE) == (
        "context", "aim", "steps", "participation", "ethics", "results", "evidence_method", "transferability",
        "pitfalls", "sustainability", "body",
    )  # fmt: skip


def test_a_field_that_the_api_does_not_show_is_not_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = [field for field in BestPracticePage.api_fields if field.name != "ethics"]
    monkeypatch.setattr(BestPracticePage, "api_fields", shown)
    searched_fields.cache_clear()
    try:
        assert "ethics" not in searched_fields(PRACTICE)
    finally:
        searched_fields.cache_clear()


def test_rich_text_blocks_and_plain_text(tree: Tree) -> None:
    page = tree.practices[0]
    page.summary = "Shorter than <that> & more"
    page.context = "<p>Women’s <b>safe</b>ty &amp; care</p><ul><li>One</li><li>Two</li></ul>"
    page.evidence_method = "Fewer than <b>5</b> people"
    page.steps = [{"type": "step", "value": {"title": "Ask <first>", "text": "<p>Then <i>listen</i></p>"}}]
    page.body = [
        {"type": "heading", "value": "A & B"},
        {"type": "checklist", "value": ["First line", "Second line"]},
        {"type": "quote", "value": {"text": "Words", "source": "A guardian"}},
        {"type": "link", "value": {"text": "Go on", "page": None, "url": "https://example.org/secretpath"}},
    ]
    page.save()
    found = document(page)
    assert found.publication == Publication.objects.get(kind="page", object_id=page.pk).pk
    assert (found.language, found.title, found.summary) == ("en", page.title, "Shorter than <that> & more")
    lines = found.body.split("\n")
    assert lines[:3] == ["Women’s safety & care", "One", "Two"]
    for line in ("Fewer than <b>5</b> people", "Ask <first>", "Then listen", "A & B", "First line", "Second line"):
        assert line in lines
    assert lines[-3:] == ["Words", "A guardian", "Go on"]
    assert "secretpath" not in found.body


def test_what_is_not_shown_is_not_searched(tree: Tree) -> None:
    page = tree.practices[0]
    page.seo_title, page.search_description = "seotitleword", "descriptionword"
    page.save()
    ExpertReviewFactory(page=page, comment="reviewword")
    found = document(page)
    everything = f"{found.title} {found.summary} {found.body}"
    assert [word for word in ("seotitleword", "descriptionword", "reviewword", "promising") if word in everything] == []


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("", ""),
        ("<p></p>", ""),
        ("plain", "plain"),
        ("<p>a</p><p>b</p>", "a\nb"),
        ("a<br/>b", "a\nb"),
        ("<p>a &lt;b&gt; &amp;amp; c</p>", "a <b> &amp; c"),
        ("<p>un<b>break</b>able</p>", "unbreakable"),
        ('<p><a href="x">link</a></p><script>bad()</script>', "link"),
    ],
)
def test_plain(markup: str, text: str) -> None:
    assert plain(markup) == text


ROWS = {
    PRACTICE: {
        "resources": ("to_start", "each_year"),
        "adaptations": ("place", "what_changed", "why"),
        "attachments": ("title",),
    },
    "toolbox_pages.ManualPage": {"glossary": ("word", "definition", "also_known_as")},
    "toolbox_pages.TrainingProgrammePage": {"runs": ("audience", "place"), "results": ("question", "scale")},
    "toolbox_pages.TrainingModulePage": {
        "sessions": ("title", "materials", "activity", "note"),
        "handouts": ("title", "text"),
        "cards": ("title", "alt_text", "talking_points"),
    },
}


@pytest.mark.parametrize("label", ROWS)
def test_rows_count_whose_fields_are_declared_and_shown(label: str) -> None:
    assert {name: fields for name, (_model, fields) in searched_rows(label).items()} == ROWS[label]


@pytest.mark.parametrize(
    ("model", "hidden", "kept"),
    [
        (TrainingModulePage, "sessions", ["handouts", "cards"]),
        (TrainingSession, "note", ["title", "materials", "activity"]),
    ],
)
def test_rows_that_the_api_does_not_show_are_not_searched(
    model: Any, hidden: str, kept: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model, "api_fields", [field for field in model.api_fields if field.name != hidden])
    searched_rows.cache_clear()
    try:
        rows = searched_rows("toolbox_pages.TrainingModulePage")
        found = list(rows) if model is TrainingModulePage else list(rows["sessions"][1])
    finally:
        searched_rows.cache_clear()
    assert found == kept


def test_the_texts_of_rows_are_searched_in_their_order(tree: Tree) -> None:
    programme = TrainingProgrammePageFactory(parent=tree.toolbox)
    module = TrainingModulePageFactory(parent=programme, objectives="<p>Goals</p>")
    for place, title in enumerate(["Arrive", "Breathe"]):
        TrainingSessionFactory(page=module, sort_order=place, title=title, materials="A < b", activity="Sit", note="")
    manual = ManualPageFactory(parent=tree.toolbox)
    GlossaryEntryFactory(page=manual, word="disclosure", definition="To tell", also_known_as="disclosures")
    assert document(module).body.split("\n") == ["Goals", "Arrive", "A < b", "Sit", "Breathe", "A < b", "Sit"]
    assert document(manual).body.split("\n")[-3:] == ["disclosure", "To tell", "disclosures"]


@pytest.mark.django_db
def test_rows_cost_no_query(tree: Tree, django_assert_num_queries: Any) -> None:
    """What is searched is read from the stored document, never from the rows."""
    manual = ManualPageFactory(parent=tree.toolbox)
    GlossaryEntryFactory(page=manual)
    record()
    of_manual = Publication.objects.filter(kind="page", object_id=manual.pk)
    publication = of_manual.select_related("body").prefetch_related("refs").get()
    with django_assert_num_queries(0):
        build(publication)


@pytest.mark.django_db
def test_other_words_need_another_version() -> None:
    """Whoever changes what is taken from a page, how it is cut or the data of a language is told to raise it."""
    shown = {
        "title": "A safer counter",
        "summary": "\n".join(SAID),
        "other_words": "Where can I talk?\nSomebody hits me",
        "context": "<p>Women’s <b>safe</b>ty</p><ul><li>One</li></ul>",
        "steps": [{"type": "step", "value": {"title": "Ask first", "text": "<p>Then <i>listen</i></p>"}}],
        "resources": [{"name": "Two people"}],
    }
    key = uuid.UUID(int=6)
    publication = Publication.objects.create(
        key=key, locale="en", kind="page", type=PRACTICE, object_id=1, origin_instance=key, origin_key=key,
        modified_at=timezone.now(), title="A safer counter",
    )  # fmt: skip
    PublicationBody.objects.create(publication=publication, document=orjson.dumps(shown).decode())
    PublicationRef.objects.create(publication=publication, kind="theme", name="training")
    found = build(publication, {("theme", "training"): ("Training for staff", "Formation du personnel")})
    texts = (found.title, found.summary, found.other_words, found.names, found.body)
    words = [analysis.indexed(text, code) for code, _name in settings.LANGUAGES for text in texts]
    words += found.passages
    digest = hashlib.sha256("\n".join(words).encode()).hexdigest()[:16]
    assert (analysis.VERSION, digest) == WORDS
