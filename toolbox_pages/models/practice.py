"""The guide of best practices.

What a best practice records is merged from how the field's own collections describe one (EU Best Practice
Portal, EIGE, URBACT, EIF Guidebook).
"""

from typing import Any

from django.db import models
from django.forms import CheckboxSelectMultiple, Select
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.contrib.routable_page.models import path
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from equalcity.core.blocks import BodyBlock, StepsBlock
from equalcity.core.licences import Licence
from equalcity.core.models import BasePage, City, CityService, Role, Setting, TargetGroup, Theme
from equalcity.core.models.pages import RICH_TEXT_FEATURES
from equalcity.core.models.terms import in_default_language
from equalcity.core.printable import Printable
from equalcity.core.serializers import RichText, TermLabel
from toolbox_pages import citation, context


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


class BestPracticePage(Printable, BasePage):
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
    services = ParentalManyToManyField(
        CityService,
        verbose_name=_("city services"),
        blank=True,
        related_name="+",
        limit_choices_to=in_default_language,
        help_text=_("The services of a city that use or host it. For example: the civil registry."),
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
    licence = models.CharField(
        _("licence"),
        max_length=20,
        choices=Licence.choices,
        blank=True,
        help_text=_("What others may do with the text. Empty: all rights reserved."),
    )

    print_template = "toolbox_pages/print/best_practice_page.html"
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
                FieldPanel("services", widget=CheckboxSelectMultiple),
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
        InlinePanel("attachments", heading=_("Attachments"), label=_("Attachment")),
        InlinePanel("related_pages", heading=_("Used together with this"), label=_("Page")),
        FieldPanel("licence"),
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
        index.RelatedFields("resources", [index.SearchField("to_start"), index.SearchField("each_year")]),
        index.RelatedFields(
            "adaptations", [index.SearchField("place"), index.SearchField("what_changed"), index.SearchField("why")]
        ),
        index.RelatedFields("attachments", [index.SearchField("title")]),
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
        APIField("services", serializer=TermLabel()),
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
        APIField("attachments"),
        APIField("related_pages"),
        APIField("licence"),
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("city", overridable=False),
        SynchronizedField("target_groups", overridable=False),
        SynchronizedField("themes", overridable=False),
        SynchronizedField("settings", overridable=False),
        SynchronizedField("roles", overridable=False),
        SynchronizedField("services", overridable=False),
        SynchronizedField("evidence_level", overridable=False),
        SynchronizedField("budget_band", overridable=False),
        SynchronizedField("months", overridable=False),
        SynchronizedField("checked_on", overridable=False),
        SynchronizedField("licence", overridable=False),
    ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **context.of_practice(self, request)}

    @path("citation/bib/", name="bibtex")
    def as_bibtex(self, request: HttpRequest) -> HttpResponse:
        """The citation for BibTeX."""
        return citation.download(self, request, citation.BIBTEX)

    @path("citation/ris/", name="ris")
    def as_ris(self, request: HttpRequest) -> HttpResponse:
        """The citation for reference managers that read RIS."""
        return citation.download(self, request, citation.RIS)

    class Meta:
        verbose_name = _("best practice")
        verbose_name_plural = _("best practices")
