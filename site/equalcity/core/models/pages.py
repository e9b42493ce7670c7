"""The base of every page type."""

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from equalcity.core.copying import keep_hidden
from equalcity.core.fields import LocalField

RICH_TEXT_FEATURES = ["h3", "h4", "bold", "italic", "ol", "ul", "link", "document-link"]


class BasePage(Page):
    """What every page has. Abstract: wagtail-localize does not support a swapped Page model.

    `source_schema` is the version of the page type's replication format; raise it with an upgrade function
    whenever a field is renamed, split or given another meaning.
    """

    source_schema = 1

    summary = models.TextField(
        _("summary"),
        max_length=300,
        blank=True,
        help_text=_(
            "One or two short sentences for lists, search results and link previews. "
            "For example: “Turn a town hall counter into a place where people can speak about violence.”"
        ),
    )
    other_words = models.TextField(
        _("in other words"),
        max_length=1000,
        blank=True,
        help_text=_(
            "How people put it who do not know our terms: one phrase or short question per line. Search finds the page "
            "by it, and readers see it at the foot of the page: never the name of a person, never an address. "
            "For example: “my husband reads my messages”"
        ),
    )
    is_example = models.BooleanField(
        _("example written for demonstration"),
        default=False,
        help_text=_("Tick it when the content was made up. The page, its PDF and the API then say so."),
    )
    machine_translated = models.BooleanField(
        _("machine translation"),
        default=False,
        help_text=_("Untick it once somebody who speaks this language has checked the text."),
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
    ]
    promote_panels = [
        *Page.promote_panels,
        FieldPanel("other_words"),
        MultiFieldPanel(
            [FieldPanel("is_example"), FieldPanel("machine_translated")], heading=_("What readers must know")
        ),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("other_words")]
    api_fields = [APIField("summary"), APIField("other_words")]
    api_meta_fields = [APIField("example"), APIField("machine_translated")]
    override_translatable_fields = [
        SynchronizedField("is_example", overridable=False),
        LocalField("machine_translated"),
    ]

    class Meta:
        abstract = True

    # Wagtail does each of these in several transactions: whole or not at all (`core.whole`). `save` is one already.
    @transaction.atomic
    def publish(self, *args: Any, **kwargs: Any) -> None:
        # Wagtail writes a page's revisions first and the page after, but saving a draft the other way round: two people
        # at one page would wait for each other for ever. Here the page comes first, always.
        Page.objects.select_for_update().filter(pk=self.pk).values_list("pk").first()
        super().publish(*args, **kwargs)

    publish.alters_data = True  # type: ignore[attr-defined]

    unpublish = transaction.atomic(Page.unpublish)
    move = transaction.atomic(Page.move)
    create_alias = transaction.atomic(Page.create_alias)
    delete = transaction.atomic(Page.delete)

    @transaction.atomic
    def copy(self, *args: Any, **kwargs: Any) -> Page:
        copied: Page = super().copy(*args, **kwargs)
        keep_hidden(self, copied)
        return copied

    copy.alters_data = True  # type: ignore[attr-defined]

    @property
    def other_phrases(self) -> list[str]:
        """What people say instead, a phrase each."""
        return [phrase for line in self.other_words.splitlines() if (phrase := line.strip())]

    @property
    def example(self) -> bool:
        """Whether the content is invented, under the name that the API gives it."""
        return self.is_example
