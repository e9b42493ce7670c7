"""Manuals and their chapters."""

from typing import Any

from equalcity.demo.content import PageRecord
from equalcity.demo.fill.filler import Filler
from equalcity.demo.fill.kinds import Fill
from equalcity.demo.richtext import line
from toolbox_pages.models import ChapterPage, GlossaryEntry, ManualPage


def manual(filler: Filler, page: ManualPage, record: PageRecord, text: dict[str, Any]) -> None:
    page.city = filler.city(record)
    page.audience = line(text["audience"])
    page.introduction = line(text.get("intro"))
    filler.rows(page, record, text, "glossary", GlossaryEntry, (), ("word", "definition", "also_known_as"))


def chapter(filler: Filler, page: ChapterPage, record: PageRecord, text: dict[str, Any]) -> None:
    """A chapter has nothing but what all pages have: title, summary and body."""


FILLS = {"manual": Fill(ManualPage, manual), "chapter": Fill(ChapterPage, chapter)}
