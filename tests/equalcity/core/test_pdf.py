"""PDFs: tagged, in their language, made of our own files only."""

import io
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import translation
from pypdf import PdfReader

from equalcity.core import pdf, printable
from equalcity.core.checks import pdfs_can_be_made
from equalcity.core.models import Rendition
from tests.factories import ImageFactory

ADDRESS = settings.SITE_URL
ARABIC = "مكان أكثر أمانًا"


def document(language: str, direction: str, body: str) -> str:
    head = "<head><title>T</title></head>"
    return f'<!doctype html><html lang="{language}" dir="{direction}">{head}<body>{body}</body></html>'


def read(made: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(made))


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    cache.clear()


@pytest.mark.parametrize(
    ("language", "direction", "words"),
    [("en", "ltr", "A safer room"), ("fr", "ltr", "Où aller ?"), ("ar", "rtl", ARABIC)],
)
def test_a_pdf_is_tagged_and_says_its_language(language: str, direction: str, words: str) -> None:
    made = read(pdf.pdf_of(document(language, direction, f"<h1>{words}</h1><p>{words}</p>")))
    root: Any = made.trailer["/Root"]
    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert made.metadata is not None
    assert made.metadata.title == "T"
    assert made.pages[0].extract_text().split("\n") == [words, words, "1 / 1"]


def figures(part: Any) -> list[Any]:
    """Every figure below a part of the structure of a PDF."""
    part = part.get_object() if hasattr(part, "get_object") else part
    if not hasattr(part, "get"):
        return [found for each in part for found in figures(each)] if isinstance(part, list) else []
    return [part] * (part.get("/S") == "/Figure") + figures(part.get("/K", []))


def test_only_pictures_that_say_something_are_figures(caplog: pytest.LogCaptureFixture) -> None:
    drawing = f"{settings.STATIC_URL}core/arches/rome.svg"
    hidden = '<svg aria-hidden="true" viewBox="0 0 9 9" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
    said = f'<img src="{drawing}" width="640" height="330" alt="Three arches">'
    silent = f'<img src="{drawing}" width="640" height="330" alt=""><img src="{drawing}">'
    body = f"<p>Before</p>{said}{silent}<p>{hidden}Do</p>"
    made = read(pdf.pdf_of(document("en", "ltr", body)))
    root: Any = made.trailer["/Root"]
    assert [figure.get("/Alt") for figure in figures(root["/StructTreeRoot"])] == ["Three arches"]
    assert [line.getMessage() for line in caplog.records if line.levelname in {"ERROR", "WARNING"}] == []
    # The one that says nothing is there all the same, below the other.
    assert made.pages[0].extract_text().split("\n")[:2] == ["Before", "Do"]
    places: list[float] = []
    made.pages[0].extract_text(
        visitor_text=lambda text, _cm, at, *_rest: places.append(at[5]) if text.strip() else None
    )
    assert abs(places[0] - places[1]) > 2 * 330 * 0.75 * 0.75


def test_equal_documents_are_set_once(monkeypatch: pytest.MonkeyPatch) -> None:
    set_before = pdf._set
    made: list[str] = []
    monkeypatch.setattr(pdf, "_set", lambda html, style: made.append(html) or set_before(html, style))
    first, again, other = (pdf.pdf_of(document("en", "ltr", text)) for text in ("one", "one", "two"))
    assert (first, len(made)) == (again, 2)
    assert other != first


def test_who_comes_while_another_is_being_set_is_told_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "WAIT_SECONDS", 0.01)
    with pdf._setting, pytest.raises(pdf.Busy):
        pdf.pdf_of(document("en", "ltr", "waiting"))


@pytest.mark.django_db
def test_a_picture_is_read_from_where_it_is_stored() -> None:
    rendition: Rendition = ImageFactory().get_rendition("width-20")
    with rendition.file.open("rb") as file:
        assert pdf.own_file(f"{ADDRESS}{rendition.url}") == file.read()


def test_a_drawing_is_read() -> None:
    assert pdf.own_file(f"{ADDRESS}{settings.STATIC_URL}core/arches/rome.svg").startswith(b"<svg")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "https://example.org/picture.png",
        "http://169.254.169.254/latest/meta-data",
        "data:text/html,x",
        f"{ADDRESS}/media/images/../../secret_key",
        f"{ADDRESS}{settings.STATIC_URL}nothing.svg",
        f"{ADDRESS}{settings.STATIC_URL}../settings/base.py",
        f"{ADDRESS}{settings.STATIC_URL}%2e%2e/settings/base.py",
        f"{ADDRESS}/cms/",
    ],
)
def test_nothing_else_is_opened(url: str) -> None:
    with pytest.raises(ValueError, match="nothing but files of this site"):
        pdf.own_file(url)


class Page:
    """What a printable page needs to answer; its own fields are drawn by nobody here."""

    slug, pk, print_template = "a-page", 1, "core/includes/print_links.html"

    def get_print_context(self, request: HttpRequest) -> dict[str, Any]:
        return {"page": self}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_without_pango_a_sentence_comes_instead(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "available", lambda: False)
    with translation.override(language):
        answer = printable.Printable.as_pdf(Page(), RequestFactory().get(f"/{language}/x/pdf/"))  # type: ignore[arg-type]
    assert answer.status_code == 503
    assert "112" in answer.content.decode()[:4096]


@pytest.mark.parametrize(
    ("slug", "name"), [("a-page", "a-page"), ('x"\r\nY: z', "xYz"), ("ملف", "page-1"), ("a" * 200, "a" * 80)]
)
def test_a_file_name_is_plain(slug: str, name: str) -> None:
    page = Page()
    page.slug = slug
    assert printable.ascii_name(page) == name


def test_a_check_says_that_pdfs_are_off(monkeypatch: pytest.MonkeyPatch) -> None:
    assert pdfs_can_be_made() == []
    monkeypatch.setattr(pdf, "available", lambda: False)
    assert [one.id for one in pdfs_can_be_made()] == ["core.W002"]
