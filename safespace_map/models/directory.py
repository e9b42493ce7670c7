"""The list of safe spaces, and the organisations that run them."""

from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.contrib.routable_page.models import path
from wagtail.fields import RichTextField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from equalcity.core.models import BasePage
from equalcity.core.models.pages import RICH_TEXT_FEATURES
from equalcity.core.printable import Printable
from equalcity.core.serializers import RichText
from safespace_map import listing, pack, place_page
from safespace_map.codes import qr_of


class SafeSpaceIndexPage(Printable, BasePage):
    """The list of all safe spaces of a site, with the map beside it."""

    print_template = "safespace_map/print/list.html"
    keeps_pdf = False  # As those of the places in it.

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

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **listing.of_list(self, request)}

    def get_print_context(self, request: HttpRequest) -> dict[str, Any]:
        context: dict[str, Any] = BasePage.get_context(self, request)
        return {**context, **listing.of_print(self, request), "qr": qr_of(self, request)}

    @path("card/", name="card")
    def as_card(self, request: HttpRequest) -> TemplateResponse:
        """What fits as a card to fold: a neutral title and telephone numbers, nothing else."""
        return TemplateResponse(request, "safespace_map/card.html", self.get_print_context(request))

    @path("pack/<slug:city>/", name="pack")
    def as_pack(self, request: HttpRequest, city: str) -> HttpResponse:
        """The places of a city as one file to keep. Raises `Http404` for a city without any."""
        made = pack.made(city, self.locale.language_code)
        if made is None:
            raise Http404
        answer = HttpResponse(made, content_type="text/html; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{pack.FILE_NAME}"'
        return answer

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

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **place_page.of_organisation(self, request)}

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
