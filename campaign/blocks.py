"""Blocks of landing pages: what a body may hold, and teasers that list what stands below the page."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from equalcity.core.blocks import HeadingBlock, LinkBlock, NoticeBlock, PictureBlock, TextBlock
from equalcity.core.recording_blocks import RecordingBlock


class NumberBlock(blocks.StructBlock):
    """One large number, and what it counts. Only what can be shown to be true."""

    number = blocks.CharBlock(max_length=12, label=_("Number"), help_text=_("For example: 9 or 116 016."))
    text = blocks.CharBlock(label=_("What it means"))

    class Meta:
        icon = "decimal"
        label = _("Large number")
        template = "campaign/blocks/number.html"


class LinksBlock(blocks.ListBlock):
    """Ways to go on, one a row."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(LinkBlock(), **kwargs)

    class Meta:
        icon = "list-ul"
        label = _("Rows of links")
        template = "campaign/blocks/links.html"


class TeaserBlock(blocks.StructBlock):
    """A heading over the first pages of one kind that stand below this page."""

    heading = blocks.CharBlock(label=_("Heading"))
    most = blocks.IntegerBlock(min_value=1, max_value=12, default=3, label=_("How many"))

    class Meta:
        icon = "list-ul"


class LandingBlock(blocks.StreamBlock):
    """The body of a landing page."""

    heading = HeadingBlock()
    text = TextBlock()
    picture = PictureBlock()
    number = NumberBlock()
    notice = NoticeBlock()
    links = LinksBlock()
    recording = RecordingBlock()
    stories = TeaserBlock(label=_("Stories"))
    events = TeaserBlock(label=_("Next events"))
    materials = TeaserBlock(label=_("Materials"))

    class Meta:
        required = False


class AnswerBlock(blocks.StructBlock):
    """One question of an interview, and what was answered."""

    question = blocks.CharBlock(label=_("Question"))
    answer = TextBlock(label=_("Answer"))

    class Meta:
        icon = "help"
        label = _("Question and answer")


class InterviewBlock(blocks.StreamBlock):
    """Questions and answers in their order."""

    answer = AnswerBlock()

    class Meta:
        required = False


class RecordingsBlock(blocks.StreamBlock):
    """Our own audio and video."""

    recording = RecordingBlock()

    class Meta:
        required = False
