"""Materials of a campaign: posters, leaflets, cards and pictures, a file for each language and format."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from campaign import context
from equalcity.core.blocks import BodyBlock
from equalcity.core.models import BasePage, CustomDocument, CustomImage, TranslatableInline


class MaterialIndexPage(BasePage):
    """The list of a campaign's materials."""

    introduction = models.TextField(_("introduction"), blank=True, help_text=_("The first paragraph, set larger."))

    parent_page_types = ["campaign.CampaignPage"]
    subpage_types = ["campaign.MaterialPage"]

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]
    api_fields = [*BasePage.api_fields, APIField("introduction")]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **context.of_materials(self, request)}

    class Meta:
        verbose_name = _("list of materials")
        verbose_name_plural = _("lists of materials")


class MaterialPage(BasePage):
    """One poster, leaflet, card or picture, in all the languages that it was made in."""

    class Kind(models.TextChoices):
        POSTER = "poster", _("Poster")
        LEAFLET = "leaflet", _("Leaflet")
        CARD = "card", _("Card")
        SOCIAL = "social", _("Picture for social media")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.POSTER)
    use = models.TextField(
        _("how to use it"),
        blank=True,
        help_text=_("Where it may hang or lie, and where it would put somebody at risk."),
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("more"))

    parent_page_types = ["campaign.MaterialIndexPage"]
    subpage_types: list[str] = []

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("kind"),
        FieldPanel("use"),
        InlinePanel("files", heading=_("Files"), label=_("File")),
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("use"), index.SearchField("body")]
    api_fields = [*BasePage.api_fields, APIField("kind"), APIField("use"), APIField("files"), APIField("body")]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("kind", overridable=False),
    ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **context.of_material(self, request)}

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")


class MaterialFile(TranslatableInline):
    """The material in one language and one format."""

    class Size(models.TextChoices):
        """Sizes of paper (ISO 216), or a picture for screens."""

        A1 = "a1", _("A1 (594 × 841 mm)")
        A2 = "a2", _("A2 (420 × 594 mm)")
        A3 = "a3", _("A3 (297 × 420 mm)")
        A4 = "a4", _("A4 (210 × 297 mm)")
        A5 = "a5", _("A5 (148 × 210 mm)")
        A6 = "a6", _("A6 (105 × 148 mm)")
        SCREEN = "px", _("For screens")

    page = ParentalKey(MaterialPage, on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey(CustomDocument, verbose_name=_("file"), on_delete=models.CASCADE, related_name="+")
    language = models.CharField(
        _("language"),
        max_length=12,
        validators=[RegexValidator(r"\A[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?\Z", _("Write a code such as fr."))],
        help_text=_("The code of the language that the file is in, whatever the page's. For example: fr"),
    )
    size = models.CharField(_("print size"), max_length=2, choices=Size.choices, default=Size.A4)
    width = models.PositiveIntegerField(_("width in pixels"), null=True, blank=True)
    height = models.PositiveIntegerField(_("height in pixels"), null=True, blank=True)
    preview = models.ForeignKey(
        CustomImage, verbose_name=_("preview"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    panels = [
        FieldPanel("document"),
        FieldPanel("language"),
        FieldPanel("size"),
        FieldPanel("width"),
        FieldPanel("height"),
        FieldPanel("preview"),
    ]
    translatable_fields = [
        SynchronizedField("document", overridable=False),
        SynchronizedField("language", overridable=False),
        SynchronizedField("size", overridable=False),
        SynchronizedField("width", overridable=False),
        SynchronizedField("height", overridable=False),
        SynchronizedField("preview", overridable=False),
    ]
    api_fields = [
        APIField("document"),
        APIField("language"),
        APIField("format"),
        APIField("size"),
        APIField("width"),
        APIField("height"),
        APIField("preview"),
    ]

    @property
    def format(self) -> str:
        """What kind of file it is, told by its content when it was uploaded: `pdf`, `png`."""
        return str(self.document.file_extension)
