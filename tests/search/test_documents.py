"""What is searched of a page is what its readers see."""

import pytest

from equalcity.publication.models import Publication
from equalcity.publication.record import record
from search.documents import Document, build, plain, searched_fields
from tests.factories import ExpertReviewFactory, Tree
from toolbox_pages.models import BestPracticePage

PRACTICE = "toolbox_pages.BestPracticePage"


def document(page: BestPracticePage) -> Document:
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
