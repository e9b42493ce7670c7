"""Up to four practices side by side, in a constant number of queries."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import nh3
from django.conf import settings
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from equalcity.core.models import City, CityService, Role, Setting, TargetGroup, Term, Theme
from equalcity.core.reading import reader, written_in
from equalcity.core.terms import labels
from equalcity.publication.predicate import public_pages
from toolbox_pages.models import BestPracticePage, ExpertReview, PracticeResource

MOST = 4
# How many practices the list to choose from names at most.
LISTED = 400
# Links would each have to be looked up, and headings have no place in a cell.
KEPT_TAGS = {"p", "ul", "ol", "li", "b", "strong", "i", "em", "br"}
VOCABULARIES: dict[str, type[Term]] = {
    "target_groups": TargetGroup,
    "themes": Theme,
    "settings": Setting,
    "roles": Role,
    "services": CityService,
}


@dataclass(frozen=True)
class Column:
    """One practice: `language` is that of its text, `without` the query string that leaves it out."""

    page: BestPracticePage
    url: str
    language: str
    without: str


@dataclass(frozen=True)
class Cell:
    """What one practice says to one question: lines in the reader's language, or text in that of the practice."""

    lines: tuple[str, ...] = ()
    text: str = ""
    language: str = ""


@dataclass(frozen=True)
class Line:
    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Choice:
    """A practice that can be ticked."""

    key: str
    title: str
    language: str
    chosen: bool


def asked_keys(given: Iterable[str]) -> tuple[list[uuid.UUID], int]:
    """Return the keys that an address names, each once and in its order, and how many names are no keys."""
    keys: dict[uuid.UUID, None] = {}
    strange: set[str] = set()
    for name in given:
        try:
            keys[uuid.UUID(name)] = None
        except ValueError:
            strange.add(name)
    return list(keys), len(strange)


def practices(keys: Sequence[uuid.UUID]) -> list[BestPracticePage]:
    """Return the public practices with these keys, each in the language nearest to the reader's. One query."""
    near = [reader(), settings.LANGUAGE_CODE, *(code for code, _name in settings.LANGUAGES)]
    rank = {code: near.index(code) for code in near}
    found: Any = public_pages(BestPracticePage.objects.filter(translation_key__in=keys))
    best: dict[uuid.UUID, BestPracticePage] = {}
    for page in found.defer_streamfields().select_related("city", "locale", "alias_of__locale"):
        known = best.get(page.translation_key)
        if known is None or rank.get(page.locale.language_code, len(near)) < rank.get(
            known.locale.language_code, len(near)
        ):
            best[page.translation_key] = page
    return [best[key] for key in keys if key in best]


def columns(pages: Sequence[BestPracticePage], request: HttpRequest) -> list[Column]:
    keys = [str(page.translation_key) for page in pages]
    return [
        Column(
            page,
            page.get_url(request) or "",
            written_in(page),
            query_of(key for key in keys if key != str(page.translation_key)),
        )
        for page in pages
    ]


def query_of(keys: Iterable[object]) -> str:
    """Return the query string that compares these."""
    return "&".join(f"p={key}" for key in keys)


def lines(pages: Sequence[BestPracticePage]) -> list[Line]:
    """Return what there is to compare, question by question; what no practice answers is left out."""
    terms = {name: terms_of(pages, name, model) for name, model in VOCABULARIES.items()}
    cities = labels(City, reader())
    needs = resources(pages)
    scores = reviews(pages)

    def by_term(name: str) -> list[Cell]:
        return [Cell(tuple(terms[name][page.pk])) for page in pages]

    def by_line(say: Any) -> list[Cell]:
        return [Cell((said,) if (said := say(page)) else ()) for page in pages]

    def by_text(name: str) -> list[Cell]:
        return [Cell(text=plain(getattr(page, name)), language=written_in(page)) for page in pages]

    table: list[tuple[str, list[Cell]]] = [
        (gettext("City"), by_line(lambda page: cities.get(page.city.code, page.city.name))),
        (gettext("For"), by_term("target_groups")),
        (gettext("About"), by_term("themes")),
        (gettext("Where"), by_term("settings")),
        (gettext("Used by"), by_term("roles")),
        (gettext("City services"), by_term("services")),
        (gettext("Aim"), by_text("aim")),
        (gettext("First result"), by_line(lambda page: first_result(page.months))),
        (gettext("Budget to start"), by_line(lambda page: page.get_budget_band_display())),
        (gettext("What it takes"), [needs[page.pk] for page in pages]),
        (gettext("Evidence"), by_line(lambda page: page.get_evidence_level_display())),
        (gettext("Expert reviews"), [Cell(tuple(scores[page.pk])) for page in pages]),
        (gettext("Ethics and safety"), by_text("ethics")),
        (gettext("What must be true in your city"), by_text("transferability")),
        (gettext("Pitfalls"), by_text("pitfalls")),
        (gettext("Licence"), by_line(lambda page: page.get_licence_display())),
        (gettext("Last checked"), by_line(lambda page: page.checked_on and date_format(page.checked_on, "j F Y"))),
    ]
    return [Line(label, tuple(cells)) for label, cells in table if any(cell.lines or cell.text for cell in cells)]


def first_result(months: int | None) -> str:
    if not months:
        return ""
    return ngettext("After %(months)s month", "After %(months)s months", months) % {"months": months}


def terms_of(pages: Sequence[BestPracticePage], name: str, model: type[Term]) -> dict[int, list[str]]:
    """Return the names of each page's terms of one vocabulary in the reader's language. Two queries."""
    field: Any = BestPracticePage._meta.get_field(name)
    rows = field.remote_field.through._default_manager.filter(bestpracticepage_id__in=[page.pk for page in pages])
    chosen = set(rows.values_list("bestpracticepage_id", f"{model._meta.model_name}__code"))
    names = labels(model, reader())
    return {page.pk: [label for code, label in names.items() if (page.pk, code) in chosen] for page in pages}


def resources(pages: Sequence[BestPracticePage]) -> dict[int, Cell]:
    """Return what each practice needs at the start. One query."""
    found: dict[int, list[str]] = defaultdict(list)
    for row in PracticeResource.objects.filter(page__in=[page.pk for page in pages]).order_by("sort_order", "pk"):
        if row.to_start:
            found[row.page_id].append(nh3.clean(row.to_start, tags=set()))
    # The texts are in the language of the practice, so that they stand in a list of their own.
    return {page.pk: Cell(text=listed(found[page.pk]), language=written_in(page)) for page in pages}


def reviews(pages: Sequence[BestPracticePage]) -> dict[int, list[str]]:
    """Return every reviewer's score by question, not a mean: there are one or two of them. One query."""
    rows = list(ExpertReview.objects.filter(page__in=[page.pk for page in pages]).order_by("sort_order", "pk"))
    questions = {
        "relevance": gettext("Relevance"),
        "replicability": gettext("Can be done elsewhere"),
        "practical_use": gettext("Helps on a working day"),
    }
    found: dict[int, list[str]] = {}
    for page in pages:
        own = [row for row in rows if row.page_id == page.pk]
        found[page.pk] = [
            f"{question}: {', '.join(gettext('%(score)s of 5') % {'score': getattr(row, name)} for row in own)}"
            for name, question in questions.items()
            if own
        ]
    return found


def plain(html: str) -> SafeString:
    """Return rich text without links and headings."""
    return mark_safe(nh3.clean(html or "", tags=KEPT_TAGS, attributes={}).strip())  # noqa: S308 - cleaned


def listed(texts: Sequence[str]) -> SafeString:
    """Return texts that hold no markup as a list."""
    items = "".join(f"<li>{text}</li>" for text in texts)
    return mark_safe(f"<ul>{items}</ul>" if items else "")  # noqa: S308 - cleaned


def choices(chosen: Iterable[uuid.UUID]) -> dict[str, list[Choice]]:
    """Return the public practices of the reader's language by the name of their city. Two queries."""
    ticked = set(chosen)
    names = labels(City, reader())
    pages = public_pages(BestPracticePage.objects.filter(locale__language_code=reader()))
    rows = pages.values_list(
        "city__code", "translation_key", "title", "locale__language_code", "alias_of__locale__language_code"
    )
    found: dict[str, list[Choice]] = {name: [] for name in names.values()}
    for code, key, title, own, original in rows.order_by("title", "pk")[:LISTED]:
        found.setdefault(names.get(code, code), []).append(Choice(str(key), title, original or own, key in ticked))
    return {name: some for name, some in found.items() if some}
