"""The guide of best practices."""

import datetime
import json
from typing import Any

from equalcity.demo.content import PageRecord
from equalcity.demo.fill.filler import Filler
from equalcity.demo.fill.kinds import Fill
from equalcity.demo.richtext import line, paragraphs
from toolbox_pages.models import (
    Adaptation,
    BestPracticeIndexPage,
    BestPracticePage,
    ExpertReview,
    PracticeResource,
    RelatedPage,
)

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


def practice_index(filler: Filler, page: BestPracticeIndexPage, record: PageRecord, text: dict[str, Any]) -> None:
    page.introduction = line(text.get("intro"))


def practice(filler: Filler, page: BestPracticePage, record: PageRecord, text: dict[str, Any]) -> None:
    shared = record.shared
    page.city = filler.city(record)
    for name in ("target_groups", "themes", "settings", "roles", "services"):
        vocabulary = name.removesuffix("s")
        setattr(page, name, [filler.terms[vocabulary, code] for code in shared.get(name, [])])
    for name in RICH_TEXTS:
        setattr(page, name, paragraphs(text.get(name, "")))
    page.evidence_level = shared["evidence_level"]
    page.evidence_method = line(text.get("evidence_method"))
    page.budget_band = shared.get("budget_band", "")
    page.months = shared.get("months")
    page.licence = shared.get("licence", "")
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
    filler.rows(page, record, text, "resources", PracticeResource, ("kind",), ("to_start", "each_year"))
    filler.rows(
        page,
        record,
        text,
        "reviews",
        ExpertReview,
        ("relevance", "replicability", "practical_use"),
        ("reviewer_role", "comment"),
    )
    filler.rows(page, record, text, "adaptations", Adaptation, ("year",), ("place", "what_changed", "why"))
    whereabouts = {record.part("adaptations", row["id"]): row for row in shared.get("adaptations", [])}
    for adaptation in page.adaptations.all():
        row = whereabouts[adaptation.translation_key]
        adaptation.city_id = filler.terms["city", row["city"]].pk if "city" in row else None
        adaptation.adapted_page_id = filler.pages[row["page"]].pk if "page" in row else None
    related = [key for key in shared.get("related", []) if key in filler.pages]
    present = {row.translation_key: row for row in page.related_pages.all()}
    rows = []
    for order, key in enumerate(related):
        row = present.get(record.part("related", key)) or RelatedPage(translation_key=record.part("related", key))
        row.locale, row.sort_order, row.target_id = page.locale, order, filler.pages[key].pk
        rows.append(row)
    setattr(page, "related_pages", rows)  # noqa: B010 - a manager to mypy, a list to modelcluster


FILLS = {"practice_index": Fill(BestPracticeIndexPage, practice_index), "practice": Fill(BestPracticePage, practice)}
