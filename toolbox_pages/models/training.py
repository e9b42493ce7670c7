"""Training programmes: for whom, in which modules, when they were held, and what changed.

The modules are pages of their own (`training_module`): each has an address, a PDF and a history, and moving one
changes the agenda.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.forms import CheckboxSelectMultiple, Select
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from equalcity.core.models import BasePage, City, Role, TargetGroup, Theme, TranslatableInline
from equalcity.core.models.pages import RICH_TEXT_FEATURES
from equalcity.core.models.terms import in_default_language
from equalcity.core.printable import Printable
from equalcity.core.serializers import RichText, TermLabel
from toolbox_pages import training
from toolbox_pages.panels import TotalPanel


def planned_minutes_field() -> models.PositiveSmallIntegerField:
    """What the agenda promises, in minutes, to be compared with the sum of the sessions."""
    return models.PositiveSmallIntegerField(
        _("minutes in your agenda"),
        null=True,
        blank=True,
        help_text=_(
            "What you promised, breaks included. For example 180 for three hours. "
            "If the sessions add up to something else, you are told; nothing is lost."
        ),
    )


class TrainingProgrammePage(Printable, BasePage):
    """A training that somebody elsewhere can run as it stands."""

    print_template = "toolbox_pages/print/training_programme_page.html"

    city = models.ForeignKey(
        City,
        verbose_name=_("city"),
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to=in_default_language,
        help_text=_("The city whose toolbox it comes from."),
    )
    audience = models.TextField(
        _("who takes part"),
        help_text=_("For example: “Social workers and community educators who live and work with the children.”"),
    )
    roles = ParentalManyToManyField(
        Role,
        verbose_name=_("roles of the participants"),
        blank=True,
        related_name="+",
        limit_choices_to=in_default_language,
    )
    target_groups = ParentalManyToManyField(
        TargetGroup,
        verbose_name=_("target groups"),
        blank=True,
        related_name="+",
        limit_choices_to=in_default_language,
        help_text=_("The people whom the participants support, or the participants themselves."),
    )
    themes = ParentalManyToManyField(
        Theme, verbose_name=_("themes"), blank=True, related_name="+", limit_choices_to=in_default_language
    )
    version = models.CharField(_("version"), max_length=80, blank=True, help_text=_("For example “5 modules, 2021”."))
    series = models.SlugField(
        _("series"),
        max_length=60,
        blank=True,
        help_text=_(
            "The same word on every version of one programme, for example “talking-with-parents”. "
            "Each version then shows the others of its toolbox."
        ),
    )
    objectives = RichTextField(
        _("objectives"),
        features=RICH_TEXT_FEATURES,
        blank=True,
        help_text=_("What participants can do afterwards. Start each line with a verb."),
    )
    prerequisites = RichTextField(
        _("prerequisites"),
        features=RICH_TEXT_FEATURES,
        blank=True,
        help_text=_("What must be there before the first day. For example: a person to turn to after each session."),
    )
    group_from = models.PositiveSmallIntegerField(
        _("smallest group"), null=True, blank=True, help_text=_("For example 8.")
    )
    group_to = models.PositiveSmallIntegerField(
        _("largest group"), null=True, blank=True, help_text=_("For example 14.")
    )
    planned_minutes = planned_minutes_field()

    parent_page_types = ["toolbox_pages.ToolboxPage"]
    subpage_types = ["toolbox_pages.TrainingModulePage"]

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("city", widget=Select),
                FieldPanel("audience"),
                FieldPanel("roles", widget=CheckboxSelectMultiple),
                FieldPanel("target_groups", widget=CheckboxSelectMultiple),
                FieldPanel("themes", widget=CheckboxSelectMultiple),
            ],
            heading=_("For whom, and what about"),
        ),
        FieldPanel("objectives"),
        FieldPanel("prerequisites"),
        FieldRowPanel([FieldPanel("group_from"), FieldPanel("group_to")], heading=_("Group")),
        MultiFieldPanel(
            [
                HelpPanel(_("Modules are pages below this one. Their sessions hold the minutes.")),
                TotalPanel(),
                FieldPanel("planned_minutes"),
            ],
            heading=_("Time"),
        ),
        MultiFieldPanel([FieldPanel("version"), FieldPanel("series")], heading=_("Version")),
        InlinePanel("runs", heading=_("When it was held"), label=_("Date")),
        InlinePanel("results", heading=_("Evaluation"), label=_("Question")),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("audience"),
        index.SearchField("objectives"),
        index.SearchField("prerequisites"),
        index.SearchField("version"),
        index.RelatedFields("runs", [index.SearchField("audience"), index.SearchField("place")]),
        index.RelatedFields("results", [index.SearchField("question"), index.SearchField("scale")]),
        index.FilterField("city"),
    ]
    api_fields = [
        *BasePage.api_fields,
        APIField("city", serializer=TermLabel()),
        APIField("audience"),
        APIField("roles", serializer=TermLabel()),
        APIField("target_groups", serializer=TermLabel()),
        APIField("themes", serializer=TermLabel()),
        APIField("version"),
        APIField("series"),
        APIField("objectives", serializer=RichText()),
        APIField("prerequisites", serializer=RichText()),
        APIField("group_from"),
        APIField("group_to"),
        APIField("planned_minutes"),
        APIField("runs"),
        APIField("results"),
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("city", overridable=False),
        SynchronizedField("roles", overridable=False),
        SynchronizedField("target_groups", overridable=False),
        SynchronizedField("themes", overridable=False),
        SynchronizedField("series", overridable=False),
        SynchronizedField("group_from", overridable=False),
        SynchronizedField("group_to", overridable=False),
        SynchronizedField("planned_minutes", overridable=False),
    ]

    def clean(self) -> None:
        super().clean()
        if self.group_from and self.group_to and self.group_from > self.group_to:
            raise ValidationError({"group_to": _("The largest group is smaller than the smallest.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **training.of_programme(self, request)}

    def get_print_context(self, request: HttpRequest) -> dict[str, Any]:
        """The pack for trainers: every module with its handouts and cards."""
        return {**super().get_print_context(request), **training.pack_of(self, request)}

    class Meta:
        verbose_name = _("training programme")
        verbose_name_plural = _("training programmes")


class TrainingRun(TranslatableInline):
    """A time at which the programme was held, for one audience; for some only the months are known."""

    class Precision(models.TextChoices):
        DAY = "day", _("by the day")
        MONTH = "month", _("by the month")

    page = ParentalKey(TrainingProgrammePage, on_delete=models.CASCADE, related_name="runs")
    audience = models.CharField(_("for whom"), max_length=160, help_text=_("For example “Police” or “Social offices”."))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    precision = models.CharField(
        _("shown"),
        max_length=5,
        choices=Precision.choices,
        default=Precision.DAY,
        help_text=_("By the month where the day is not known. For example “April 2021 to June 2021”."),
    )
    place = models.CharField(_("where"), max_length=160, blank=True)

    panels = [
        FieldPanel("audience"),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on"), FieldPanel("precision")]),
        FieldPanel("place"),
    ]
    translatable_fields = [
        TranslatableField("audience"),
        SynchronizedField("starts_on", overridable=False),
        SynchronizedField("ends_on", overridable=False),
        SynchronizedField("precision", overridable=False),
        TranslatableField("place"),
    ]
    api_fields = [
        APIField("audience"),
        APIField("starts_on"),
        APIField("ends_on"),
        APIField("precision"),
        APIField("place"),
    ]

    def clean(self) -> None:
        super().clean()
        if self.ends_on and self.starts_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The end lies before the beginning.")})


def value_field(label: Any) -> models.DecimalField:
    """A mean or a share in per cent, to one decimal place."""
    return models.DecimalField(
        label, max_digits=4, decimal_places=1, null=True, blank=True, validators=[MinValueValidator(0)]
    )


class EvaluationResult(TranslatableInline):
    """One question that participants were asked before and after. Nothing is drawn without the number of answers."""

    class Unit(models.TextChoices):
        MEAN = "mean", _("mean on the scale")
        SHARE = "share", _("share of the answers, in per cent")

    page = ParentalKey(TrainingProgrammePage, on_delete=models.CASCADE, related_name="results")
    question = models.CharField(
        _("what was asked"),
        max_length=300,
        help_text=_(
            "In the words that participants read. For example: “I know what to say in the first five minutes.”"
        ),
    )
    scale = models.CharField(
        _("scale"),
        max_length=200,
        help_text=_("For example: “1 = not at all true, 5 = very true”, or “Share of those who answered yes”."),
    )
    unit = models.CharField(_("unit"), max_length=5, choices=Unit.choices, default=Unit.MEAN)
    lowest = models.PositiveSmallIntegerField(_("lowest of the scale"), default=1)
    highest = models.PositiveSmallIntegerField(_("highest of the scale"), default=5)
    n_before = models.PositiveIntegerField(_("answers before"), null=True, blank=True)
    before = value_field(_("before"))
    n_after = models.PositiveIntegerField(_("answers after"), null=True, blank=True)
    after = value_field(_("after"))

    panels = [
        FieldPanel("question"),
        FieldPanel("scale"),
        FieldRowPanel([FieldPanel("unit"), FieldPanel("lowest"), FieldPanel("highest")]),
        FieldRowPanel([FieldPanel("n_before"), FieldPanel("before")]),
        FieldRowPanel([FieldPanel("n_after"), FieldPanel("after")]),
    ]
    translatable_fields = [
        TranslatableField("question"),
        TranslatableField("scale"),
        SynchronizedField("unit", overridable=False),
        SynchronizedField("lowest", overridable=False),
        SynchronizedField("highest", overridable=False),
        SynchronizedField("n_before", overridable=False),
        SynchronizedField("before", overridable=False),
        SynchronizedField("n_after", overridable=False),
        SynchronizedField("after", overridable=False),
    ]
    api_fields = [
        APIField("question"),
        APIField("scale"),
        APIField("unit"),
        APIField("lowest"),
        APIField("highest"),
        APIField("n_before"),
        APIField("before"),
        APIField("n_after"),
        APIField("after"),
    ]

    @property
    def ends(self) -> tuple[int, int]:
        """The ends of the axis: the scale's own, or 0 and 100 for a share."""
        return (0, 100) if self.unit == self.Unit.SHARE else (self.lowest, self.highest)

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        low, high = self.ends
        if low >= high:
            errors["highest"] = _("The highest of the scale must be above the lowest.")
        for name in ("before", "after"):
            value, answers = getattr(self, name), getattr(self, f"n_{name}")
            if value is None:
                continue
            if not low <= value <= high:
                errors[name] = _("This lies outside the scale.")
            if not answers:
                errors[f"n_{name}"] = _("Say how many answered: a figure without it is not shown.")
        if errors:
            raise ValidationError(errors)
