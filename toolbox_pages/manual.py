"""What manuals and chapters show: numbers, contents, neighbours, words; in a constant number of queries.

Chapters and sections are numbered by their place, never by hand, with the digits 0 to 9 in every language, as all
numbers of the site. `number` of a section is “3.2”. The anchor of a section is the identity of its heading, which is
the same in every language and stays when sections move.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, prefetch_related_objects
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from equalcity.core.links import localize_links
from equalcity.core.reading import crumbs, written_in
from equalcity.core.sanitize import clean_html
from equalcity.publication.predicate import public_pages
from toolbox_pages.context import of_city
from toolbox_pages.glossary import Marker, Word, words_of

# No text holds this sign: PostgreSQL refuses it.
SEAM = "\0"


@dataclass(frozen=True)
class Section:
    """A section of a chapter: its heading in the contents."""

    number: str
    title: str
    anchor: str


@dataclass(frozen=True)
class Part:
    """A block of a chapter as it is shown: a heading with its section, marked text, or any other block."""

    block: Any
    section: Section | None = None
    html: SafeString | None = None


@dataclass
class Chapter:
    """A chapter in its place. `parts` and `words` are there only where its text is shown."""

    page: Any
    number: int
    url: str
    language: str
    sections: list[Section]
    parts: list[Part] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    prefix: str = ""


def of_manual(manual: Any, request: HttpRequest) -> dict[str, Any]:
    """Return a manual's public chapters with their sections, and its glossary in order of the alphabet."""
    return {
        **of_city(manual),
        "crumbs": crumbs(manual, request),
        "contents": contents(manual, request),
        "glossary": sorted(words_of(manual.glossary.all()), key=lambda one: one.word.casefold()),
    }


def of_chapter(chapter: Any, request: HttpRequest) -> dict[str, Any]:
    """Return a chapter's text with its words explained, its place in the manual and its neighbours there."""
    manual = chapter.get_parent().specific
    others = contents(manual, request, with_page=chapter.pk or 0)
    place = next((n for n, other in enumerate(others) if other.page.pk == chapter.pk), len(others))
    if place == len(others):
        # The preview of a chapter that was never saved: it will be the last.
        others.append(Chapter(chapter, place + 1, "", written_in(chapter), []))
    here = others[place]
    here.page = chapter
    show([here], manual)
    return {
        **of_city(manual),
        "crumbs": crumbs(chapter, request),
        "manual": manual,
        "manual_language": written_in(manual),
        "contents": others,
        "chapter": here,
        "count": len(others),
        "previous": others[place - 1] if place else None,
        "next": others[place + 1] if place + 1 < len(others) else None,
    }


def whole(manual: Any, request: HttpRequest) -> list[Chapter]:
    """Return every public chapter with its text; ids are told apart by the chapter's number."""
    chapters = contents(manual, request, apart=True)
    show(chapters, manual)
    return chapters


def contents(manual: Any, request: HttpRequest, with_page: int = 0, apart: bool = False) -> list[Chapter]:
    """Return the public chapters in order; `with_page` is one to keep though hidden, which is what a preview shows."""
    from toolbox_pages.models import ChapterPage

    below = ChapterPage.objects.child_of(manual)
    shown = below.filter(Q(pk__in=public_pages(below).values("pk")) | Q(pk=with_page))
    chapters = []
    for number, page in enumerate(shown.select_related("locale", "alias_of__locale").order_by("path"), 1):
        prefix = f"c{number}-" if apart else ""
        sections = [one for one in sections_of(page, number, prefix) if one is not None]
        url = page.get_url(request) or ""
        chapters.append(Chapter(page, number, url, written_in(page), sections, prefix=prefix))
    return chapters


def known(page: Any) -> list[dict[str, Any]]:
    """Return the stored blocks of a chapter that still have a type."""
    types = page.body.stream_block.child_blocks
    return [raw for raw in page.body.raw_data if raw["type"] in types]


def sections_of(page: Any, number: int, prefix: str) -> list[Section | None]:
    """Return for each block the section that it begins, if it is a heading. Reads the stored data, no query."""
    found: list[Section | None] = []
    anchors: set[str] = set()
    for raw in known(page):
        if raw["type"] != "heading":
            found.append(None)
            continue
        place = len(anchors) + 1
        anchor = f"{prefix}section-{raw.get('id') or place}"
        if anchor in anchors:
            anchor = f"{anchor}-{place}"
        anchors.add(anchor)
        found.append(Section(f"{number}.{place}", raw["value"], anchor))
    return found


def show(chapters: Sequence[Chapter], manual: Any) -> None:
    """Give chapters their parts and words. However many there are, their blocks are read as one stream."""
    if not chapters:
        return
    for chapter in chapters:
        chapter.sections = [one for one in sections_of(chapter.page, chapter.number, chapter.prefix) if one]
    stream = chapters[0].page.body.stream_block
    raw = [block for chapter in chapters for block in known(chapter.page)]
    blocks = list(localize_links(stream.to_python(raw)))
    pictures = [block.value["image"] for block in blocks if block.block_type == "picture"]
    prefetch_related_objects([picture for picture in pictures if picture], "renditions")
    texts = iter(expanded(block.value.source for block in blocks if block.block_type == "text"))
    glossaries = words_by_language(manual, {chapter.language for chapter in chapters})
    rest = iter(blocks)
    for chapter in chapters:
        marker = Marker(glossaries.get(chapter.language, []), chapter.prefix)
        for section in sections_of(chapter.page, chapter.number, chapter.prefix):
            block = next(rest)
            html = None
            if block.block_type == "text":
                # Cleaned, then marked with links of our own making.
                html = mark_safe(marker.mark(next(texts)))  # noqa: S308
            chapter.parts.append(Part(block, section, html))
        chapter.words = marker.met


def expanded(sources: Iterable[str]) -> list[str]:
    """Return stored rich texts as clean HTML; their links are looked up all at once."""
    return [clean_html(html) for html in expand_db_html(SEAM.join(sources)).split(SEAM)]


def words_by_language(manual: Page, languages: set[str]) -> dict[str, list[Word]]:
    """Return the glossary in each language: an alias shows its source's text, and so that language's words."""
    from toolbox_pages.models import GlossaryEntry

    rows: dict[str, list[Any]] = {}
    found = GlossaryEntry.objects.filter(
        page__translation_key=manual.translation_key, page__alias_of=None, locale__language_code__in=languages
    )
    for row in found.select_related("locale"):
        rows.setdefault(row.locale.language_code, []).append(row)
    return {language: words_of(entries) for language, entries in rows.items()}
