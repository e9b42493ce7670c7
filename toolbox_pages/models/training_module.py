"""A module of a training programme, with its sessions, handouts and picture cards.

Sessions are inline rows and not a stream. Their minutes are a column of numbers that the database adds up and that
every language shares (`SynchronizedField`); only the words of a row are translated. A row keeps one key in all
languages and on all instances, so a translation cannot come to stand beside another session when the order changes,
and two people's changes are merged row by row. In a stream the minutes would be buried in one text per language.
"""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from equalcity.core.models import BasePage, CustomDocument, CustomImage, TranslatableInline
from equalcity.core.models.pages import RICH_TEXT_FEATURES
from equalcity.core.printable import Printable
from equalcity.core.serializers import RichText
from toolbox_pages import training
from toolbox_pages.models.training import planned_minutes_field
from toolbox_pages.panels import TotalPanel
from toolbox_pages.serializers import FileOfRow


class TrainingModulePage(Printable, BasePage):
    """One module: what it is for, minute by minute, and what the trainer needs in the bag."""

    class Kind(models.TextChoices):
        """What a module adds to a programme; readers see all but the first as a label."""

        CORE = "core", _("Main module")
        MINDFULNESS = "mindfulness", _("Mindfulness")
        TRUST = "trust", _("Trust in society")
        OPTIONAL = "optional", _("Optional module")

    print_template = "toolbox_pages/print/training_module_page.html"

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.CORE)
    objectives = RichTextField(
        _("objectives"),
        features=RICH_TEXT_FEATURES,
        blank=True,
        help_text=_("What participants can do afterwards. Start each line with a verb."),
    )
    planned_minutes = planned_minutes_field()

    parent_page_types = ["toolbox_pages.TrainingProgrammePage"]
    subpage_types: list[str] = []

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("kind"),
        FieldPanel("objectives"),
        MultiFieldPanel(
            [
                InlinePanel("sessions", heading=_("Sessions"), label=_("Session")),
                TotalPanel(),
                FieldPanel("planned_minutes"),
            ],
            heading=_("Agenda"),
        ),
        InlinePanel("handouts", heading=_("Handouts"), label=_("Handout")),
        InlinePanel("cards", heading=_("Picture cards"), label=_("Card")),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("objectives"),
        index.RelatedFields(
            "sessions", [index.SearchField(name) for name in ("title", "materials", "activity", "note")]
        ),
        index.RelatedFields("handouts", [index.SearchField("title"), index.SearchField("text")]),
        index.RelatedFields(
            "cards", [index.SearchField("title"), index.SearchField("alt_text"), index.SearchField("talking_points")]
        ),
        index.FilterField("kind"),
    ]
    api_fields = [
        *BasePage.api_fields,
        APIField("kind"),
        APIField("objectives", serializer=RichText()),
        APIField("planned_minutes"),
        APIField("sessions"),
        APIField("handouts"),
        APIField("cards"),
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("kind", overridable=False),
        SynchronizedField("planned_minutes", overridable=False),
    ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **training.of_module(self, request)}

    class Meta:
        verbose_name = _("training module")
        verbose_name_plural = _("training modules")


class TrainingSession(TranslatableInline):
    """A piece of the agenda. Breaks are sessions too, so that the sum is the time that people are there."""

    class Method(models.TextChoices):
        INPUT = "input", _("Short talk")
        DISCUSSION = "discussion", _("Talk in the whole group")
        SMALL_GROUPS = "small-groups", _("Work in small groups")
        PAIRS = "pairs", _("Work in pairs")
        EXERCISE = "exercise", _("Exercise")
        ROLE_PLAY = "role-play", _("Role play")
        CASE = "case", _("Work on a case")
        PICTURES = "pictures", _("Talk about pictures")
        MINDFULNESS = "mindfulness", _("Mindfulness exercise")
        BREAK = "break", _("Break")

    page = ParentalKey(TrainingModulePage, on_delete=models.CASCADE, related_name="sessions")
    title = models.CharField(_("title"), max_length=160)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), validators=[MinValueValidator(1), MaxValueValidator(600)], help_text=_("For example 25.")
    )
    method = models.CharField(_("method"), max_length=12, choices=Method.choices)
    materials = models.TextField(
        _("materials"), blank=True, help_text=_("For example: “Six picture cards, a clock, no phones”.")
    )
    activity = models.TextField(
        _("what participants do"), blank=True, help_text=_("So that somebody who was not there can run it.")
    )
    note = models.TextField(
        _("for the facilitator"),
        blank=True,
        help_text=_("What to watch for, what to say, when to stop. Readers see it folded."),
    )

    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("minutes"), FieldPanel("method")]),
        FieldPanel("materials"),
        FieldPanel("activity"),
        FieldPanel("note"),
    ]
    translatable_fields = [
        TranslatableField("title"),
        SynchronizedField("minutes", overridable=False),
        SynchronizedField("method", overridable=False),
        TranslatableField("materials"),
        TranslatableField("activity"),
        TranslatableField("note"),
    ]
    api_fields = [
        APIField("title"),
        APIField("minutes"),
        APIField("method"),
        APIField("materials"),
        APIField("activity"),
        APIField("note"),
    ]


class TrainingHandout(TranslatableInline):
    """A sheet for participants: its text, to be printed with the pack, or a file, or both."""

    page = ParentalKey(TrainingModulePage, on_delete=models.CASCADE, related_name="handouts")
    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("what is on it"), blank=True, help_text=_("One line each. It is printed with the pack."))
    document = models.ForeignKey(
        CustomDocument,
        verbose_name=_("file"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("A file for the language of this page, if there is one."),
    )

    panels = [FieldPanel("title"), FieldPanel("text"), FieldPanel("document")]
    translatable_fields = [
        TranslatableField("title"),
        TranslatableField("text"),
        # Each language may have a file of its own.
        SynchronizedField("document"),
    ]
    api_fields = [APIField("title"), APIField("text"), APIField("file", serializer=FileOfRow(source="document"))]


class PictureCard(TranslatableInline):
    """A drawing to talk about, with what the facilitator may ask. Drawn, never a photograph of people."""

    page = ParentalKey(TrainingModulePage, on_delete=models.CASCADE, related_name="cards")
    title = models.CharField(_("title"), max_length=120)
    image = models.ForeignKey(
        CustomImage,
        verbose_name=_("drawing"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Drawn, not photographed. No face that somebody could know."),
    )
    alt_text = models.CharField(
        _("what the drawing shows"),
        max_length=250,
        blank=True,
        help_text=_("For who cannot see it. For example: “A door that stands half open.”"),
    )
    talking_points = models.TextField(_("talking points"), blank=True, help_text=_("One question a line."))

    panels = [FieldPanel("title"), FieldPanel("image"), FieldPanel("alt_text"), FieldPanel("talking_points")]
    translatable_fields = [
        TranslatableField("title"),
        SynchronizedField("image", overridable=False),
        TranslatableField("alt_text"),
        TranslatableField("talking_points"),
    ]
    api_fields = [
        APIField("title"),
        APIField("picture", serializer=FileOfRow(source="image")),
        APIField("alt_text"),
        APIField("talking_points"),
    ]
