"""Frontline workers in the spotlight: interviews, public for as long as the person agrees."""

import datetime
from typing import Any

from django.db import models
from django.forms import Select
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import CommentPanel, FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from campaign import context
from campaign.blocks import InterviewBlock, RecordingsBlock
from equalcity.core.blocks import BodyBlock
from equalcity.core.models import BasePage, City, Role
from equalcity.core.models.terms import in_default_language
from equalcity.core.serializers import TermLabel

WITHDRAWN = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


class StoryIndexPage(BasePage):
    """The list of a campaign's stories."""

    introduction = models.TextField(_("introduction"), blank=True, help_text=_("The first paragraph, set larger."))

    parent_page_types = ["campaign.CampaignPage"]
    subpage_types = ["campaign.StoryPage"]

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]
    api_fields = [*BasePage.api_fields, APIField("introduction")]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **context.of_stories(self, request)}

    class Meta:
        verbose_name = _("list of stories")
        verbose_name_plural = _("lists of stories")


class StoryPage(BasePage):
    """One frontline worker's interview: a role and a city, never a name or a face.

    Consent is kept as a date and a mark, and every save writes from them when Wagtail lets the page expire
    (`expire_at`). The one predicate of what is public reads that column in SQL, so the story leaves pages, lists,
    feeds, API, search and files in the same moment, with no job having to run. The page of the set that was made
    first decides for all languages; partners get date and mark in the source, and their copy does the same.
    """

    city = models.ForeignKey(
        City,
        verbose_name=_("city"),
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to=in_default_language,
        help_text=_("The city in which the person works."),
    )
    role = models.ForeignKey(
        Role,
        verbose_name=_("role"),
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to=in_default_language,
        help_text=_("What the person does. Never a name, nor an employer so small that it names one."),
    )
    interview = StreamField(
        InterviewBlock(),
        blank=True,
        verbose_name=_("interview"),
        help_text=_("Questions and answers. The person has read and agreed to every word."),
    )
    recordings = StreamField(
        RecordingsBlock(),
        blank=True,
        verbose_name=_("recordings"),
        help_text=_("Own audio or video, with a transcript."),
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("more"))
    consent_until = models.DateField(
        _("consent until"),
        null=True,
        blank=True,
        help_text=_("The last day on which the story may be shown, in every language. Empty: without an end."),
    )
    consent_withdrawn = models.BooleanField(
        _("consent withdrawn"),
        default=False,
        help_text=_("Tick it and publish: the story leaves the public at once, in every language and at partners."),
    )

    parent_page_types = ["campaign.StoryIndexPage"]
    subpage_types: list[str] = []

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("role", widget=Select), FieldPanel("city", widget=Select)], heading=_("Who tells it")
        ),
        MultiFieldPanel(
            [
                HelpPanel(_("The language in which the story was written first decides for all languages.")),
                FieldPanel("consent_until"),
                FieldPanel("consent_withdrawn"),
            ],
            heading=_("Consent"),
        ),
        FieldPanel("interview"),
        FieldPanel("recordings"),
        FieldPanel("body"),
    ]
    # No panel for publishing times: `expire_at` follows the consent.
    settings_panels = [CommentPanel()]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("interview"),
        index.SearchField("recordings"),
        index.SearchField("body"),
        index.FilterField("city"),
        index.FilterField("role"),
    ]
    api_fields = [
        *BasePage.api_fields,
        APIField("city", serializer=TermLabel()),
        APIField("role", serializer=TermLabel()),
        APIField("interview"),
        APIField("recordings"),
        APIField("body"),
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("city", overridable=False),
        SynchronizedField("role", overridable=False),
        SynchronizedField("consent_until", overridable=False),
        SynchronizedField("consent_withdrawn", overridable=False),
    ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **context.of_story(self, request)}

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep `expire_at` in step with the consent, in every language of the story."""
        if kwargs.get("update_fields") is not None:
            super().save(*args, **kwargs)
            return
        others = StoryPage.objects.filter(translation_key=self.translation_key, alias_of=None).exclude(pk=self.pk)
        earlier = others.filter(pk__lt=self.pk) if self.pk else others
        first = earlier.order_by("pk").first() if self.alias_of_id is None else None
        if first is not None:
            self.consent_until, self.consent_withdrawn = first.consent_until, first.consent_withdrawn
        self.expire_at = self.end_of_consent()
        super().save(*args, **kwargs)
        if first is None and self.alias_of_id is None:
            agreed = models.Q(
                consent_until=self.consent_until, consent_withdrawn=self.consent_withdrawn, expire_at=self.expire_at
            )
            for other in others.exclude(agreed):
                other.save()

    save.alters_data = True  # type: ignore[attr-defined]

    def end_of_consent(self) -> datetime.datetime | None:
        """Return the moment from which the story may not be shown; None while there is no end."""
        if self.consent_withdrawn:
            return WITHDRAWN
        if self.consent_until is None:
            return None
        return timezone.make_aware(datetime.datetime.combine(self.consent_until, datetime.time())) + datetime.timedelta(
            days=1
        )

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
