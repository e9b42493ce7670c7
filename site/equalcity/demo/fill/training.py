"""Training programmes and their modules."""

from decimal import Decimal
from typing import Any

from equalcity.demo.content import PageRecord
from equalcity.demo.fill.filler import Filler
from equalcity.demo.fill.kinds import Fill
from equalcity.demo.richtext import line, paragraphs
from toolbox_pages.models import (
    EvaluationResult,
    PictureCard,
    TrainingHandout,
    TrainingModulePage,
    TrainingProgrammePage,
    TrainingRun,
    TrainingSession,
)

FIGURES = ("unit", "lowest", "highest", "n_before", "before", "n_after", "after")


def programme(filler: Filler, page: TrainingProgrammePage, record: PageRecord, text: dict[str, Any]) -> None:
    shared = record.shared
    page.city = filler.city(record)
    for name in ("roles", "target_groups", "themes"):
        vocabulary = name.removesuffix("s")
        setattr(page, name, [filler.terms[vocabulary, code] for code in shared.get(name, [])])
    page.audience = line(text["audience"])
    page.version = line(text.get("version"))
    page.series = shared.get("series", "")
    page.objectives = paragraphs(text.get("objectives", ""))
    page.prerequisites = paragraphs(text.get("prerequisites", ""))
    page.group_from, page.group_to = shared.get("group_from"), shared.get("group_to")
    page.planned_minutes = shared.get("planned_minutes")
    dates = ("starts_on", "ends_on", "precision")
    filler.rows(page, record, text, "runs", TrainingRun, dates, ("audience", "place"))
    filler.rows(page, record, text, "results", EvaluationResult, FIGURES, ("question", "scale"))
    for result in page.results.all():
        for name in ("before", "after"):
            value = getattr(result, name)
            setattr(result, name, None if value is None else Decimal(value).quantize(Decimal("0.1")))


def module(filler: Filler, page: TrainingModulePage, record: PageRecord, text: dict[str, Any]) -> None:
    page.kind = record.shared["kind"]
    page.objectives = paragraphs(text.get("objectives", ""))
    page.planned_minutes = record.shared.get("planned_minutes")
    words = ("title", "materials", "activity", "note")
    filler.rows(page, record, text, "sessions", TrainingSession, ("minutes", "method"), words)
    filler.rows(page, record, text, "handouts", TrainingHandout, (), ("title",))
    filler.rows(page, record, text, "cards", PictureCard, (), ("title", "alt_text"))
    for handout, written in zip(page.handouts.all(), text.get("handouts", []), strict=True):
        handout.text = "\n".join(map(line, written["lines"]))
    shared_cards = record.shared.get("cards", [])
    for card, shared, written in zip(page.cards.all(), shared_cards, text.get("cards", []), strict=True):
        card.image = filler.pictures[f"card-{shared['image']}"]
        card.talking_points = "\n".join(map(line, written["talking_points"]))


FILLS = {"training": Fill(TrainingProgrammePage, programme), "training_module": Fill(TrainingModulePage, module)}
