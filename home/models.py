"""The home page, plain pages, and the settings of the site."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from equalcity.core.blocks import BodyBlock
from equalcity.core.models import BasePage
from equalcity.core.whole import SavedWhole
from home.blocks import ProjectBodyBlock
from home.cities import posters

# One row a language, known everywhere by the same key: there is only one set of these words.
WORDS_KEY = uuid.UUID("7b9c1c0e-6a55-5d0f-8e55-0a4f6f6c2b31")


class HomePage(BasePage):
    """The first page of one language."""

    hero_title = models.CharField(
        _("large heading"), max_length=120, help_text=_("For example: “You have the right to be safe.”")
    )
    hero_lead = models.TextField(
        _("introduction"),
        max_length=400,
        help_text=_("Two or three short sentences below the large heading."),
    )
    hero_search_hint = models.CharField(
        _("hint below the search box"),
        max_length=200,
        blank=True,
        help_text=_("Words that people could try."),
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    parent_page_types = ["wagtailcore.Page"]
    max_count_per_parent = None

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("hero_title"), FieldPanel("hero_lead"), FieldPanel("hero_search_hint")],
            heading=_("Top of the page"),
        ),
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("hero_title"),
        index.SearchField("hero_lead"),
        index.SearchField("body"),
    ]
    api_fields = [
        *BasePage.api_fields,
        APIField("hero_title"),
        APIField("hero_lead"),
        APIField("hero_search_hint"),
        APIField("body"),
    ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "posters": posters(self, request)}

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class StandardPage(BasePage):
    """A plain page: about the project, accessibility, safety."""

    introduction = models.TextField(_("introduction"), blank=True, help_text=_("The first paragraph, set larger."))
    body = StreamField(ProjectBodyBlock(), blank=True, verbose_name=_("body"))

    show_in_footer = models.BooleanField(
        _("show in the footer"),
        default=False,
        help_text=_("For pages that must be found from everywhere: accessibility, privacy. Only directly below home."),
    )

    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]

    content_panels = [*BasePage.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    promote_panels = [*BasePage.promote_panels, FieldPanel("show_in_footer")]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]
    api_fields = [*BasePage.api_fields, APIField("introduction"), APIField("body")]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("show_in_footer", overridable=False),
    ]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")


@register_setting(icon="cog")
class SiteSettings(BaseGenericSetting):
    """What staff may change for the whole site without a developer, the same in every language."""

    exit_url = models.CharField(
        _("address that Exit leads to"),
        max_length=200,
        blank=True,
        help_text=_("A harmless site; {locale} becomes the reader's language. Empty: as the operator set it."),
    )
    contact_phone = models.CharField(_("telephone of the project"), max_length=40, blank=True)

    panels = [FieldPanel("exit_url"), FieldPanel("contact_phone")]

    class Meta:
        verbose_name = _("site settings")


class SiteTexts(SavedWhole, TranslatableMixin):
    """What every page says in one language: who paid, how to reach the project, where Exit leads.

    Pages read it from a file (`home.help`), so that it costs no query and stands when the database is down.
    """

    exit_url = models.CharField(
        _("address that Exit leads to"),
        max_length=200,
        blank=True,
        help_text=_("A harmless site in this language, such as a weather forecast. Empty: as in the site settings."),
    )
    funding = models.TextField(
        _("funding statement"), blank=True, help_text=_("Who paid, in the footer. Empty: as in the default language.")
    )
    responsibility = models.TextField(_("who answers for the content"), blank=True)
    contact = models.CharField(
        _("words about contact"),
        max_length=300,
        blank=True,
        help_text=_("For example: “Weekdays from 9 to 12, in English and French. Not a helpline.”"),
    )
    licence = models.CharField(
        _("licence"),
        max_length=300,
        blank=True,
        help_text=_("What others may do with the texts. For example: “CC BY 4.0: use it, translate it, name us.”"),
    )
    helpline = models.CharField(
        _("words about help lines"),
        max_length=300,
        blank=True,
        help_text=_("On the help page, above the numbers. For example: “Calls are free. Ask for your language.”"),
    )

    panels = [
        FieldPanel("exit_url"),
        MultiFieldPanel(
            [FieldPanel("funding"), FieldPanel("responsibility"), FieldPanel("contact"), FieldPanel("licence")],
            heading=_("Footer"),
        ),
        FieldPanel("helpline"),
    ]
    translatable_fields = [
        SynchronizedField("exit_url"),
        TranslatableField("funding"),
        TranslatableField("responsibility"),
        TranslatableField("contact"),
        TranslatableField("licence"),
        TranslatableField("helpline"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("texts on every page")
        verbose_name_plural = _("texts on every page")

    def __str__(self) -> str:
        return str(self.locale) if self.locale_id else ""

    def clean(self) -> None:
        super().clean()
        if self.exit_url and not self.exit_url.startswith(("https://", "http://")):
            raise ValidationError({"exit_url": _("Begin with https://.")})
        twins = type(self)._default_manager.filter(locale_id=self.locale_id).exclude(pk=self.pk)
        if twins.exists():
            raise ValidationError(_("There are texts in this language already."))

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.translation_key = WORDS_KEY
        super().full_clean(*args, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.translation_key = WORDS_KEY
        super().save(*args, **kwargs)
