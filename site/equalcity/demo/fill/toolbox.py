"""Toolboxes."""

from typing import Any

from equalcity.demo.content import PageRecord
from equalcity.demo.fill.filler import Filler
from equalcity.demo.fill.kinds import Fill
from equalcity.demo.richtext import line
from toolbox_pages.models import ToolboxPage


def toolbox(filler: Filler, page: ToolboxPage, record: PageRecord, text: dict[str, Any]) -> None:
    page.city = filler.city(record)
    page.audience = line(text["audience"])
    page.partner_line = line(text.get("partner_line"))
    page.introduction = line(text.get("intro"))


FILLS = {"toolbox": Fill(ToolboxPage, toolbox)}
