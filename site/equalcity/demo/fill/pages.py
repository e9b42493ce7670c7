"""Every page type of the demonstration, and what they share."""

import json
from typing import Any

from wagtail.models import Page

from equalcity.demo.content import PageRecord
from equalcity.demo.fill import campaign, home, manual, practice, research, safe_spaces, toolbox, training
from equalcity.demo.fill.filler import Filler
from equalcity.demo.fill.kinds import Fill
from equalcity.demo.richtext import line

FILLS: dict[str, Fill] = {
    **home.FILLS,
    **toolbox.FILLS,
    **practice.FILLS,
    **manual.FILLS,
    **training.FILLS,
    **research.FILLS,
    **campaign.FILLS,
    **safe_spaces.FILLS,
}
TYPES: dict[str, type[Page]] = {name: kind.model for name, kind in FILLS.items()}


def fill(filler: Filler, page: Any, record: PageRecord, language: str) -> None:
    """Put everything that the files say of this page in this language on `page`; saves nothing."""
    text = record.texts[language]
    page.title = text["title"].strip()
    page.slug = text["slug"]
    page.summary = line(text.get("summary"))
    page.other_words = "\n".join(line(phrase) for phrase in text.get("other_words", []))
    page.seo_title = text.get("seo_title", "").strip()
    page.show_in_menus = bool(record.shared.get("in_menu"))
    page.is_example = bool(record.shared.get("example"))
    FILLS[record.type].fill(filler, page, record, text)
    if hasattr(page, "body") and "body" in text:
        page.body = json.dumps(filler.body(record, text["body"]))
