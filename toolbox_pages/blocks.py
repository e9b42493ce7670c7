"""The blocks that chapters of a manual have beside those of every page."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from equalcity.core.blocks import BodyBlock


class DoDontBlock(blocks.StructBlock):
    """What to do and what to leave, side by side."""

    do = blocks.ListBlock(
        blocks.CharBlock(label=_("Line")),
        label=_("Do"),
        help_text=_("One line each. For example: “Say who will read your notes.”"),
    )
    dont = blocks.ListBlock(
        blocks.CharBlock(label=_("Line")),
        label=_("Don’t"),
        help_text=_("One line each. For example: “Ask why somebody did not come earlier.”"),
    )

    class Meta:
        icon = "list-ul"
        label = _("Do and don’t")
        template = "toolbox_pages/blocks/do_dont.html"


class WorkedExampleBlock(blocks.StructBlock):
    """A made-up case, from the situation to what it teaches; readers see that it is an example."""

    title = blocks.CharBlock(label=_("Title"), help_text=_("For example: “A queue with long ears”."))
    situation = blocks.TextBlock(label=_("The situation"), help_text=_("Roles, never names. No real person."))
    done = blocks.TextBlock(label=_("What was done"))
    learned = blocks.TextBlock(label=_("What we learn"))

    class Meta:
        icon = "form"
        label = _("Worked example")
        template = "toolbox_pages/blocks/worked_example.html"


class ChapterBlock(BodyBlock):
    """The body of a chapter."""

    do_dont = DoDontBlock()
    example = WorkedExampleBlock()

    class Meta:
        required = False
