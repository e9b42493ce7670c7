"""The manual: chapters in their order, and the words that they explain."""

from typing import Any

from django.db import models
from django.forms import Select
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from equalcity.core.blocks import BodyBlock
from equalcity.core.models import BasePage, City, TranslatableInline
from equalcity.core.models.terms import in_default_language
from equalcity.core.printable import Printable
from equalcity.core.serializers import TermLabel
from toolbox_pages import manual
from toolbox_pages.blocks import ChapterBlock


class ManualPage(Printable, BasePage):
    """The title page of a manual: whom it is for, its chapters, and its glossary."""

    print_template = "toolbox_pages/print/manual_page.html"

    city = models.ForeignKey(
        City,
        verbose_name=_("city"),
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to=in_default_language,
        help_text=_("The city whose toolbox it comes from."),
    )
    audience = models.CharField(
        _("whom it is for"), max_length=160, help_text=_("For example: “For the team of a public service”.")
    )
    introduction = models.TextField(_("introduction"), blank=True, help_text=_("The first paragraph, set larger."))
    body = StreamField(
        BodyBlock(), blank=True, verbose_name=_("body"), help_text=_("What to know before the first chapter.")
    )

    parent_page_types = ["toolbox_pages.ToolboxPage", "home.HomePage"]
    subpage_types = ["toolbox_pages.ChapterPage"]

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("city", widget=Select), FieldPanel("audience")], heading=_("Whose it is")),
        FieldPanel("introduction"),
        FieldPanel("body"),
        InlinePanel(
            "glossary",
            heading=_("Glossary"),
            label=_("Word"),
            help_text=_("Where a word stands first in the text of a chapter, readers can look it up."),
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("audience"),
        index.SearchField("introduction"),
        index.SearchField("body"),
        index.RelatedFields(
            "glossary", [index.SearchField("word"), index.SearchField("definition"), index.SearchField("also_known_as")]
        ),
        index.FilterField("city"),
    ]
    api_fields = [
        *BasePage.api_fields,
        APIField("city", serializer=TermLabel()),
        APIField("audience"),
        APIField("introduction"),
        APIField("body"),
        APIField("glossary"),
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("city", overridable=False),
    ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **manual.of_manual(self, request)}

    def get_print_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().get_print_context(request), "chapters": manual.whole(self, request)}

    class Meta:
        verbose_name = _("manual")
        verbose_name_plural = _("manuals")


class ChapterPage(Printable, BasePage):
    """One chapter. Its number is its place among the public chapters, and is stored nowhere."""

    print_template = "toolbox_pages/print/chapter_page.html"

    body = StreamField(
        ChapterBlock(),
        blank=True,
        verbose_name=_("body"),
        help_text=_("Each heading begins a section. Sections are numbered by themselves: type no number."),
    )

    parent_page_types = ["toolbox_pages.ManualPage"]
    subpage_types: list[str] = []

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    api_fields = [*BasePage.api_fields, APIField("body")]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **manual.of_chapter(self, request)}

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")


class GlossaryEntry(TranslatableInline):
    """A word that the chapters use, and what it means there."""

    page = ParentalKey(ManualPage, on_delete=models.CASCADE, related_name="glossary")
    word = models.CharField(_("word"), max_length=80, help_text=_("For example: “disclosure”."))
    definition = models.TextField(_("definition"), help_text=_("One or two short sentences."))
    also_known_as = models.CharField(
        _("also written"),
        max_length=300,
        blank=True,
        help_text=_("Other forms and words, with commas between them. For example: “disclosures, to disclose”."),
    )

    panels = [FieldPanel("word"), FieldPanel("definition"), FieldPanel("also_known_as")]
    translatable_fields = [
        TranslatableField("word"),
        TranslatableField("definition"),
        TranslatableField("also_known_as"),
    ]
    api_fields = [APIField("word"), APIField("definition"), APIField("also_known_as")]
