"""Research: what was asked of whom, what was found, and which help there is."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import CheckboxSelectMultiple, Select
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from equalcity.core.blocks import BodyBlock
from equalcity.core.models import BasePage, City, TargetGroup, Theme, TranslatableInline
from equalcity.core.models.pages import RICH_TEXT_FEATURES
from equalcity.core.models.terms import in_default_language
from equalcity.core.serializers import RichText, TermLabel
from toolbox_pages import research_context
from toolbox_pages.research_blocks import (
    FindingsBlock,
    InstrumentsBlock,
    NeedsBlock,
    RecommendationsBlock,
    ServicesBlock,
)


class ResearchIndexPage(BasePage):
    """The research behind a toolbox, or behind the whole project."""

    introduction = models.TextField(
        _("introduction"), blank=True, help_text=_("What was studied, and where to start reading.")
    )

    parent_page_types = ["toolbox_pages.ToolboxPage", "home.HomePage"]
    subpage_types = ["toolbox_pages.ResearchPage"]

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]
    api_fields = [*BasePage.api_fields, APIField("introduction")]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **research_context.of_index(self, request)}

    class Meta:
        verbose_name = _("research overview")
        verbose_name_plural = _("research overviews")


class ResearchPage(BasePage):
    """One study: its method, its findings, the needs and gaps, and the annex of services."""

    class Kind(models.TextChoices):
        """How people were asked."""

        NEEDS_MAPPING = "needs-mapping", _("Mapping of needs and gaps")
        INTERVIEWS = "interviews", _("Interviews")
        FOCUS_GROUPS = "focus-groups", _("Focus groups")
        SURVEY = "survey", _("Survey")
        DESK_AND_FIELD = "desk-and-field", _("Desk and field research")

    kind = models.CharField(_("kind of research"), max_length=20, choices=Kind.choices, default=Kind.INTERVIEWS)
    city = models.ForeignKey(
        City,
        verbose_name=_("city"),
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to=in_default_language,
        help_text=_("The city whose toolbox it belongs to."),
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
    started_on = models.DateField(
        _("from"), null=True, blank=True, help_text=_("Readers see month and year. For example 2020-03-01.")
    )
    ended_on = models.DateField(_("until"), null=True, blank=True)
    place = models.CharField(
        _("place"), max_length=200, blank=True, help_text=_("For example: “Three reception centres”. No address.")
    )
    method = RichTextField(
        _("method"),
        features=RICH_TEXT_FEATURES,
        blank=True,
        help_text=_("How you asked, how long it took, and how you worked with the answers."),
    )
    participants = models.PositiveIntegerField(
        _("number"), null=True, blank=True, help_text=_("How many were counted. Empty when nobody counted.")
    )
    participants_counted = models.CharField(
        _("what was counted"), max_length=160, blank=True, help_text=_("For example: “women interviewed”.")
    )
    who_took_part = RichTextField(
        _("who took part"),
        features=RICH_TEXT_FEATURES,
        blank=True,
        help_text=_("Roles and groups, never names. Also who was missing."),
    )
    ethics = RichTextField(
        _("ethics and safety"),
        features=RICH_TEXT_FEATURES,
        blank=True,
        help_text=_("How people consented, and what you did when somebody was in danger."),
    )
    findings = StreamField(FindingsBlock(), blank=True, verbose_name=_("findings"))
    needs = StreamField(
        NeedsBlock(),
        blank=True,
        verbose_name=_("needs and gaps"),
        help_text=_("One row for each need. Needs without a service are shown as gaps."),
    )
    recommendations = StreamField(RecommendationsBlock(), blank=True, verbose_name=_("recommendations"))
    instruments = StreamField(
        InstrumentsBlock(),
        blank=True,
        verbose_name=_("instruments"),
        help_text=_("The questions that you asked, so that others can ask them too."),
    )
    limits = RichTextField(
        _("limits of the study"),
        features=RICH_TEXT_FEATURES,
        blank=True,
        help_text=_("What it cannot tell, and who was not asked."),
    )
    services = StreamField(ServicesBlock(), blank=True, verbose_name=_("annex of services"))
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("more"))

    parent_page_types = ["toolbox_pages.ResearchIndexPage", "toolbox_pages.ToolboxPage", "home.HomePage"]
    subpage_types: list[str] = []

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("kind"),
                FieldPanel("city", widget=Select),
                FieldPanel("target_groups", widget=CheckboxSelectMultiple),
                FieldPanel("themes", widget=CheckboxSelectMultiple),
                FieldRowPanel([FieldPanel("started_on"), FieldPanel("ended_on")]),
                FieldPanel("place"),
            ],
            heading=_("What, where and when"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("method"),
                FieldRowPanel([FieldPanel("participants"), FieldPanel("participants_counted")]),
                FieldPanel("who_took_part"),
                FieldPanel("ethics"),
            ],
            heading=_("How it was done"),
        ),
        FieldPanel("findings"),
        FieldPanel("needs"),
        FieldPanel("recommendations"),
        FieldPanel("instruments"),
        FieldPanel("limits"),
        HelpPanel(_("Never write the address of a shelter. Give the kind of service and a public number.")),
        FieldPanel("services"),
        FieldPanel("body"),
        InlinePanel("related_pages", heading=_("Used together with this"), label=_("Page")),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("place"),
        index.SearchField("method"),
        index.SearchField("participants_counted"),
        index.SearchField("who_took_part"),
        index.SearchField("ethics"),
        index.SearchField("findings"),
        index.SearchField("needs"),
        index.SearchField("recommendations"),
        index.SearchField("instruments"),
        index.SearchField("limits"),
        index.SearchField("services"),
        index.SearchField("body"),
        index.FilterField("city"),
        index.FilterField("kind"),
    ]
    api_fields = [
        *BasePage.api_fields,
        APIField("kind"),
        APIField("city", serializer=TermLabel()),
        APIField("target_groups", serializer=TermLabel()),
        APIField("themes", serializer=TermLabel()),
        APIField("started_on"),
        APIField("ended_on"),
        APIField("place"),
        APIField("method", serializer=RichText()),
        APIField("participants"),
        APIField("participants_counted"),
        APIField("who_took_part", serializer=RichText()),
        APIField("ethics", serializer=RichText()),
        APIField("findings"),
        APIField("needs"),
        APIField("recommendations"),
        APIField("instruments"),
        APIField("limits", serializer=RichText()),
        APIField("services"),
        APIField("body"),
        APIField("related_pages"),
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("kind", overridable=False),
        SynchronizedField("city", overridable=False),
        SynchronizedField("target_groups", overridable=False),
        SynchronizedField("themes", overridable=False),
        SynchronizedField("started_on", overridable=False),
        SynchronizedField("ended_on", overridable=False),
        SynchronizedField("participants", overridable=False),
    ]

    def clean(self) -> None:
        super().clean()
        if self.started_on and self.ended_on and self.ended_on < self.started_on:
            raise ValidationError({"ended_on": _("It cannot end before it begins.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **research_context.of_research(self, request)}

    class Meta:
        verbose_name = _("research")
        verbose_name_plural = _("research")


class ResearchRelatedPage(TranslatableInline):
    """Another page that came out of this research, or is used with it."""

    page = ParentalKey(ResearchPage, on_delete=models.CASCADE, related_name="related_pages")
    target = models.ForeignKey(Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+")

    panels = [PageChooserPanel("target")]
    translatable_fields = [SynchronizedField("target", overridable=False)]
    api_fields = [APIField("target")]
