"""Rows of a best practice: what it takes, what reviewers found, how others changed it, what goes with it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.forms import Select
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.api import APIField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField, TranslatableField

from equalcity.core.models import City, CustomDocument, TranslatableInline
from equalcity.core.models.terms import in_default_language
from equalcity.core.serializers import AttachedFile, TermLabel
from toolbox_pages.models.practice import BestPracticePage


class PracticeResource(TranslatableInline):
    """What a practice needs of one kind, at the start and each year."""

    class Kind(models.TextChoices):
        PEOPLE = "people", _("People")
        BUDGET = "budget", _("Budget")
        TIME = "time", _("Time")
        MATERIALS = "materials", _("Materials")

    page = ParentalKey(BestPracticePage, on_delete=models.CASCADE, related_name="resources")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    to_start = models.CharField(_("to start"), max_length=200, blank=True)
    each_year = models.CharField(_("each year"), max_length=200, blank=True)

    panels = [FieldPanel("kind"), FieldPanel("to_start"), FieldPanel("each_year")]
    translatable_fields = [
        SynchronizedField("kind", overridable=False),
        TranslatableField("to_start"),
        TranslatableField("each_year"),
    ]
    api_fields = [APIField("kind"), APIField("to_start"), APIField("each_year")]


def score_field(label: Any) -> models.PositiveSmallIntegerField:
    """A score from 1 (weak) to 5 (strong)."""
    return models.PositiveSmallIntegerField(label, validators=[MinValueValidator(1), MaxValueValidator(5)])


class ExpertReview(TranslatableInline):
    """What a reviewer found, on the three questions that the project asked its experts."""

    page = ParentalKey(BestPracticePage, on_delete=models.CASCADE, related_name="reviews")
    reviewer_role = models.CharField(
        _("reviewer's role"),
        max_length=120,
        help_text=_("A role, never a name. For example “social worker”."),
    )
    relevance = score_field(_("relevance"))
    replicability = score_field(_("replicability"))
    practical_use = score_field(_("practical use"))
    comment = models.TextField(_("comment"), blank=True)

    panels = [
        FieldPanel("reviewer_role"),
        FieldPanel("relevance"),
        FieldPanel("replicability"),
        FieldPanel("practical_use"),
        FieldPanel("comment"),
    ]
    translatable_fields = [
        TranslatableField("reviewer_role"),
        SynchronizedField("relevance", overridable=False),
        SynchronizedField("replicability", overridable=False),
        SynchronizedField("practical_use", overridable=False),
        TranslatableField("comment"),
    ]
    api_fields = [
        APIField("reviewer_role"),
        APIField("relevance"),
        APIField("replicability"),
        APIField("practical_use"),
        APIField("comment"),
    ]


class Adaptation(TranslatableInline):
    """How somebody elsewhere changed the practice, and why."""

    page = ParentalKey(BestPracticePage, on_delete=models.CASCADE, related_name="adaptations")
    city = models.ForeignKey(
        City,
        verbose_name=_("city"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to=in_default_language,
        help_text=_("The city that took it over, if it is in the list."),
    )
    place = models.CharField(
        _("where"),
        max_length=120,
        blank=True,
        help_text=_("The place in words. For example: “a library in Example City A”."),
    )
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    what_changed = models.TextField(_("what changed"))
    why = models.TextField(_("why"), blank=True)
    adapted_page = models.ForeignKey(
        Page,
        verbose_name=_("the practice made from it"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("If it has a page here, both pages link to each other."),
    )

    panels = [
        FieldPanel("city", widget=Select),
        FieldPanel("place"),
        FieldPanel("year"),
        FieldPanel("what_changed"),
        FieldPanel("why"),
        PageChooserPanel("adapted_page", page_type="toolbox_pages.BestPracticePage"),
    ]
    translatable_fields = [
        SynchronizedField("city", overridable=False),
        TranslatableField("place"),
        SynchronizedField("year", overridable=False),
        TranslatableField("what_changed"),
        TranslatableField("why"),
        SynchronizedField("adapted_page", overridable=False),
    ]
    api_fields = [
        APIField("city", serializer=TermLabel()),
        APIField("place"),
        APIField("year"),
        APIField("what_changed"),
        APIField("why"),
        APIField("adapted_page"),
    ]

    def clean(self) -> None:
        """Ask for a city or a place: without either nobody learns where it was."""
        super().clean()
        if not self.city_id and not self.place:
            raise ValidationError({"place": _("Choose a city or write the place.")})


class PracticeAttachment(TranslatableInline):
    """A file that goes with a practice: a form, a card, a poster."""

    page = ParentalKey(BestPracticePage, on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey(CustomDocument, verbose_name=_("document"), on_delete=models.CASCADE, related_name="+")
    title = models.CharField(
        _("title"),
        max_length=160,
        help_text=_("What readers get. For example: “The card for the counter, to print”."),
    )

    panels = [FieldPanel("document"), FieldPanel("title")]
    translatable_fields = [SynchronizedField("document", overridable=False), TranslatableField("title")]
    api_fields = [APIField("document", serializer=AttachedFile()), APIField("title")]


class RelatedPage(TranslatableInline):
    """Another page that is used together with this one."""

    page = ParentalKey(BestPracticePage, on_delete=models.CASCADE, related_name="related_pages")
    target = models.ForeignKey(Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+")

    panels = [PageChooserPanel("target")]
    translatable_fields = [SynchronizedField("target", overridable=False)]
    api_fields = [APIField("target")]
