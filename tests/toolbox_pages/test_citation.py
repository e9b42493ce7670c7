"""Citations come out valid, whatever a title holds: read back by the parsers that reference managers use."""

import datetime
import re
import unicodedata
from typing import Any

import bibtexparser
import pytest
import rispy
from django.test import Client, RequestFactory
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext
from hypothesis import given
from hypothesis import settings as bounded
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from tests.factories import Tree, locale
from toolbox_pages.citation import SPECIAL, Citation, bibtex, one_line, ris

HOSTILE = [
    "Plain",
    "A { brace",
    "} closing first {",
    "\\} escaped \\{ and \\textbf{bold}",
    "Quotes \"inside\" and 'single'",
    "Lines\nand\r\nreturns\ttabs",
    "@misc{other, title = {x}}",
    "ER  - \nTY  - BOOK",
    "100 % of $5 & #1_2 ~ ^",
    "فضاء أكثر أمانًا عند الشباك",
    "Zero\x00byte and \u2028 separator",
]


def cited(title: str, notes: tuple[str, ...] = ()) -> Citation:
    return Citation(
        key="equalcity-a-page",
        author="Equal(c)ity",
        title=one_line(title),
        year="2026",
        city="Brussels",
        address="https://example.org/en/a-page/",
        language="en",
        licence="CC-BY-4.0",
        notes=notes,
    )


def unescaped(text: str) -> str:
    """Turn what BibTeX would print back into plain text."""
    signs = {escaped: chr(sign) for sign, escaped in SPECIAL.items()}
    return re.sub("|".join(re.escape(one) for one in sorted(signs, key=len, reverse=True)), lambda m: signs[m[0]], text)


def read_bibtex(text: str) -> dict[str, str]:
    (entry,) = bibtexparser.loads(text).entries
    found: dict[str, str] = entry
    return found


def read_ris(text: str) -> dict[str, Any]:
    (entry,) = rispy.loads(text)
    found: dict[str, Any] = entry
    return found


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_comes_back_as_it_was(title: str) -> None:
    expected = " ".join(title.replace("\x00", " ").split())
    entry = read_bibtex(bibtex(cited(title, ("A note.",))))
    assert unescaped(entry["title"]) == expected
    assert {**entry, "title": ""} == {
        "ENTRYTYPE": "misc",
        "ID": "equalcity-a-page",
        "author": "{Equal(c)ity}",
        "title": "",
        "year": "2026",
        "address": "Brussels",
        "url": "https://example.org/en/a-page/",
        "language": "en",
        "copyright": "CC-BY-4.0",
        "note": "A note.",
    }
    reference = read_ris(ris(cited(title, ("A note.",))))
    assert reference == {
        "type_of_reference": "ELEC",
        "id": "equalcity-a-page",
        "authors": ["Equal(c)ity"],
        "title": expected,
        "year": "2026",
        "place_published": "Brussels",
        "publisher": "Equal(c)ity",
        "urls": ["https://example.org/en/a-page/"],
        "language": "en",
        "custom1": "CC-BY-4.0",
        "notes": ["A note."],
    }


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
@bounded(max_examples=150, deadline=None)
def test_any_title_leaves_one_entry_with_balanced_braces(title: str) -> None:
    text = bibtex(cited(f"x{title}"))
    depths = [0]
    for sign in text:
        depths.append(depths[-1] + (sign == "{") - (sign == "}"))
    assert (min(depths), depths[-1]) == (0, 0)
    assert unescaped(read_bibtex(text)["title"]) == one_line(f"x{title}")
    assert read_ris(ris(cited(f"x{title}")))["title"] == one_line(f"x{title}")


def test_one_line_holds_no_control_character() -> None:
    text = one_line("".join(map(chr, range(0x2100))))
    assert [sign for sign in text if unicodedata.category(sign) in {"Cc", "Zl", "Zp"}] == []


@pytest.fixture
def practice(tree: Tree) -> Any:
    practice = tree.practices[0]
    practice.is_example = True
    practice.licence = "CC-BY-4.0"
    practice.first_published_at = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)
    practice.save()
    return practice


@pytest.mark.parametrize(
    ("ending", "kind"), [("bib", "application/x-bibtex"), ("ris", "application/x-research-info-systems")]
)
def test_a_practice_offers_its_citation(practice: Any, client: Client, ending: str, kind: str) -> None:
    answer = client.get(f"{practice.url}citation/{ending}/")
    assert answer.status_code == 200
    assert answer["Content-Type"] == f"{kind}; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="{practice.slug}.{ending}"'
    entry = (read_bibtex if ending == "bib" else read_ris)(answer.content.decode())
    assert (entry["title"], entry["year"]) == (practice.title, "2026")
    assert entry.get("note", " ".join(entry.get("notes", []))) == "Example written for demonstration."
    assert f'href="{practice.url}citation/{ending}/"' in client.get(practice.url).content.decode()


def test_a_translation_is_cited_in_its_language(practice: Any, client: Client) -> None:
    practice.copy_for_translation(locale("ar"), alias=True, copy_parents=True)
    path = practice.url.replace("/en/", "/ar/")
    entry = read_bibtex(client.get(f"{path}citation/bib/").content.decode())
    with translation.override("ar"):
        label = gettext("Example written for demonstration.")
    # The title is English still; what readers must know is said in theirs.
    assert (entry["language"], entry["note"]) == ("en", label)
    assert entry["url"] == f"http://testserver{path}"


def test_the_machine_is_named_as_translator(practice: Any) -> None:
    from toolbox_pages.citation import citation_of

    practice.machine_translated = True
    assert citation_of(practice, RequestFactory().get("/")).notes == (
        "Example written for demonstration.",
        "Machine translation, not checked by a native speaker.",
    )


def test_a_file_name_is_ascii(practice: Any, client: Client) -> None:
    practice.slug = "مكان-آمن"
    practice.save()
    answer = client.get(f"{practice.url}citation/bib/")
    assert answer["Content-Disposition"] == 'attachment; filename="-.bib"'
    assert read_bibtex(answer.content.decode())["ID"] == "equalcity--"


@pytest.mark.parametrize("below", ["citation/bib/", "citation/ris/", "print/", "pdf/"])
def test_a_hidden_practice_is_cited_nowhere(practice: Any, client: Client, below: str) -> None:
    PageViewRestriction.objects.create(page=practice, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(f"{practice.url}{below}").status_code == 404


def test_nothing_else_stands_below_a_practice(practice: Any, client: Client) -> None:
    assert client.get(f"{practice.url}citation/").status_code == 404
    assert client.get(f"{practice.url}citation/xml/").status_code == 404


def test_the_licence_leads_to_its_text(practice: Any, client: Client) -> None:
    text = client.get(practice.url).content.decode()
    url = "https://creativecommons.org/licenses/by/4.0/"
    assert f'<a href="{url}" rel="noreferrer license">{escape(practice.get_licence_display())}</a>' in text
