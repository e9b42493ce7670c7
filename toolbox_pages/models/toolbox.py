"""The toolbox of a city: what stands above guide, manual, training and research."""

from typing import Any

from django.db import models
from django.forms import Select
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from equalcity.core.blocks import BodyBlock
from equalcity.core.models import BasePage, City
from equalcity.core.models.terms import in_default_language
from equalcity.core.serializers import TermLabel
from toolbox_pages import context


class ToolboxPage(BasePage):
    """What one city made, and for whom."""

    menu_group = "toolboxes"

    city = models.ForeignKey(
        City,
        verbose_name=_("city"),
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to=in_default_language,
    )
    audience = models.CharField(
        _("whom it is for"), max_length=160, help_text=_("For example: “For migrant women and girls”.")
    )
    partner_line = models.CharField(
        _("partners"), max_length=200, blank=True, help_text=_("For example: “With the City of Gothenburg”.")
    )
    introduction = models.TextField(_("introduction"), blank=True, help_text=_("The first paragraph, set larger."))
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    parent_page_types = ["home.HomePage"]
    subpage_types = [
        "toolbox_pages.BestPracticeIndexPage",
        "toolbox_pages.ManualPage",
        "toolbox_pages.TrainingProgrammePage",
        "toolbox_pages.ResearchIndexPage",
        "toolbox_pages.ResearchPage",
        "home.StandardPage",
    ]

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("city", widget=Select), FieldPanel("audience"), FieldPanel("partner_line")],
            heading=_("Whose it is"),
        ),
        FieldPanel("introduction"),
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("audience"),
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]
    api_fields = [
        *BasePage.api_fields,
        APIField("city", serializer=TermLabel()),
        APIField("audience"),
        APIField("partner_line"),
        APIField("introduction"),
        APIField("body"),
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("city", overridable=False),
    ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **context.of_toolbox(self, request)}

    class Meta:
        verbose_name = _("toolbox")
        verbose_name_plural = _("toolboxes")
