"""The guide of best practices.

What a best practice records is merged from how the field's own collections describe one (EU Best Practice
Portal, EIGE, URBACT, EIF Guidebook).
"""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.forms import CheckboxSelectMultiple, Select
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from equalcity.core.blocks import BodyBlock, StepsBlock
from equalcity.core.models import BasePage, City, Role, Setting, TargetGroup, Theme, TranslatableInline
from equalcity.core.models.pages import RICH_TEXT_FEATURES
from equalcity.core.models.terms import in_default_language
from equalcity.core.serializers import RichText, TermLabel
from toolbox_pages import context


class BestPracticeIndexPage(BasePage):
    """The guide of best practices of a toolbox: the list of its practices."""

    introduction = models.TextField(_("introduction"), blank=True, help_text=_("What readers find in this guide."))

    parent_page_types = ["toolbox_pages.ToolboxPage", "home.HomePage"]
    subpage_types = ["toolbox_pages.BestPracticePage"]

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]
    api_fields = [*BasePage.api_fields, APIField("introduction")]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **context.of_index(self, request)}

    class Meta:
        verbose_name = _("guide of best practices")
        verbose_name_plural = _("guides of best practices")


class BestPracticePage(BasePage):
    """One practice that a professional or volunteer elsewhere can take over."""

    class Evidence(models.TextChoices):
        """How well proven a practice is; the three levels of the field's collections."""

        PROMISING = "promising", _("Promising practice")
        GOOD = "good", _("Good practice")
        BEST = "best", _("Best practice")

    class Budget(models.TextChoices):
        """What it costs to start, in euros."""

        NONE = "none", _("No extra money")
        UNDER_5K = "under-5k", _("Under €5,000")
        TO_15K = "5k-15k", _("€5,000 to €15,000")
        TO_50K = "15k-50k", _("€15,000 to €50,000")
        OVER_50K = "over-50k", _("Over €50,000")

    city = models.ForeignKey(
        City,
        verbose_name=_("city"),
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to=in_default_language,
        help_text=_("The city whose toolbox it comes from."),
    )
    target_groups = ParentalManyToManyField(
        TargetGroup,
        verbose_name=_("target groups"),
        blank=True,
        related_name="+",
        limit_choices_to=in_default_language,
    )
    themes = ParentalManyToManyField(
        Theme, verbose_name=_("themes"), blank=True, related_name="+", limit_choices_to=in_default_language
    )
    settings = ParentalManyToManyField(
        Setting,
        verbose_name=_("settings"),
        blank=True,
        related_name="+",
        limit_choices_to=in_default_language,
    )
    roles = ParentalManyToManyField(
        Role,
        verbose_name=_("who uses it"),
        blank=True,
        related_name="+",
        limit_choices_to=in_default_language,
    )

    context = RichTextField(
        _("why it is needed"),
        features=RICH_TEXT_FEATURES,
        blank=True,
        help_text=_("The situation of the people concerned. For example: who could not speak, where, and why."),
    )
    aim = RichTextField(
        _("aim"),
        features=RICH_TEXT_FEATURES,
        blank=True,
        help_text=_("What is different when it works, in one or two sentences."),
    )
    steps = StreamField(
        StepsBlock(),
        blank=True,
        verbose_name=_("steps"),
        help_text=_("What to do, in order. Start each step with a verb."),
    )
    months = models.PositiveSmallIntegerField(
        _("months to the first result"), null=True, blank=True, help_text=_("From the decision on.")
    )
    budget_band = models.CharField(_("budget"), max_length=12, choices=Budget.choices, blank=True)
    participation = RichTextField(
        _("part of the people concerned"),
        features=RICH_TEXT_FEATURES,
        blank=True,
        help_text=_("Who took part in designing, running and judging it."),
    )
    ethics = RichTextField(
        _("ethics and safety"),
        features=RICH_TEXT_FEATURES,
        blank=True,
        help_text=_("What must never happen, and how you prevent it."),
    )
    results = RichTextField(
        _("results"), features=RICH_TEXT_FEATURES, blank=True, help_text=_("What changed, and how you know.")
    )
    evidence_level = models.CharField(
        _("evidence"), max_length=10, choices=Evidence.choices, default=Evidence.PROMISING
    )
    evidence_method = models.TextField(
        _("how it was shown"), blank=True, help_text=_("For example: interviews before and after.")
    )
    transferability = RichTextField(
        _("what must be true in your city"),
        features=RICH_TEXT_FEATURES,
        blank=True,
        help_text=_("Conditions without which it does not work elsewhere."),
    )
    pitfalls = RichTextField(
        _("pitfalls"), features=RICH_TEXT_FEATURES, blank=True, help_text=_("What went wrong, or nearly did.")
    )
    sustainability = RichTextField(
        _("keeping it going"),
        features=RICH_TEXT_FEATURES,
        blank=True,
        help_text=_("Who pays and who cares when the project ends."),
    )
    checked_on = models.DateField(
        _("last checked"),
        null=True,
        blank=True,
        help_text=_("The day somebody last read it for correctness."),
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("more"))

    parent_page_types = ["toolbox_pages.BestPracticeIndexPage"]
    subpage_types: list[str] = []

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("city", widget=Select),
                FieldPanel("target_groups", widget=CheckboxSelectMultiple),
                FieldPanel("themes", widget=CheckboxSelectMultiple),
                FieldPanel("settings", widget=CheckboxSelectMultiple),
                FieldPanel("roles", widget=CheckboxSelectMultiple),
            ],
            heading=_("Who, where and what about"),
        ),
        FieldPanel("context"),
        FieldPanel("aim"),
        FieldPanel("steps"),
        MultiFieldPanel(
            [
                FieldPanel("months"),
                FieldPanel("budget_band"),
                InlinePanel("resources", heading=_("Resources"), label=_("Resource")),
            ],
            heading=_("What it takes"),
        ),
        FieldPanel("participation"),
        FieldPanel("ethics"),
        MultiFieldPanel(
            [
                FieldPanel("results"),
                FieldPanel("evidence_level"),
                FieldPanel("evidence_method"),
                HelpPanel(_("Reviews name a role, never a person.")),
                InlinePanel("reviews", heading=_("Expert reviews"), label=_("Expert review")),
            ],
            heading=_("Evidence"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("transferability"),
                FieldPanel("pitfalls"),
                FieldPanel("sustainability"),
                InlinePanel("adaptations", heading=_("Adaptations"), label=_("Adaptation")),
            ],
            heading=_("Taking it elsewhere"),
        ),
        FieldPanel("body"),
        InlinePanel("related_pages", heading=_("Used together with this"), label=_("Page")),
        FieldPanel("checked_on"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("context"),
        index.SearchField("aim"),
        index.SearchField("steps"),
        index.SearchField("participation"),
        index.SearchField("ethics"),
        index.SearchField("results"),
        index.SearchField("evidence_method"),
        index.SearchField("transferability"),
        index.SearchField("pitfalls"),
        index.SearchField("sustainability"),
        index.SearchField("body"),
        index.FilterField("city"),
        index.FilterField("evidence_level"),
    ]
    api_fields = [
        *BasePage.api_fields,
        APIField("city", serializer=TermLabel()),
        APIField("target_groups", serializer=TermLabel()),
        APIField("themes", serializer=TermLabel()),
        APIField("settings", serializer=TermLabel()),
        APIField("roles", serializer=TermLabel()),
        APIField("context", serializer=RichText()),
        APIField("aim", serializer=RichText()),
        APIField("steps"),
        APIField("months"),
        APIField("budget_band"),
        APIField("resources"),
        APIField("participation", serializer=RichText()),
        APIField("ethics", serializer=RichText()),
        APIField("results", serializer=RichText()),
        APIField("evidence_level"),
        APIField("evidence_method"),
        APIField("reviews"),
        APIField("transferability", serializer=RichText()),
        APIField("pitfalls", serializer=RichText()),
        APIField("sustainability", serializer=RichText()),
        APIField("adaptations"),
        APIField("checked_on"),
        APIField("body"),
        APIField("related_pages"),
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("city", overridable=False),
        SynchronizedField("target_groups", overridable=False),
        SynchronizedField("themes", overridable=False),
        SynchronizedField("settings", overridable=False),
        SynchronizedField("roles", overridable=False),
        SynchronizedField("evidence_level", overridable=False),
        SynchronizedField("budget_band", overridable=False),
        SynchronizedField("months", overridable=False),
        SynchronizedField("checked_on", overridable=False),
    ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **context.of_practice(self, request)}

    class Meta:
        verbose_name = _("best practice")
        verbose_name_plural = _("best practices")


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
    place = models.CharField(_("where"), max_length=120)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    what_changed = models.TextField(_("what changed"))
    why = models.TextField(_("why"), blank=True)

    panels = [FieldPanel("place"), FieldPanel("year"), FieldPanel("what_changed"), FieldPanel("why")]
    translatable_fields = [
        TranslatableField("place"),
        SynchronizedField("year", overridable=False),
        TranslatableField("what_changed"),
        TranslatableField("why"),
    ]
    api_fields = [APIField("place"), APIField("year"), APIField("what_changed"), APIField("why")]


class RelatedPage(TranslatableInline):
    """Another page that is used together with this one."""

    page = ParentalKey(BestPracticePage, on_delete=models.CASCADE, related_name="related_pages")
    target = models.ForeignKey(Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+")

    panels = [PageChooserPanel("target")]
    translatable_fields = [SynchronizedField("target", overridable=False)]
    api_fields = [APIField("target")]
