"""Research: studies with their findings, needs, instruments and services, and the overview above them."""

import json
from typing import Any

from equalcity.demo.content import PageRecord
from equalcity.demo.fill.filler import Filler
from equalcity.demo.fill.kinds import Fill
from equalcity.demo.richtext import line, paragraphs
from toolbox_pages.models import ResearchIndexPage, ResearchPage, ResearchRelatedPage

RICH_TEXTS = ("method", "who_took_part", "ethics", "limits")


def research_index(filler: Filler, page: ResearchIndexPage, record: PageRecord, text: dict[str, Any]) -> None:
    page.introduction = line(text.get("intro"))


def research(filler: Filler, page: ResearchPage, record: PageRecord, text: dict[str, Any]) -> None:
    shared = record.shared
    page.kind = shared["kind"]
    page.city = filler.city(record)
    for name in ("target_groups", "themes"):
        setattr(page, name, [filler.terms[name.removesuffix("s"), code] for code in shared.get(name, [])])
    page.started_on, page.ended_on = shared.get("started_on"), shared.get("ended_on")
    page.place = line(text.get("place"))
    page.participants = shared.get("participants")
    page.participants_counted = line(text.get("participants_counted"))
    for name in RICH_TEXTS:
        setattr(page, name, paragraphs(text.get(name, "")))
    page.findings = _stream(record, text, "findings", "finding", finding)
    page.needs = _stream(record, text, "needs", "need", need)
    page.recommendations = _stream(record, text, "recommendations", "recommendation", recommendation)
    page.instruments = _stream(record, text, "instruments", "questions", questions)
    page.services = _stream(record, text, "services", "service", service)
    present = {row.translation_key: row for row in page.related_pages.all()}
    rows = []
    for order, key in enumerate(key for key in shared.get("related", []) if key in filler.pages):
        identity = record.part("related", key)
        row = present.get(identity) or ResearchRelatedPage(translation_key=identity)
        row.locale, row.sort_order, row.target_id = page.locale, order, filler.pages[key].pk
        rows.append(row)
    setattr(page, "related_pages", rows)  # noqa: B010 - a manager to mypy, a list to modelcluster


def _stream(record: PageRecord, text: dict[str, Any], name: str, kind: str, value: Any) -> str:
    """Return the blocks of one field: each text joined by its id to what does not depend on language."""
    shared = {row["id"]: row for row in record.shared.get(name, [])}
    blocks = [
        {"type": kind, "id": str(record.part(name, row["id"])), "value": value(record, row, shared.get(row["id"], {}))}
        for row in text.get(name, [])
    ]
    return json.dumps(blocks)


def items(record: PageRecord, where: tuple[object, ...], values: list[Any]) -> list[dict[str, Any]]:
    """Return list items with the same identity in every language."""
    return [{"type": "item", "id": str(record.part(*where, n)), "value": value} for n, value in enumerate(values)]


def finding(record: PageRecord, text: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": line(text["title"]),
        "text": paragraphs(text.get("text", "")),
        "strength": shared.get("strength", ""),
        "said_by": shared.get("said_by"),
        "concerns": items(record, ("findings", text["id"], "concerns"), shared.get("concerns", [])),
    }


def need(record: PageRecord, text: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": line(text["name"]),
        "named_by": shared.get("named_by"),
        "found": shared["found"],
        "text": line(text.get("text")),
    }


def recommendation(record: PageRecord, text: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": line(text["title"]),
        "text": paragraphs(text.get("text", "")),
        "addressee": line(text.get("addressee")),
    }


def questions(record: PageRecord, text: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    asked = [line(one) for one in text["questions"]]
    return {
        "title": line(text["title"]),
        "introduction": line(text.get("introduction")),
        "questions": items(record, ("instruments", text["id"]), asked),
    }


def service(record: PageRecord, text: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    words = ("name", "offers", "audience", "languages", "reach")
    return {
        **{name: line(text.get(name)) for name in words},
        "number": shared.get("number", ""),
        "invented": shared.get("invented", False),
    }


FILLS = {"research_index": Fill(ResearchIndexPage, research_index), "research": Fill(ResearchPage, research)}
