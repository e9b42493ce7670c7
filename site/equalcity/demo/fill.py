"""Texts of one language -> fields of a page in memory."""

import datetime
import json
from typing import Any

from wagtail.models import Page

from equalcity.core.models import City, CustomImage, Term, TranslatableInline
from equalcity.demo.content import PageRecord
from equalcity.demo.richtext import paragraphs
from home.models import HomePage, StandardPage
from toolbox_pages.models import (
    Adaptation,
    BestPracticeIndexPage,
    BestPracticePage,
    ExpertReview,
    PracticeResource,
    RelatedPage,
    ToolboxPage,
)

TYPES: dict[str, type[Page]] = {
    "home": HomePage,
    "standard": StandardPage,
    "toolbox": ToolboxPage,
    "practice_index": BestPracticeIndexPage,
    "practice": BestPracticePage,
}
RICH_TEXTS = (
    "context",
    "aim",
    "participation",
    "ethics",
    "results",
    "transferability",
    "pitfalls",
    "sustainability",
)


class Filler:
    """Knows the pages, terms and pictures that records refer to."""

    def __init__(self, terms: dict[tuple[str, str], Term], pages: dict[str, Page], pictures: dict[str, CustomImage]):
        self.terms = terms
        self.pages = pages
        self.pictures = pictures

    def city(self, record: PageRecord) -> City:
        city = self.terms["city", record.shared["city"]]
        if not isinstance(city, City):
            raise TypeError(f"{record.key}: {city} is no city")
        return city

    def fill(self, page: Any, record: PageRecord, language: str) -> None:
        """Put everything that the files say of this page in this language on `page`; saves nothing."""
        text = record.texts[language]
        page.title = text["title"].strip()
        page.slug = text["slug"]
        page.summary = line(text.get("summary"))
        page.seo_title = text.get("seo_title", "").strip()
        page.show_in_menus = bool(record.shared.get("in_menu"))
        page.is_example = bool(record.shared.get("example"))
        match page:
            case HomePage():
                page.hero_title = line(text["hero_title"])
                page.hero_lead = line(text["hero_lead"])
                page.hero_search_hint = line(text.get("hero_search_hint"))
            case ToolboxPage():
                page.city = self.city(record)
                page.audience = line(text["audience"])
                page.partner_line = line(text.get("partner_line"))
                page.introduction = line(text.get("intro"))
            case StandardPage() | BestPracticeIndexPage():
                page.introduction = line(text.get("intro"))
            case BestPracticePage():
                self._fill_practice(page, record, text)
        if hasattr(page, "body") and "body" in text:
            page.body = json.dumps(self._body(page, record, text["body"]))

    def _fill_practice(self, page: BestPracticePage, record: PageRecord, text: dict[str, Any]) -> None:
        shared = record.shared
        page.city = self.city(record)
        for name in ("target_groups", "themes", "settings", "roles"):
            vocabulary = name.removesuffix("s")
            setattr(page, name, [self.terms[vocabulary, code] for code in shared.get(name, [])])
        for name in RICH_TEXTS:
            setattr(page, name, paragraphs(text.get(name, "")))
        page.evidence_level = shared["evidence_level"]
        page.evidence_method = line(text.get("evidence_method"))
        page.budget_band = shared.get("budget_band", "")
        page.months = shared.get("months")
        checked: datetime.date | None = shared.get("checked_on")
        page.checked_on = checked
        page.steps = json.dumps(
            [
                {
                    "type": "step",
                    "id": str(record.part("steps", step["id"])),
                    "value": {"title": line(step["title"]), "text": paragraphs(step["text"])},
                }
                for step in text.get("steps", [])
            ]
        )
        self._rows(page, record, text, "resources", PracticeResource, ("kind",), ("to_start", "each_year"))
        self._rows(
            page,
            record,
            text,
            "reviews",
            ExpertReview,
            ("relevance", "replicability", "practical_use"),
            ("reviewer_role", "comment"),
        )
        self._rows(page, record, text, "adaptations", Adaptation, ("year",), ("place", "what_changed", "why"))
        related = [key for key in shared.get("related", []) if key in self.pages]
        present = {row.translation_key: row for row in page.related_pages.all()}
        rows = []
        for order, key in enumerate(related):
            row = present.get(record.part("related", key)) or RelatedPage(translation_key=record.part("related", key))
            row.locale, row.sort_order, row.target_id = page.locale, order, self.pages[key].pk
            rows.append(row)
        setattr(page, "related_pages", rows)  # noqa: B010 - a manager to mypy, a list to modelcluster

    def _rows(
        self,
        page: BestPracticePage,
        record: PageRecord,
        text: dict[str, Any],
        name: str,
        model: type[TranslatableInline],
        shared_fields: tuple[str, ...],
        text_fields: tuple[str, ...],
    ) -> None:
        """Set the rows of one relation, each under the identity that its id gives it."""
        present = {row.translation_key: row for row in getattr(page, name).all()}
        texts = {row["id"]: row for row in text.get(name, [])}
        rows = []
        for order, shared in enumerate(record.shared.get(name, [])):
            key = record.part(name, shared["id"])
            row: Any = present.get(key) or model(translation_key=key)
            row.locale, row.sort_order = page.locale, order
            for field in shared_fields:
                setattr(row, field, shared.get(field))
            for field in text_fields:
                setattr(row, field, line(texts.get(shared["id"], {}).get(field)))
            rows.append(row)
        setattr(page, name, rows)

    def _body(self, page: Page, record: PageRecord, entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
        blocks = [self._block(record, entry) for entry in entries]
        city = record.shared.get("city")
        if isinstance(page, ToolboxPage) and city in self.pictures:
            picture = {
                "image": {"image": self.pictures[city].pk, "alt_text": "", "decorative": True},
                "caption": "",
            }
            blocks.insert(0, {"type": "picture", "id": str(record.part("body", "picture")), "value": picture})
        return blocks

    def _block(self, record: PageRecord, entry: dict[str, Any]) -> dict[str, Any]:
        (kind,) = set(entry) - {"id"}
        value: Any = entry[kind]
        match kind:
            case "heading":
                value = line(value)
            case "text":
                value = paragraphs(value)
            case "quote":
                value = {"text": line(value["text"]), "source": line(value.get("source"))}
            case "notice":
                value = {"text": line(value["text"])}
            case "checklist":
                value = [
                    {"type": "item", "id": str(record.part("body", entry["id"], n)), "value": line(item)}
                    for n, item in enumerate(value)
                ]
            case "link":
                value = {"text": line(value["text"]), "page": self.pages[value["page"]].pk, "url": ""}
        return {"type": kind, "id": str(record.part("body", entry["id"])), "value": value}


def line(text: str | None) -> str:
    """Return text as one line."""
    return " ".join((text or "").split())
