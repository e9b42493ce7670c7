"""Entries -> places that could be made, each with everything that is wrong with it. Reads, and changes nothing.

What is there already is looked at just the same: whoever corrects a file reads all that is wrong with it at once.
"""

import enum
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Locale

from equalcity.core.models import City, District, Help, TargetGroup
from equalcity.core.models.terms import Term
from safespace_map.exchange.cells import unpack
from safespace_map.exchange.reading import MOST_IN_A_CELL, Entry
from safespace_map.exchange.table import COLUMNS, PARTS
from safespace_map.exchange.values import READERS, codes
from safespace_map.models import (
    HelpOffered,
    OpeningException,
    OpeningHours,
    OrganisationPage,
    PhoneLine,
    SafeSpacePage,
)
from safespace_map.precision import refused_change

NAMESPACE = uuid.UUID("6f4f9c1e-2b0d-5d7a-8a55-91c7f2a7f3b4")
ROWS: dict[str, type[Any]] = {
    "phones": PhoneLine,
    "help": HelpOffered,
    "hours": OpeningHours,
    "exceptions": OpeningException,
}
# Columns that are read for themselves, or say something of the file rather than of the place.
APART = {"key", "organisation", "city", "district", "audiences", "locale", "text_language", "url", ""}
# What the tree decides, and what was looked up already.
NOT_CHECKED = {"slug", "path", "depth", "numchild", "content_type", "locale", "translation_key", "city", "district"}
MOST_IN_A_SUMMARY: int = SafeSpacePage._meta.get_field("summary").max_length or 0
TERMS: tuple[type[Term], ...] = (City, District, Help, TargetGroup)


class Outcome(enum.Enum):
    """What an import does with a row: make a place, leave the one that is there as it is, or refuse it."""

    NEW = "new"
    THERE = "there"
    REFUSED = "refused"


@dataclass(frozen=True)
class Problem:
    """Why a row cannot be taken: its number, the column, a sentence."""

    row: int
    column: str
    reason: str


@dataclass
class Proposal:
    """A place as a row tells of it. `page` is not saved; its key is the one that it would be given."""

    row: int
    title: str
    organisation: str
    page: SafeSpacePage
    outcome: Outcome = Outcome.NEW
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, column: str, reason: Any) -> None:
        if self.outcome is Outcome.NEW:
            self.outcome = Outcome.REFUSED
        self.problems.append(Problem(self.row, column, str(reason)))


@dataclass(frozen=True)
class Present:
    """What is there already in one language."""

    locale: Locale
    keys: frozenset[uuid.UUID]
    # Keys by title of the organisation and of the place, in small letters.
    titles: Mapping[tuple[str, str], uuid.UUID]
    # In whichever language.
    precisions: Mapping[uuid.UUID, str]
    terms: Mapping[str, Mapping[str, Term]]


def proposals(entries: Iterable[Entry], locale: Locale, defaults: Mapping[str, str] | None = None) -> list[Proposal]:
    """Return what an import would do with each entry. `defaults` stand in for empty cells. A few queries for all."""
    present = _present(locale)
    seen: dict[Any, int] = {}
    found = []
    for entry in entries:
        proposal = _proposal(Entry(entry.row, {**(defaults or {}), **_filled(entry.cells)}), present)
        same = (proposal.organisation.casefold(), proposal.title.casefold())
        first = min(seen.setdefault(identity, entry.row) for identity in (proposal.page.translation_key, same))
        if first != entry.row:
            proposal.refuse("title", _("The same place stands in row %(row)s.") % {"row": first})
        found.append(proposal)
    return found


def _filled(cells: dict[str, str]) -> dict[str, str]:
    return {name: cell for name, cell in cells.items() if cell}


def _present(locale: Locale) -> Present:
    organisations = {
        path: title.casefold()
        for path, title in OrganisationPage.objects.filter(locale=locale).values_list("path", "draft_title")
    }
    every = SafeSpacePage.objects.values_list("translation_key", "precision", "locale_id", "path", "draft_title")
    rows = list(every.order_by("-pk"))
    own = [(key, path, title) for key, _precision, language, path, title in rows if language == locale.pk]
    above = SafeSpacePage.steplen
    return Present(
        locale=locale,
        keys=frozenset(key for key, _path, _title in own),
        titles={(organisations.get(path[:-above], ""), title.casefold()): key for key, path, title in own},
        precisions={key: precision for key, precision, *_rest in rows},
        terms={model.vocabulary: _by_code_and_name(model, locale) for model in TERMS},
    )


def _by_code_and_name(model: type[Term], locale: Locale) -> dict[str, Term]:
    """Return the terms that pages refer to, by code and by their names in the default and in this language.

    Names of districts stand behind the code of their city.
    """
    rows = model._default_manager.select_related("locale", *(("city",) if model is District else ()))
    languages = {settings.LANGUAGE_CODE, locale.language_code}
    every = list(rows.filter(locale__language_code__in=languages))
    own = {term.code: term for term in every if term.locale.language_code == settings.LANGUAGE_CODE}
    by_name = {_named(term): own[term.code] for term in every if term.code in own}
    return {**by_name, **own}


def _named(term: Term) -> str:
    name = str(term.name).casefold()
    return f"{term.city.code}/{name}" if isinstance(term, District) else name


def key_of(given: str, organisation: str, title: str) -> uuid.UUID:
    """Return the key of a place that comes from outside: always the same for the same row of the same file.

    Never the key that the file names: it may be that of a page elsewhere, or of one that was recalled.
    """
    named = f"key:{given}" if given else f"title:{title.casefold()}"
    return uuid.uuid5(NAMESPACE, f"{organisation.casefold()}/{named}")


def _proposal(entry: Entry, present: Present) -> Proposal:
    cells = entry.cells
    title, organisation = cells.get("title", ""), cells.get("organisation", "")
    page = SafeSpacePage(locale=present.locale, live=False)
    page.translation_key = key_of(cells.get("key", ""), organisation, title)
    made = Proposal(entry.row, title[:200], organisation[:200], page)
    there = _key_there(cells.get("key", ""), made, present)
    if there is not None:
        made.outcome = Outcome.THERE
    _check_whole(entry, made, present)
    _fill(made, cells, present)
    for column, reason in refused_change(page, present.precisions.get(there or page.translation_key)).items():
        made.refuse(column, reason)
    return made


def _key_there(given: str, made: Proposal, present: Present) -> uuid.UUID | None:
    """Return the key of the place that a row tells of, where it is there: by the key of an export, or by its name."""
    try:
        exported = uuid.UUID(given)
    except ValueError:
        exported = made.page.translation_key
    for key in (exported, made.page.translation_key):
        if key in present.keys:
            return key
    return present.titles.get((made.organisation.casefold(), made.title.casefold()))


def _check_whole(entry: Entry, made: Proposal, present: Present) -> None:
    """Look at what concerns the row as such."""
    if unknown := sorted(set(entry.cells) - {*COLUMNS, ""}):
        made.refuse(unknown[0][:40], _("There is no such column."))
    if "" in entry.cells:
        made.refuse("", entry.cells[""])
    for name, cell in entry.cells.items():
        if len(cell) > MOST_IN_A_CELL:
            made.refuse(name, _("A cell may have up to %(most)s characters.") % {"most": MOST_IN_A_CELL})
        if "\0" in cell:
            made.refuse(name, _("Null characters are no text."))
    if len(entry.cells.get("summary", "")) > MOST_IN_A_SUMMARY:
        # A form would refuse it; models do not count the letters of long texts.
        made.refuse("summary", _("A cell may have up to %(most)s characters.") % {"most": MOST_IN_A_SUMMARY})
    if not made.organisation:
        made.refuse("organisation", _("Say who runs the place."))
    language = entry.cells.get("text_language") or entry.cells.get("locale")
    if language and language != present.locale.language_code:
        made.refuse(
            "locale",
            _("This row is in another language (%(row)s) than the import (%(here)s).")
            % {"row": language[:20], "here": present.locale.language_code},
        )


def _fill(made: Proposal, cells: Mapping[str, str], present: Present) -> None:
    page = made.page
    for name, cell in cells.items():
        if name in COLUMNS and name not in APART and name not in PARTS:
            _set(made, page, name, cell, READERS["place"], name)
    city = _term(made, "city", cells.get("city", ""), "city", present)
    if isinstance(city, City):
        page.city = city
    # Two cities may each have a North.
    within = f"{city.code}/" if city else ""
    district = _term(made, "district", cells.get("district", ""), "district", present, within)
    if isinstance(district, District):
        page.district = district
    if not cells.get("city"):
        made.refuse("city", _("Say in which city it is."))
    audiences = [_term(made, "audiences", code, "target_group", present) for code in codes(cells.get("audiences", ""))]
    page.audiences = [term for term in audiences if term]
    for name, model in ROWS.items():
        rows = [_row(made, name, model, n, parts, present) for n, parts in enumerate(unpack(cells.get(name, "")), 1)]
        setattr(page, name, rows)
    _validate(made, page, set())


def _set(made: Proposal, target: Any, name: str, cell: str, readers: Mapping[str, Any], column: str) -> None:
    try:
        setattr(target, name, readers[name](cell) if name in readers else cell)
    except ValueError as error:
        made.refuse(column, error)


def _term(made: Proposal, column: str, cell: str, vocabulary: str, present: Present, within: str = "") -> Term | None:
    if not cell:
        return None
    known = present.terms[vocabulary]
    term = known.get(cell) or known.get(f"{within}{cell.casefold()}")
    if term is None:
        made.refuse(column, _("There is no such code: %(code)s.") % {"code": cell[:60]})
    return term


def _row(made: Proposal, name: str, model: type[Any], line: int, parts: list[str], present: Present) -> Any:
    """Return a row of the place that a line of a cell tells of."""
    row = model(locale=present.locale, sort_order=line - 1)
    if len(parts) > len(PARTS[name]):
        made.refuse(name, _in_line(line, _("It has more parts than there are: %s.") % " | ".join(PARTS[name])))
    before = len(made.problems)
    for part, cell in zip(PARTS[name], parts, strict=False):
        if name == "help" and part == "kind":
            term = _term(made, name, cell, "help", present)
            row.kind = term if term else row.kind_id
        elif cell:
            _set(made, row, part, cell, READERS[name], f"{name} ({line}, {part})")
    apart = {"page", "kind"} if name == "help" else {"page"}
    _validate(made, row, apart, f"{name} ({line}, %s)", whole=len(made.problems) == before)
    return row


def _in_line(line: int, reason: str) -> str:
    return f"{line}: {reason}"


def _validate(made: Proposal, target: Any, apart: set[str], column: str = "%s", *, whole: bool = True) -> None:
    """Ask the model itself, in words for its fields; each for itself unless all of them could be read."""
    already = {problem.column for problem in made.problems}
    try:
        if whole:
            target.full_clean(exclude=NOT_CHECKED | apart, validate_unique=False, validate_constraints=False)
        else:
            target.clean_fields(exclude=NOT_CHECKED | apart)
    except ValidationError as error:
        for name, reasons in error.message_dict.items():
            if (column % name) not in already:
                made.refuse(column % name, " ".join(reasons))
