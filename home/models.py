"""The home page, plain pages, and the settings of the site."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField
from wagtail.search import index

from equalcity.core.blocks import BodyBlock
from equalcity.core.models import BasePage
from home.cities import posters


class HomePage(BasePage):
    """The first page of one language."""

    hero_title = models.CharField(
        _("large heading"), max_length=120, help_text=_("For example: “You have the right to be safe.”")
    )
    hero_lead = models.TextField(
        _("introduction"),
        max_length=400,
        help_text=_("Two or three short sentences below the large heading."),
    )
    hero_search_hint = models.CharField(
        _("hint below the search box"),
        max_length=200,
        blank=True,
        help_text=_("Words that people could try."),
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    parent_page_types = ["wagtailcore.Page"]
    max_count_per_parent = None

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("hero_title"), FieldPanel("hero_lead"), FieldPanel("hero_search_hint")],
            heading=_("Top of the page"),
        ),
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("hero_title"),
        index.SearchField("hero_lead"),
        index.SearchField("body"),
    ]
    api_fields = [
        *BasePage.api_fields,
        APIField("hero_title"),
        APIField("hero_lead"),
        APIField("hero_search_hint"),
        APIField("body"),
    ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "posters": posters(self, request)}

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class StandardPage(BasePage):
    """A plain page: about the project, accessibility, safety."""

    introduction = models.TextField(_("introduction"), blank=True, help_text=_("The first paragraph, set larger."))
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]

    content_panels = [*BasePage.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]
    api_fields = [*BasePage.api_fields, APIField("introduction"), APIField("body")]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")


@register_setting(icon="cog")
class SiteSettings(BaseGenericSetting):
    """What staff may change for the whole site without a developer."""

    exit_url = models.CharField(
        _("address that Exit leads to"),
        max_length=200,
        blank=True,
        help_text=_("A harmless site; {locale} becomes the reader's language. Empty: as the operator set it."),
    )
    contact_phone = models.CharField(_("telephone of the project"), max_length=40, blank=True)

    panels = [FieldPanel("exit_url"), FieldPanel("contact_phone")]

    class Meta:
        verbose_name = _("site settings")
