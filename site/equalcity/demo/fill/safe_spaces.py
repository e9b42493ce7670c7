"""The safe-space map: the list, who runs places, the places with their rows. Every one of them is invented."""

import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from equalcity.core.models import District
from equalcity.demo.content import PageRecord
from equalcity.demo.fill.filler import Filler
from equalcity.demo.fill.kinds import Fill
from equalcity.demo.richtext import line, paragraphs
from safespace_map.models import (
    HelpOffered,
    OpeningException,
    OpeningHours,
    OrganisationPage,
    PhoneLine,
    SafeSpaceIndexPage,
    SafeSpacePage,
)

# Long enough that nothing of the demonstration leaves the map while somebody looks at it.
NEXT_CHECK = datetime.timedelta(days=365)
COLUMNS = ("precision", "street", "postal_code", "latitude", "longitude", "languages", "interpreter", "wheelchair")
TICKS = ("staff_gender_on_request", "by_appointment", "temporarily_closed")
TEXTS = ("arrival", "eligibility", "what_to_bring", "cost", "accessibility", "way_there", "checked_by")


def index(filler: Filler, page: SafeSpaceIndexPage, record: PageRecord, text: dict[str, Any]) -> None:
    page.introduction = line(text["intro"])
    page.criteria = paragraphs(text["criteria"])


def organisation(filler: Filler, page: OrganisationPage, record: PageRecord, text: dict[str, Any]) -> None:
    page.description = line(text["description"])
    page.website = record.shared["website"]


def begin_place(page: SafeSpacePage, record: PageRecord) -> None:
    """Set where it is and when it was checked. The days are those of the first loading, which later ones keep."""
    for name in COLUMNS:
        column: Any = SafeSpacePage._meta.get_field(name)
        setattr(page, name, column.to_python(record.shared.get(name, column.get_default())))
    in_default = District.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
    page.district = in_default.filter(code=record.shared.get("district", "")).first()
    for name in TICKS:
        setattr(page, name, bool(record.shared.get(name)))
    page.is_free = bool(record.shared.get("is_free", True))
    english = record.texts["en"]
    for name in TEXTS:
        setattr(page, name, line(english.get(name)))
    if page.checked_on is None:
        page.checked_on = timezone.localdate() - datetime.timedelta(days=record.shared["checked_days_ago"])
        page.check_again_by = page.checked_on + NEXT_CHECK


def place(filler: Filler, page: SafeSpacePage, record: PageRecord, text: dict[str, Any]) -> None:
    begin_place(page, record)
    page.city = filler.city(record)
    for name in TEXTS:
        setattr(page, name, line(text.get(name)))
    page.audiences = [filler.terms["target_group", code] for code in record.shared.get("audiences", [])]
    rows: Any = filler.rows
    rows(page, record, text, "phones", PhoneLine, ("number", "kind", "languages", "is_free"), ("name", "hours"))
    rows(page, record, text, "help", HelpOffered, (), ("how_to_get_it",))
    rows(page, record, text, "hours", OpeningHours, ("days",), ("note",))
    rows(page, record, text, "exceptions", OpeningException, (), ("note",))
    helps: Any = page.help.all()
    for row, shared in zip(helps, record.shared["help"], strict=True):
        row.kind = filler.terms["help", shared["kind"]]
    weeks: Any = page.hours.all()
    for hours, shared in zip(weeks, record.shared["hours"], strict=True):
        hours.opens_at, hours.closes_at = times(shared)
        hours.week = shared.get("week", "")
        hours.by_appointment = bool(shared.get("by_appointment"))
    for change, shared in zip(page.exceptions.all(), record.shared["exceptions"], strict=True):
        change.opens_at, change.closes_at = times(shared)
        since = shared["in_days"] + record.shared["checked_days_ago"]
        change.first_day = page.checked_on + datetime.timedelta(days=since)


def times(shared: dict[str, Any]) -> tuple[datetime.time | None, datetime.time | None]:
    """Return when something opens and closes, or nothing for a day on which it is closed."""
    if "opens_at" not in shared:
        return None, None
    return datetime.time.fromisoformat(shared["opens_at"]), datetime.time.fromisoformat(shared["closes_at"])


FILLS = {
    "safe_space_index": Fill(SafeSpaceIndexPage, index),
    "organisation": Fill(OrganisationPage, organisation),
    "safe_space": Fill(SafeSpacePage, place, begin_place),
}
