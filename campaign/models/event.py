"""Events: online or at a place, in the time of that place."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from campaign import calendars, context, times
from equalcity.core.blocks import BodyBlock
from equalcity.core.models import BasePage


class EventIndexPage(BasePage):
    """The list of a campaign's events: those to come, then those that are over."""

    introduction = models.TextField(_("introduction"), blank=True, help_text=_("The first paragraph, set larger."))

    parent_page_types = ["campaign.CampaignPage"]
    subpage_types = ["campaign.EventPage"]

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]
    api_fields = [*BasePage.api_fields, APIField("introduction")]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **context.of_events(self, request)}

    def calendar(self, request: HttpRequest) -> HttpResponse:
        """Answer with all its public events as iCalendar."""
        return calendars.answer(self.title, context.events_below(self), request, "events")

    class Meta:
        verbose_name = _("list of events")
        verbose_name_plural = _("lists of events")


class EventPage(BasePage):
    """One event. Its dates and times are those of the clocks in its time zone."""

    class Where(models.TextChoices):
        PLACE = "place", _("At a place")
        ONLINE = "online", _("Online")
        BOTH = "both", _("At a place and online")

    starts_on = models.DateField(_("first day"))
    starts_at = models.TimeField(_("begins at"), help_text=_("As the clock at the event shows it."))
    ends_on = models.DateField(_("last day"))
    ends_at = models.TimeField(_("ends at"))
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        choices=times.zone_choices,
        default="Europe/Brussels",
        help_text=_("Readers see the times in this zone, with its name. For example: Europe/Rome."),
    )
    where = models.CharField(_("where"), max_length=8, choices=Where.choices, default=Where.PLACE)
    place = models.CharField(
        _("place"),
        max_length=200,
        blank=True,
        help_text=_("Never a place whose address must stay secret. For example: “Town hall, Example City A”."),
    )
    registration_url = models.URLField(
        _("where to register"), blank=True, help_text=_("A page that asks for as little as possible.")
    )
    languages = models.CharField(
        _("languages"),
        max_length=60,
        blank=True,
        validators=[RegexValidator(r"\A[a-z]{2,3}(?:, ?[a-z]{2,3})*\Z", _("Write codes such as: fr, nl"))],
        help_text=_("Codes of the languages spoken or interpreted, with commas between them. For example: fr, nl"),
    )
    accessibility = models.TextField(
        _("accessibility"),
        blank=True,
        help_text=_("Steps, lift, hearing loop, quiet room, child care. For example: “No steps. A quiet room.”"),
    )
    cancelled = models.BooleanField(
        _("cancelled"), default=False, help_text=_("The event stays listed, marked as cancelled.")
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    parent_page_types = ["campaign.EventIndexPage"]
    subpage_types: list[str] = []

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_on"), FieldPanel("starts_at")]),
                FieldRowPanel([FieldPanel("ends_on"), FieldPanel("ends_at")]),
                FieldPanel("time_zone"),
                FieldPanel("cancelled"),
            ],
            heading=_("When"),
        ),
        MultiFieldPanel([FieldPanel("where"), FieldPanel("place")], heading=_("Where")),
        MultiFieldPanel(
            [FieldPanel("registration_url"), FieldPanel("languages"), FieldPanel("accessibility")],
            heading=_("Taking part"),
        ),
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("place"),
        index.SearchField("accessibility"),
        index.SearchField("body"),
    ]
    api_fields = [
        *BasePage.api_fields,
        APIField("starts_on"),
        APIField("starts_at"),
        APIField("ends_on"),
        APIField("ends_at"),
        APIField("time_zone"),
        APIField("where"),
        APIField("place"),
        APIField("registration_url"),
        APIField("languages"),
        APIField("accessibility"),
        APIField("cancelled"),
        APIField("body"),
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("starts_on", overridable=False),
        SynchronizedField("starts_at", overridable=False),
        SynchronizedField("ends_on", overridable=False),
        SynchronizedField("ends_at", overridable=False),
        SynchronizedField("time_zone", overridable=False),
        SynchronizedField("where", overridable=False),
        SynchronizedField("registration_url", overridable=False),
        SynchronizedField("languages", overridable=False),
        SynchronizedField("cancelled", overridable=False),
    ]

    @property
    def starts(self) -> datetime.datetime:
        return times.moment(self.starts_on, self.starts_at, self.time_zone)

    @property
    def ends(self) -> datetime.datetime:
        return times.moment(self.ends_on, self.ends_at, self.time_zone)

    def clean(self) -> None:
        """Refuse times that no clock shows, an end before the beginning, and a place left out."""
        super().clean()
        errors = {}
        if None not in (self.starts_on, self.starts_at, self.ends_on, self.ends_at) and self.time_zone:
            for day, time, name in (
                (self.starts_on, self.starts_at, "starts_at"),
                (self.ends_on, self.ends_at, "ends_at"),
            ):
                if not times.exists(day, time, self.time_zone):
                    errors[name] = _("The clocks leave this hour out on that day. Choose another time.")
            if self.ends.timestamp() <= self.starts.timestamp():
                errors["ends_at"] = _("It must end after it begins.")
        if self.where != self.Where.ONLINE and not self.place:
            errors["place"] = _("Say where it is, or that it is online.")
        if errors:
            raise ValidationError(errors)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **context.of_event(self, request)}

    def calendar(self, request: HttpRequest) -> HttpResponse:
        """Answer with this event as iCalendar."""
        return calendars.answer(self.title, [self], request, "event")

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
