"""Blocks of plain pages only: what a project says of itself."""

import datetime
import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from equalcity.core.blocks import BodyBlock, TextBlock

PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")


class PartialDateBlock(blocks.RegexBlock):
    """A year, a month or a day, as `2019`, `2019-11` or `2019-11-30`: what `<time>` understands. Never translated."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("regex", None)
        super().__init__(regex=r"^\d{4}(-\d{2}(-\d{2})?)?$", **kwargs)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned and read_partial(cleaned) is None:
            raise ValidationError(_("There is no such date."))
        return cleaned


def read_partial(text: str) -> tuple[datetime.date, str] | None:
    """Return the first day that a partial date means and the format that shows no more than it says."""
    found = PARTIAL_DATE.match(text)
    if found is None:
        return None
    year, month, day = found.groups()
    try:
        date = datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return date, "j F Y" if day else "F Y" if month else "Y"


class EntryValue(blocks.StructValue):
    """An entry that can say its date in the reader's language."""

    @cached_property
    def shown_date(self) -> str:
        """The editors' words, else the date as far as it is known."""
        if self.get("words"):
            return str(self["words"])
        known = read_partial(str(self.get("date") or ""))
        return date_format(*known) if known else str(self.get("date") or "")


class EntryBlock(blocks.StructBlock):
    """Something that happened, and when."""

    date = PartialDateBlock(label=_("Date"), help_text=_("Year, month or day: 2019, 2019-11 or 2019-11-30."))
    words = blocks.CharBlock(
        required=False, label=_("Date in words"), help_text=_("Only if the date is not exact: “end of November 2019”.")
    )
    title = blocks.CharBlock(label=_("What happened"))
    text = blocks.TextBlock(required=False, label=_("More about it"))

    class Meta:
        icon = "date"
        label = _("Entry")
        value_class = EntryValue


class TimelineBlock(blocks.StructBlock):
    """Dated entries in their order."""

    entries = blocks.ListBlock(EntryBlock(), label=_("Entries"))

    class Meta:
        icon = "history"
        label = _("Timeline")
        template = "home/blocks/timeline.html"


class PartnerBlock(blocks.StructBlock):
    """An organisation and its part in the project."""

    name = blocks.CharBlock(label=_("Name"))
    role = blocks.CharBlock(required=False, label=_("Part in the project"))
    city = blocks.CharBlock(required=False, label=_("City"))
    url = blocks.URLBlock(required=False, label=_("Website"))

    class Meta:
        icon = "group"
        label = _("Partner")


class PartnersBlock(blocks.StructBlock):
    """The organisations of the project."""

    partners = blocks.ListBlock(PartnerBlock(), label=_("Partners"))

    class Meta:
        icon = "group"
        label = _("Partners")
        template = "home/blocks/partners.html"


class FundingBlock(blocks.StructBlock):
    """Who paid, and who answers for the content. Words only: emblems have rules of their own."""

    statement = blocks.TextBlock(label=_("Who paid"))
    responsibility = blocks.TextBlock(required=False, label=_("Who answers for the content"))

    class Meta:
        icon = "form"
        label = _("Funding statement")
        template = "home/blocks/funding.html"


class ContactBlock(blocks.StructBlock):
    """How to reach the project; never the place for a cry for help."""

    text = TextBlock(required=False, label=_("Text"))
    phone = blocks.RegexBlock(regex=r"^\+?[0-9 ]{3,24}$", required=False, label=_("Telephone"))
    email = blocks.EmailBlock(required=False, label=_("E-mail address"))

    class Meta:
        icon = "mail"
        label = _("Contact")
        template = "home/blocks/contact.html"


class ProjectBodyBlock(BodyBlock):
    """The body of a plain page: all that a body holds, and what a project says of itself."""

    timeline = TimelineBlock()
    partners = PartnersBlock()
    funding = FundingBlock()
    contact = ContactBlock()
