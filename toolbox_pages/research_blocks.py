"""What research records in rows: findings, needs, recommendations, instruments and support services.

Codes, numbers and choices stand in blocks that the translation editor leaves alone; only words are translated.
"""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from equalcity.core.blocks import DownloadBlock, TextBlock
from equalcity.core.models import TargetGroup


def group_choices() -> list[tuple[str, str]]:
    """Return code and name of every target group in the default language."""
    groups = TargetGroup.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
    return list(groups.values_list("code", "name"))


class CodeBlock(blocks.ChoiceBlock):
    """A choice that is stored as its code. Search reads words, not codes."""

    def get_searchable_content(self, value: Any) -> list[str]:
        return []


class TargetGroupBlock(CodeBlock):
    """The code of a target group; readers see its name in their language."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("choices", group_choices)
        kwargs.setdefault("label", _("Target group"))
        super().__init__(**kwargs)

    # Wagtail looks each stored value up among the choices: here that would be a query for each finding.
    def to_python(self, value: Any) -> Any:
        return value

    def normalize(self, value: Any) -> Any:
        return value


class NumberBlock(blocks.IntegerBlock):
    """How many, from 0 on."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "min_value": 0, "max_value": 1_000_000, **kwargs})


STRENGTHS = [
    ("single", _("One voice")),
    ("several", _("Several voices")),
    ("strong", _("Most voices")),
]
FOUND = [
    ("none", _("No service found")),
    ("conditions", _("Only under conditions")),
    ("works", _("Service found")),
]


class FindingBlock(blocks.StructBlock):
    """One thing that the research found, how strong it is, and whom it concerns."""

    title = blocks.CharBlock(
        label=_("Finding"), help_text=_("One sentence. For example: “Nobody explains the rules twice.”")
    )
    text = TextBlock(required=False, label=_("Explanation"))
    strength = CodeBlock(choices=STRENGTHS, required=False, label=_("How many said it"))
    said_by = NumberBlock(label=_("Number of people who said it"))
    concerns = blocks.ListBlock(TargetGroupBlock(), default=[], label=_("Whom it concerns"))

    class Meta:
        icon = "search"
        label = _("Finding")


class NeedBlock(blocks.StructBlock):
    """One need, how many named it, and what help there is for it."""

    name = blocks.CharBlock(label=_("Need"), help_text=_("For example: “A bed for the night with children”."))
    named_by = NumberBlock(label=_("Number of people who named it"))
    found = CodeBlock(choices=FOUND, default="none", label=_("What there is"))
    text = blocks.TextBlock(required=False, label=_("Remark"))

    class Meta:
        icon = "warning"
        label = _("Need")


class RecommendationBlock(blocks.StructBlock):
    """What to do, and who could do it."""

    title = blocks.CharBlock(label=_("What to do"))
    text = TextBlock(required=False, label=_("How"))
    addressee = blocks.CharBlock(
        required=False, label=_("Who could do it"), help_text=_("A role or service, never a person's name.")
    )

    class Meta:
        icon = "tick"
        label = _("Recommendation")


class QuestionsBlock(blocks.StructBlock):
    """A list of questions that others may use."""

    title = blocks.CharBlock(label=_("Title"))
    introduction = blocks.TextBlock(required=False, label=_("How to use it"))
    questions = blocks.ListBlock(blocks.CharBlock(label=_("Question")), label=_("Questions"))

    class Meta:
        icon = "help"
        label = _("Question list")


class ServiceBlock(blocks.StructBlock):
    """A kind of support service. Never an address that must stay secret."""

    name = blocks.CharBlock(label=_("Kind of service"), help_text=_("For example: “Shelter for women and children”."))
    offers = blocks.TextBlock(label=_("What it offers"))
    audience = blocks.CharBlock(required=False, label=_("For whom"))
    languages = blocks.CharBlock(required=False, label=_("Languages"))
    reach = blocks.TextBlock(required=False, label=_("How to reach it"))
    number = blocks.RegexBlock(
        regex=r"^\+?[0-9 ]{3,20}$",
        required=False,
        label=_("Telephone"),
        help_text=_("A public number only, for example 116 016."),
    )
    invented = blocks.BooleanBlock(
        required=False, label=_("Invented for demonstration"), help_text=_("Readers then see that it does not exist.")
    )

    class Meta:
        icon = "site"
        label = _("Service")


class _Rows(blocks.StreamBlock):
    class Meta:
        required = False


class FindingsBlock(_Rows):
    """Findings in their order."""

    finding = FindingBlock()


class NeedsBlock(_Rows):
    """Needs in their order."""

    need = NeedBlock()


class RecommendationsBlock(_Rows):
    """Recommendations in their order."""

    recommendation = RecommendationBlock()


class InstrumentsBlock(_Rows):
    """What was asked and how: question lists, and documents to download."""

    questions = QuestionsBlock()
    document = DownloadBlock()


class ServicesBlock(_Rows):
    """The annex of services."""

    service = ServiceBlock()
