"""Manuals and chapters: numbers, contents, neighbours, explained words, and what is printed."""

import io
import json
import re
from typing import Any

import pytest
from django.test import Client, RequestFactory
from pypdf import PdfReader
from wagtail.models import Page, PageViewRestriction

from equalcity.core import pdf
from tests.counting import french_alias, queries
from tests.factories import (
    ChapterPageFactory,
    CityFactory,
    GlossaryEntryFactory,
    ImageFactory,
    ManualPageFactory,
    Tree,
    locale,
)
from toolbox_pages.glossary import Marker, Word
from toolbox_pages.models import ChapterPage, ManualPage

TITLES = ["Why safer", "The first contact", "The team"]


@pytest.fixture
def manual(tree: Tree) -> ManualPage:
    page: ManualPage = ManualPageFactory(parent=tree.toolbox, city=tree.city)
    GlossaryEntryFactory(page=page, also_known_as="disclosures")
    for title in TITLES:
        ChapterPageFactory(parent=page, title=title)
    return page


def chapters(manual: ManualPage) -> list[ChapterPage]:
    return list(ChapterPage.objects.child_of(manual).order_by("path"))


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def words(html: str) -> str:
    """Return the text of a page's main part, with single spaces."""
    main = html[html.index("<main") : html.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)).strip()


def numbers(html: str) -> list[str]:
    return re.findall(r'<bdi class="num" dir="ltr">([^<]+)</bdi>', html[html.index("<main") : html.index("</main>")])


def neighbours(html: str) -> dict[str, str]:
    return {rel: href for href, rel in re.findall(r'<a href="([^"]+)" rel="(prev|next)">', html)}


def test_contents_hold_chapters_with_their_sections(manual: ManualPage, client: Client) -> None:
    html = text(client, manual.url)
    assert numbers(html) == ["1.1", "1.2", "2.1", "2.2", "3.1", "3.2"]
    anchors = re.findall(rf'href="{chapters(manual)[1].url}#([^"]+)"', html)
    assert anchors == re.findall(r'<h2 class="numbered" id="([^"]+)"', text(client, chapters(manual)[1].url))


@pytest.mark.parametrize(("n", "expected"), [(0, {"next": 1}), (1, {"prev": 0, "next": 2}), (2, {"prev": 1})])
def test_neighbours(manual: ManualPage, client: Client, n: int, expected: dict[str, int]) -> None:
    pages = chapters(manual)
    html = text(client, pages[n].url)
    assert neighbours(html) == {rel: pages[other].url for rel, other in expected.items()}
    assert f"Chapter {n + 1} of 3" in words(html)


def test_a_hidden_chapter_is_nowhere_and_not_counted(manual: ManualPage, client: Client) -> None:
    first, hidden, last = chapters(manual)
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    for path in (manual.url, f"{manual.url}print/", first.url, last.url):
        html = text(client, path)
        assert "The first contact" not in html, path
        assert hidden.url not in html, path
    html = text(client, last.url)
    assert "Chapter 2 of 2" in words(html)
    assert numbers(html) == ["2.1", "2.2"]
    assert neighbours(html) == {"prev": first.url}


def test_arabic_numbers_have_the_digits_of_the_site(manual: ManualPage, client: Client) -> None:
    """One policy: 0 to 9, as in dates, numbers of results and telephone numbers."""
    for page in (manual, *chapters(manual)):
        page.copy_for_translation(locale("ar"), alias=True, copy_parents=True)
    html = text(client, chapters(manual)[2].url.replace("/en/", "/ar/"))
    assert numbers(html) == ["3.1", "3.2"]
    assert not re.search("[٠-٩]", html)


def test_anchors_stay_when_sections_move_and_are_unique(manual: ManualPage, client: Client) -> None:
    page = chapters(manual)[0]
    page.save()
    ids = re.compile(r'<h2 class="numbered" id="([^"]+)"')
    before = ids.findall(text(client, page.url))
    raw = list(page.body.get_prep_value())
    page.body = json.dumps([*raw[2:], *raw[:2], *raw[:2]])
    page.save()
    after = ids.findall(text(client, page.url))
    assert after == [before[1], before[0], f"{before[0]}-3"]


def test_ids_of_the_whole_manual_are_unique_and_links_lead_somewhere(manual: ManualPage, client: Client) -> None:
    html = text(client, f"{manual.url}print/")
    found = re.findall(r'\bid="([^"]+)"', html)
    assert sorted(found) == sorted(set(found))
    assert {target for target in re.findall(r'href="#([^"]+)"', html) if target} <= set(found)


def test_the_first_time_a_word_stands_there_it_is_explained(manual: ManualPage, client: Client) -> None:
    page = chapters(manual)[0]
    page.body = [("text", "<p>Many DISCLOSURES, one disclosure.</p>"), ("text", "<p>A disclosure.</p>")]
    page.save()
    html = text(client, page.url)
    key = manual.glossary.get().translation_key
    assert html.count('class="term"') == 1
    assert f'<a class="term" id="use-{key}" href="#word-{key}">DISCLOSURES</a>' in html
    assert "disclosure When somebody tells you of violence. Back to the text" in words(html)


def test_an_alias_explains_the_words_of_the_language_it_shows(manual: ManualPage, client: Client) -> None:
    french = manual.copy_for_translation(locale("fr"), copy_parents=True)
    french.glossary = list(french.glossary.all())
    french.glossary.first().word = "confidence"
    french.save()
    french.get_latest_revision_as_object().save_revision().publish()
    chapters(manual)[0].copy_for_translation(locale("fr"), alias=True)
    html = text(client, f"{french.url}why-safer/")
    assert '<dl class="glossary" lang="en" dir="ltr">' in html
    assert html.count('class="term"') == 1


def test_the_words_of_an_alias_explain_no_text_in_its_language(manual: ManualPage, client: Client) -> None:
    """The rows of an alias say French, but hold the English words of its source."""
    manual.copy_for_translation(locale("fr"), copy_parents=True, alias=True)
    french = chapters(manual)[0].copy_for_translation(locale("fr"))
    french.body = [("text", "<p>Disclosure is English here.</p>")]
    french.save_revision().publish()
    assert 'class="term"' not in text(client, ChapterPage.objects.get(pk=french.pk).url)


def marked(html: str, *spellings: str) -> str:
    made = Marker(
        [Word(str(n), *spelling.split("|")[:1], "", *spelling.split("|")[1:]) for n, spelling in enumerate(spellings)]
    )
    return re.sub(r'<a class="term" id="use-(\d+)" href="#word-\d+">(.*?)</a>', r"[\1:\2]", made.mark(html))


@pytest.mark.parametrize(
    ("html", "spelling", "expected"),
    [
        ("<p>Safe. Unsafe, safely: safe</p>", "safe", "<p>[0:Safe]. Unsafe, safely: safe</p>"),
        ('<p><a href="/safe/">safe</a> safe</p>', "safe", '<p><a href="/safe/">safe</a> [0:safe]</p>'),
        ("<h3>safe</h3><p><b>safe</b></p>", "safe", "<h3>safe</h3><p><b>[0:safe]</b></p>"),
        ("<p>safer  space</p>", "safer space", "<p>[0:safer  space]</p>"),
        ("<p>safer <b>space</b></p>", "safer space", "<p>safer <b>space</b></p>"),
        ("<p>safer, space</p>", "safer space", "<p>safer, space</p>"),
        ("<p>self-care</p>", "self care", "<p>[0:self-care]</p>"),
        ("<p>d’une L’ÉQUIPE</p>", "equipe", "<p>d’une L’[0:ÉQUIPE]</p>"),
        ("<p>e\u0301quipe</p>", "équipe", "<p>[0:e\u0301quipe]</p>"),
        ("<p>&amp; &lt;b&gt; amp lt</p>", "amp", "<p>&amp; &lt;b&gt; [0:amp] lt</p>"),
        ("<p>&lt;script&gt; script</p>", "lt", "<p>&lt;script&gt; script</p>"),
        ("<p>والسِّرّية مهمة</p>", "سرية", "<p>[0:والسِّرّية] مهمة</p>"),
        ("<p>أسرية</p>", "سرية", "<p>أسرية</p>"),
        ("<p>x</p>", "", "<p>x</p>"),
        ("<p>x</p>", "&<>\"'", "<p>x</p>"),
    ],
)
def test_whole_words_between_tags_are_marked(html: str, spelling: str, expected: str) -> None:
    assert marked(html, spelling) == expected


def test_the_longest_word_wins() -> None:
    assert marked("<p>safer space, safer</p>", "safer", "safer space") == "<p>[1:safer space], [0:safer]</p>"


def test_what_people_write_is_escaped(manual: ManualPage, client: Client) -> None:
    entry = manual.glossary.get()
    entry.word, entry.definition = "alert", "<script>alert(1)</script>"
    entry.save()
    page = chapters(manual)[0]
    page.title = "<b>bold</b>"
    page.body = [("heading", "<i>h</i>"), ("text", "<script>x</script><p>&lt;script&gt;alert&lt;/script&gt;</p>")]
    page.save()
    for path in (manual.url, page.url, f"{manual.url}print/", f"{page.url}print/"):
        html = text(client, path)
        for raw in ("<script>alert", "<script>x", "<b>bold", "<i>h</i>"):
            assert raw not in html, path


def test_blocks_of_their_own(manual: ManualPage, client: Client) -> None:
    page = chapters(manual)[0]
    example = {"title": "A queue", "situation": "A crowd.", "done": "A card.", "learned": "Ask."}
    page.body = [("do_dont", {"do": ["Wait"], "dont": ["Push"]}), ("example", example)]
    page.save()
    assert (
        "Do Wait Don’t Push Worked example. Made up to learn from; no real person is described. A queue "
        "The situation A crowd. What was done A card. What we learn Ask."
    ) in words(text(client, page.url))


def test_the_same_queries_for_1_3_and_30_chapters_and_words(manual: ManualPage, client: Client) -> None:
    for page in chapters(manual)[1:]:
        page.delete()
    first = chapters(manual)[0]
    costs: dict[str, dict[int, int]] = {"": {}, "print/": {}, "chapter": {}, "alias": {}}
    made = 0
    for wanted in (1, 3, 30):
        while made < wanted:
            made += 1
            GlossaryEntryFactory(page=manual, word=f"word{made}")
            picture = {"image": ImageFactory(title=f"p{made}"), "caption": ""}
            picture["image"].contextual_alt_text, picture["image"].decorative = "", True
            body: list[Any] = [
                ("heading", "One"),
                ("text", f'<p>word{made} <a linktype="page" id="{first.pk}">link</a></p>'),
                ("picture", picture),
                ("link", {"text": "There", "page": first.page_ptr, "url": ""}),
            ]
            if made == 1:
                first.body = body
                first.save()
            else:
                ChapterPageFactory(parent=manual, title=f"Chapter {made}", body=body)
        costs[""][wanted] = queries(client, manual.url)
        costs["print/"][wanted] = queries(client, f"{manual.url}print/")
        costs["chapter"][wanted] = queries(client, first.url)
        costs["alias"][wanted] = queries(client, french_alias(manual))
    assert costs == {name: dict.fromkeys((1, 3, 30), found[1]) for name, found in costs.items()}


@pytest.mark.skipif(not pdf.available(), reason="needs Pango")
@pytest.mark.parametrize(
    ("language", "label"),
    [("en", "Example written for demonstration."), ("fr", "Exemple écrit pour la démonstration."), ("ar", "")],
)
def test_manual_and_chapter_as_tagged_pdf(manual: ManualPage, client: Client, language: str, label: str) -> None:
    manual.is_example = True
    manual.save()
    for page in chapters(manual):
        page.is_example = True
        page.save()
    if language != "en":
        for page in (manual, *chapters(manual)):
            page.copy_for_translation(locale(language), alias=True, copy_parents=True)
    for page, title in ((manual, "Running a safer space"), (chapters(manual)[2], "The team")):
        answer = client.get(f"{page.url.replace('/en/', f'/{language}/')}pdf/")
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
        read = PdfReader(io.BytesIO(answer.content))
        root: Any = read.trailer["/Root"]
        assert (root["/Lang"], bool(root["/MarkInfo"]["/Marked"])) == (language, True)
        assert read.metadata is not None
        assert read.metadata.title == title
        words_there = " ".join(" ".join(sheet.extract_text() for sheet in read.pages).split())
        assert "3.2 Say goodbye" in words_there
        assert label in words_there


@pytest.mark.parametrize("rest", ["pdf/x/", "print/x/", "?page=x&x=%00", "print/?x=%00"])
def test_no_input_is_an_error_of_ours(manual: ManualPage, client: Client, rest: str) -> None:
    assert client.get(f"{manual.url}{rest}").status_code in {200, 400, 404}


def test_the_city_is_named_in_the_reader_s_language(manual: ManualPage, client: Client) -> None:
    CityFactory(code="brussels", name="بروكسل", locale=locale("ar"))
    manual.copy_for_translation(locale("ar"), alias=True, copy_parents=True)
    assert "<dd>بروكسل</dd>" in text(client, manual.url.replace("/en/", "/ar/"))


def test_a_chapter_that_was_never_saved_is_previewed_as_the_last(manual: ManualPage) -> None:
    new = ChapterPage(title="New", locale=manual.locale, body=[("heading", "One")])
    new.depth, new.path = manual.depth + 1, Page._get_children_path_interval(manual.path)[1]
    shown = new.get_context(RequestFactory().get("/en/"))
    chapter = shown["chapter"]
    assert (chapter.number, shown["count"], [one.number for one in chapter.sections]) == (4, 4, ["4.1"])
    assert shown["previous"].page.title == "The team"
