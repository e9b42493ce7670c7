"""The landing page of a campaign."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.search import index

from campaign import context
from campaign.blocks import LandingBlock
from equalcity.core.models import BasePage


class CampaignPage(BasePage):
    """What the campaign says first, built from blocks; stories, events and materials stand below it."""

    hero_title = models.CharField(
        _("large heading"), max_length=120, help_text=_("For example: “There is a place for you.”")
    )
    hero_lead = models.TextField(
        _("introduction"),
        max_length=400,
        blank=True,
        help_text=_("Two or three short sentences below the large heading."),
    )
    body = StreamField(LandingBlock(), blank=True, verbose_name=_("body"))

    parent_page_types = ["home.HomePage"]
    subpage_types = [
        "campaign.StoryIndexPage",
        "campaign.EventIndexPage",
        "campaign.MaterialIndexPage",
        "home.StandardPage",
    ]

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("hero_title"), FieldPanel("hero_lead")], heading=_("Top of the page")),
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("hero_title"),
        index.SearchField("hero_lead"),
        index.SearchField("body"),
    ]
    api_fields = [*BasePage.api_fields, APIField("hero_title"), APIField("hero_lead"), APIField("body")]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **context.of_campaign(self, request)}

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
