"""Home pages and plain pages."""

from typing import Any

from equalcity.demo.content import PageRecord
from equalcity.demo.fill.filler import Filler
from equalcity.demo.fill.kinds import Fill
from equalcity.demo.richtext import line
from home.models import HomePage, StandardPage


def home(filler: Filler, page: HomePage, record: PageRecord, text: dict[str, Any]) -> None:
    page.hero_title = line(text["hero_title"])
    page.hero_lead = line(text["hero_lead"])
    page.hero_search_hint = line(text.get("hero_search_hint"))


def standard(filler: Filler, page: StandardPage, record: PageRecord, text: dict[str, Any]) -> None:
    page.introduction = line(text.get("intro"))
    page.show_in_footer = bool(record.shared.get("in_footer"))


FILLS = {"home": Fill(HomePage, home), "standard": Fill(StandardPage, standard)}
