"""Rows of a safe space: telephones, kinds of help, opening hours and the days that differ."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.forms import Select
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.api import APIField
from wagtail_localize.fields import SynchronizedField, TranslatableField

from equalcity.core.models import Help, TranslatableInline
from equalcity.core.models.terms import in_default_language
from equalcity.core.serializers import TermLabel
from safespace_map.fields import WeekdaysField, languages_field
from safespace_map.models.place import SafeSpacePage

is_dialled = RegexValidator(
    r"\A\+?[0-9][0-9 ()/.-]{1,38}\Z", _("Write it as one dials it. For example: +32 2 000 01 01")
)


class PhoneLine(TranslatableInline):
    """A telephone of the place: a phone of HSDS."""

    class Kind(models.TextChoices):
        VOICE = "voice", _("Calls")
        TEXT = "text", _("Text messages")

    page = ParentalKey(SafeSpacePage, on_delete=models.CASCADE, related_name="phones")
    number = models.CharField(_("number"), max_length=40, validators=[is_dialled])
    kind = models.CharField(_("for"), max_length=8, choices=Kind.choices, default=Kind.VOICE)
    name = models.CharField(
        _("name of the line"), max_length=120, blank=True, help_text=_("For example “Reception” or “Night line”.")
    )
    languages = languages_field(_("languages"))
    hours = models.CharField(
        _("when somebody answers"), max_length=160, blank=True, help_text=_("For example “Every day, day and night”.")
    )
    is_free = models.BooleanField(_("free of charge"), default=False)
    cost = models.CharField(
        _("what a call costs"), max_length=120, blank=True, help_text=_("For example “The price of a local call”.")
    )

    panels = [
        FieldRowPanel([FieldPanel("number"), FieldPanel("kind")]),
        FieldPanel("name"),
        FieldPanel("languages"),
        FieldPanel("hours"),
        FieldRowPanel([FieldPanel("is_free"), FieldPanel("cost")]),
    ]
    translatable_fields = [
        SynchronizedField("number", overridable=False),
        SynchronizedField("kind", overridable=False),
        TranslatableField("name"),
        SynchronizedField("languages", overridable=False),
        TranslatableField("hours"),
        SynchronizedField("is_free", overridable=False),
        TranslatableField("cost"),
    ]
    api_fields = [
        APIField("key"),
        APIField("number"),
        APIField("kind"),
        APIField("name"),
        APIField("languages"),
        APIField("hours"),
        APIField("is_free"),
        APIField("cost"),
    ]


class HelpOffered(TranslatableInline):
    """A kind of help that the place gives: a service of HSDS at this location."""

    page = ParentalKey(SafeSpacePage, on_delete=models.CASCADE, related_name="help")
    kind = models.ForeignKey(
        Help,
        verbose_name=_("kind of help"),
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to=in_default_language,
    )
    name = models.CharField(
        _("name"), max_length=160, blank=True, help_text=_("Its own name, if it has one. For example “Open table”.")
    )
    description = models.TextField(_("description"), blank=True)
    how_to_get_it = models.CharField(
        _("how to get it"), max_length=200, blank=True, help_text=_("For example “Come by” or “Call two days before”.")
    )
    minimum_age = models.PositiveSmallIntegerField(_("from the age of"), null=True, blank=True)
    maximum_age = models.PositiveSmallIntegerField(_("up to the age of"), null=True, blank=True)

    panels = [
        FieldPanel("kind", widget=Select),
        FieldPanel("name"),
        FieldPanel("description"),
        FieldPanel("how_to_get_it"),
        FieldRowPanel([FieldPanel("minimum_age"), FieldPanel("maximum_age")]),
    ]
    translatable_fields = [
        SynchronizedField("kind", overridable=False),
        TranslatableField("name"),
        TranslatableField("description"),
        TranslatableField("how_to_get_it"),
        SynchronizedField("minimum_age", overridable=False),
        SynchronizedField("maximum_age", overridable=False),
    ]
    api_fields = [
        APIField("key"),
        APIField("kind", serializer=TermLabel()),
        APIField("name"),
        APIField("description"),
        APIField("how_to_get_it"),
        APIField("minimum_age"),
        APIField("maximum_age"),
    ]

    def clean(self) -> None:
        super().clean()
        if self.minimum_age is not None and self.maximum_age is not None and self.minimum_age > self.maximum_age:
            raise ValidationError({"maximum_age": _("This is below the age from which it is for.")})


class OpeningHours(TranslatableInline):
    """Times at which the place is open on some days of the week: a schedule of HSDS.

    Wall-clock times in the time zone of the place's city. A closing time that is not after the opening time lies
    on the next day; the same time twice means the whole day and night.
    """

    class Week(models.TextChoices):
        EVERY = "", _("every week")
        FIRST = "1", _("in the first week of the month")
        SECOND = "2", _("in the second week of the month")
        THIRD = "3", _("in the third week of the month")
        FOURTH = "4", _("in the fourth week of the month")
        LAST = "-1", _("in the last week of the month")

    page = ParentalKey(SafeSpacePage, on_delete=models.CASCADE, related_name="hours")
    days = WeekdaysField(_("days"))
    week = models.CharField(
        _("how often"),
        max_length=2,
        blank=True,
        choices=Week.choices,
        help_text=_("“First week” with Monday means the first Monday of the month."),
    )
    opens_at = models.TimeField(_("opens at"))
    closes_at = models.TimeField(
        _("closes at"), help_text=_("Earlier than it opens: on the next day. The same time: day and night.")
    )
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_until = models.DateField(_("until"), null=True, blank=True)
    by_appointment = models.BooleanField(_("only by appointment"), default=False)
    note = models.CharField(_("note"), max_length=160, blank=True, help_text=_("For example “Women only”."))

    panels = [
        FieldPanel("days"),
        FieldPanel("week"),
        FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")]),
        FieldPanel("by_appointment"),
        FieldPanel("note"),
    ]
    translatable_fields = [
        SynchronizedField("days", overridable=False),
        SynchronizedField("week", overridable=False),
        SynchronizedField("opens_at", overridable=False),
        SynchronizedField("closes_at", overridable=False),
        SynchronizedField("valid_from", overridable=False),
        SynchronizedField("valid_until", overridable=False),
        SynchronizedField("by_appointment", overridable=False),
        TranslatableField("note"),
    ]
    api_fields = [
        APIField("key"),
        APIField("days"),
        APIField("week"),
        APIField("opens_at"),
        APIField("closes_at"),
        APIField("valid_from"),
        APIField("valid_until"),
        APIField("by_appointment"),
        APIField("note"),
    ]

    def clean(self) -> None:
        super().clean()
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValidationError({"valid_until": _("The end lies before the beginning.")})


class OpeningException(TranslatableInline):
    """Days on which other times hold than those of the week, or none. It speaks of what begins on these days."""

    page = ParentalKey(SafeSpacePage, on_delete=models.CASCADE, related_name="exceptions")
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"), null=True, blank=True, help_text=_("Empty: one day only."))
    opens_at = models.TimeField(_("opens at"), null=True, blank=True, help_text=_("Both times empty: closed."))
    closes_at = models.TimeField(_("closes at"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=160, blank=True, help_text=_("For example “Public holiday”."))

    panels = [
        FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")]),
        FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
        FieldPanel("note"),
    ]
    translatable_fields = [
        SynchronizedField("first_day", overridable=False),
        SynchronizedField("last_day", overridable=False),
        SynchronizedField("opens_at", overridable=False),
        SynchronizedField("closes_at", overridable=False),
        TranslatableField("note"),
    ]
    api_fields = [
        APIField("key"),
        APIField("first_day"),
        APIField("last_day"),
        APIField("opens_at"),
        APIField("closes_at"),
        APIField("note"),
    ]

    def clean(self) -> None:
        super().clean()
        if self.last_day and self.first_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": _("The end lies before the beginning.")})
        if (self.opens_at is None) != (self.closes_at is None):
            raise ValidationError({"closes_at": _("Give both times, or none for closed.")})
