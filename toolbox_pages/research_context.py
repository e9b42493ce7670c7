"""What research shows beside the page itself, in a constant number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.models import Page

from equalcity.core.models import TargetGroup, Theme
from equalcity.core.paging import page_of
from equalcity.core.reading import crumbs, named, reader
from equalcity.core.terms import labels
from equalcity.publication.predicate import public_pages
from toolbox_pages.context import of_city, related_pages, rows_of
from toolbox_pages.research_blocks import FOUND, STRENGTHS

BAR = 100  # the width of the longest bar, in units of its drawing


@dataclass(frozen=True)
class Finding:
    """A finding with the names of its codes in the reader's language."""

    title: str
    text: Any
    strength: str
    said_by: int | None
    concerns: list[str]


@dataclass(frozen=True)
class Need:
    """A need beside the help that there is for it; `bar` is its part of the longest bar, 0 to 100."""

    name: str
    named_by: int | None
    bar: int
    found: str
    code: str
    text: str


def of_index(page: Any, request: HttpRequest) -> dict[str, Any]:
    """Return one page of the research below an overview."""
    parent = page.get_parent().specific
    studies = page_of(request, public_pages(research_below(page)))
    city = of_city(parent) if hasattr(parent, "city_id") else {}
    return {**city, "studies": studies, "rows": rows_of(studies.object_list, request)}


def of_research(page: Any, request: HttpRequest) -> dict[str, Any]:
    """Return the study's terms and findings in the reader's language, and the public pages used with it."""
    needs = needs_of(page)
    return {
        **of_city(page),
        "crumbs": crumbs(page, request),
        "target_groups": named(TargetGroup, page.target_groups.all()),
        "themes": named(Theme, page.themes.all()),
        "findings": findings_of(page, labels(TargetGroup, reader())),
        "needs": needs,
        "gaps": [need for need in needs if need.code == "none"],
        "related": related_pages(page, request),
    }


def research_below(page: Page) -> QuerySet[Any]:
    from toolbox_pages.models import ResearchPage

    found: QuerySet[Any] = ResearchPage.objects.child_of(page).defer_streamfields()
    return found.select_related("city", "locale", "alias_of__locale").order_by("path")


def findings_of(page: Any, groups: Mapping[str, str]) -> list[Finding]:
    """Return the findings; a code that this instance does not know is left out."""
    strengths = dict(STRENGTHS)
    return [
        Finding(
            title=block.value["title"],
            text=block.value["text"],
            strength=str(strengths.get(block.value["strength"], "")),
            said_by=block.value["said_by"],
            concerns=[groups[code] for code in block.value["concerns"] if code in groups],
        )
        for block in page.findings
    ]


def needs_of(page: Any) -> list[Need]:
    """Return the needs in the editors' order, each with its part of the longest bar."""
    words = dict(FOUND)
    most = max((block.value["named_by"] or 0 for block in page.needs), default=0)
    return [
        Need(
            name=block.value["name"],
            named_by=block.value["named_by"],
            bar=round(BAR * (block.value["named_by"] or 0) / most) if most else 0,
            found=str(words.get(block.value["found"], "")),
            code=block.value["found"],
            text=block.value["text"],
        )
        for block in page.needs
    ]
