"""The list of safe spaces, and the organisations that run them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from equalcity.core.models import BasePage
from equalcity.core.models.pages import RICH_TEXT_FEATURES
from equalcity.core.serializers import RichText


class SafeSpaceIndexPage(BasePage):
    """The list of all safe spaces of a site, with the map beside it."""

    introduction = models.TextField(_("introduction"), blank=True, help_text=_("The first paragraph, set larger."))
    criteria = RichTextField(
        _("how places are checked"),
        features=RICH_TEXT_FEATURES,
        blank=True,
        help_text=_("What a place must show before it is listed, who looks, and how often. Every visitor can read it."),
    )

    parent_page_types = ["home.HomePage"]
    subpage_types = ["safespace_map.OrganisationPage"]

    content_panels = [*BasePage.content_panels, FieldPanel("introduction"), FieldPanel("criteria")]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction"), index.SearchField("criteria")]
    api_fields = [*BasePage.api_fields, APIField("introduction"), APIField("criteria", serializer=RichText())]

    class Meta:
        verbose_name = _("list of safe spaces")
        verbose_name_plural = _("lists of safe spaces")


class OrganisationPage(BasePage):
    """Who runs one or more safe spaces: an organization of HSDS. It has no address of its own; places have."""

    description = models.TextField(
        _("description"), help_text=_("Who they are and whom they work for, in two or three sentences.")
    )
    website = models.URLField(_("website"), blank=True)
    email = models.EmailField(
        _("e-mail"), blank=True, help_text=_("A shared address. For example “hello@example.org”, never a person's.")
    )

    parent_page_types = ["safespace_map.SafeSpaceIndexPage"]
    subpage_types = ["safespace_map.SafeSpacePage"]

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("description"),
        MultiFieldPanel([FieldPanel("website"), FieldPanel("email")], heading=_("How to reach them")),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("description")]
    api_fields = [*BasePage.api_fields, APIField("description"), APIField("website"), APIField("email")]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("website", overridable=False),
        SynchronizedField("email", overridable=False),
    ]

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
