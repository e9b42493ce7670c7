"""The building blocks of page bodies, shared by all page types. Raw HTML and embeds do not exist as blocks."""

from typing import Any

from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from equalcity.core.links import addresses
from equalcity.core.models.pages import RICH_TEXT_FEATURES
from equalcity.core.serializers import file_for_readers, media_url, readable_html


class HeadingBlock(blocks.CharBlock):
    """A section heading (level 2)."""

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "core/blocks/heading.html"


class TextBlock(blocks.RichTextBlock):
    """Paragraphs, lists and links."""

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "core/blocks/text.html"

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", RICH_TEXT_FEATURES)
        super().__init__(**kwargs)

    def get_api_representation(self, value: Any, context: Any = None) -> str:
        return readable_html(value.source)


class PictureBlock(blocks.StructBlock):
    """A picture with its alternative text in the context of this page."""

    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(required=False, label=_("Caption"))

    def get_api_representation(self, value: Any, context: Any = None) -> dict[str, Any]:
        picture = value["image"]
        return {
            "image": {
                "id": picture.pk,
                "sha256": picture.sha256,
                "url": media_url(picture.sha256),
                "alt": "" if picture.decorative else picture.contextual_alt_text,
                "width": picture.width,
                "height": picture.height,
                "credit": picture.credit,
            }
            if picture
            else None,
            "caption": value["caption"],
        }

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "core/blocks/picture.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words. Only what a person really said and agreed to publish."""

    text = blocks.TextBlock(label=_("Words"))
    source = blocks.CharBlock(required=False, label=_("Who said it"))

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "core/blocks/quote.html"


class NoticeBlock(blocks.StructBlock):
    """A short remark that must not be missed."""

    text = blocks.TextBlock(label=_("Text"))

    class Meta:
        icon = "warning"
        label = _("Notice")
        template = "core/blocks/notice.html"


class ChecklistBlock(blocks.ListBlock):
    """Things to tick off, one line each."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(blocks.CharBlock(label=_("Line")), **kwargs)

    class Meta:
        icon = "list-ul"
        label = _("Checklist")
        template = "core/blocks/checklist.html"


class LinkValue(blocks.StructValue):
    """A link that knows where it leads."""

    @cached_property
    def href(self) -> str:
        """The address of the page in the reader's language, or of the other site; empty for a hidden page."""
        page = self.get("page")
        return addresses([page.pk]).get(page.pk, "") if page else str(self.get("url") or "")


class LinkBlock(blocks.StructBlock):
    """A call to go on: to a page of this site, or elsewhere."""

    text = blocks.CharBlock(label=_("Text"))
    page = blocks.PageChooserBlock(required=False, label=_("Page"))
    url = blocks.URLBlock(required=False, label=_("Address elsewhere"))

    def get_api_representation(self, value: Any, context: Any = None) -> dict[str, Any]:
        href = value.href
        return {"text": value["text"], "url": f"{settings.SITE_URL}{href}" if href.startswith("/") else href}

    class Meta:
        icon = "link"
        label = _("Link")
        template = "core/blocks/link.html"
        value_class = LinkValue


class DownloadBlock(blocks.StructBlock):
    """A document to download."""

    document = DocumentChooserBlock(label=_("Document"))
    text = blocks.CharBlock(required=False, label=_("Text"))

    def get_api_representation(self, value: Any, context: Any = None) -> dict[str, Any]:
        document = value["document"]
        return {
            "document": file_for_readers(document) if document else None,
            "text": value["text"],
        }

    class Meta:
        icon = "doc-full"
        label = _("Download")
        template = "core/blocks/download.html"


class BodyBlock(blocks.StreamBlock):
    """The body of a page."""

    heading = HeadingBlock()
    text = TextBlock()
    picture = PictureBlock()
    quote = QuoteBlock()
    notice = NoticeBlock()
    checklist = ChecklistBlock()
    link = LinkBlock()
    download = DownloadBlock()

    class Meta:
        required = False


class StepBlock(blocks.StructBlock):
    """One step: what to do, and how."""

    title = blocks.CharBlock(label=_("What to do"))
    text = TextBlock(label=_("How"))

    class Meta:
        icon = "arrow-right"
        label = _("Step")


class StepsBlock(blocks.StreamBlock):
    """Steps in their order."""

    step = StepBlock()

    class Meta:
        required = False
