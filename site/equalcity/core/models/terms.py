"""Controlled vocabularies: cities and their districts, target groups, themes, settings, roles, services, kinds of help.

A term is known everywhere by its code. Its translation key is derived from vocabulary and code (UUIDv5), so two
instances that never met give the same term the same key. Pages refer to the term of the default language;
labels are looked up by code in the reader's language (`equalcity.core.terms`).
"""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.forms import Select
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from equalcity.core import outlines
from equalcity.core.whole import SavedWhole

TERM_NAMESPACE = uuid.UUID("5e5a3a0c-2f0d-5d6e-9d4e-7b1f3c2a9e10")


def in_default_language() -> Q:
    """Limit a choice of terms to the default language, the one that pages refer to."""
    return Q(locale__language_code=settings.LANGUAGE_CODE)


class Term(SavedWhole, TranslatableMixin):
    """One entry of a vocabulary, in one language."""

    vocabulary: ClassVar[str]

    code = models.SlugField(
        _("code"),
        max_length=60,
        help_text=_("Short, stable and the same in every language, for example “lgbtqia”. Never change it."),
    )
    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("description"), blank=True)
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)
    origin = models.UUIDField(
        _("brought by"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("The instance that a foreign term came from; empty for this site's own terms."),
    )

    panels = [
        FieldPanel("code"),
        FieldPanel("name"),
        FieldPanel("description"),
        FieldPanel("sort_order"),
    ]
    translatable_fields = [
        TranslatableField("name"),
        TranslatableField("description"),
        SynchronizedField("code", overridable=False),
        SynchronizedField("sort_order", overridable=False),
    ]
    api_fields = [APIField("code"), APIField("name")]

    class Meta(TranslatableMixin.Meta):
        abstract = True
        ordering = ["sort_order", "name"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def key_for(cls, code: str) -> uuid.UUID:
        """Return the translation key that every instance gives to this code (RFC 9562, version 5)."""
        return uuid.uuid5(TERM_NAMESPACE, f"{cls.vocabulary}:{code}")

    def clean(self) -> None:
        """Refuse a code used twice here, where a form shows it at its field; forms do not check the key."""
        super().clean()
        twins = type(self)._default_manager.filter(code=self.code, locale_id=self.locale_id).exclude(pk=self.pk)
        if twins.exists():
            raise ValidationError({"code": _("Another entry of this vocabulary has this code.")})

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Derive the key first, so that a code used twice is refused by the form and not by the database."""
        self.translation_key = self.key_for(self.code)
        super().full_clean(*args, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.translation_key = self.key_for(self.code)
        super().save(*args, **kwargs)


class City(Term):
    """A city that made or uses a toolbox."""

    vocabulary = "city"

    class Accent(models.TextChoices):
        BRUSSELS = "brussels", _("violet")
        LUXEMBOURG = "luxembourg", _("teal")
        ROME = "rome", _("terracotta")
        GOTHENBURG = "gothenburg", _("blue")

    country = models.CharField(_("country"), max_length=2, blank=True, help_text=_("Two letters, such as BE."))
    timezone = models.CharField(_("time zone"), max_length=64, default="Europe/Brussels")
    accent = models.CharField(
        _("colour"),
        max_length=20,
        blank=True,
        choices=Accent.choices,
        help_text=_("Marks the city's content everywhere: cards, filters, covers."),
    )
    helpline = models.CharField(
        _("help line"), max_length=40, blank=True, help_text=_("The city's own line, as one dials it.")
    )
    helpline_name = models.CharField(_("name of the help line"), max_length=120, blank=True)

    panels = [
        *Term.panels,
        FieldPanel("country"),
        FieldPanel("timezone"),
        FieldPanel("accent"),
        FieldPanel("helpline"),
        FieldPanel("helpline_name"),
    ]
    translatable_fields = [
        *Term.translatable_fields,
        SynchronizedField("country", overridable=False),
        SynchronizedField("timezone", overridable=False),
        SynchronizedField("accent", overridable=False),
        SynchronizedField("helpline", overridable=False),
        TranslatableField("helpline_name"),
    ]

    class Meta(Term.Meta):
        abstract = False
        verbose_name = _("city")
        verbose_name_plural = _("cities")


class TargetGroup(Term):
    """People a practice is for."""

    vocabulary = "target_group"

    class Meta(Term.Meta):
        abstract = False
        verbose_name = _("target group")
        verbose_name_plural = _("target groups")


class Theme(Term):
    """What a practice is about."""

    vocabulary = "theme"

    class Meta(Term.Meta):
        abstract = False
        verbose_name = _("theme")
        verbose_name_plural = _("themes")


class Setting(Term):
    """Where a practice takes place."""

    vocabulary = "setting"

    class Meta(Term.Meta):
        abstract = False
        verbose_name = _("setting")
        verbose_name_plural = _("settings")


class Role(Term):
    """Who uses a practice."""

    vocabulary = "role"

    class Engagement(models.TextChoices):
        """Whether people in this role are paid for it."""

        PROFESSIONAL = "professional", _("Professional")
        VOLUNTEER = "volunteer", _("Volunteer")

    engagement = models.CharField(
        _("professional or volunteer"),
        max_length=12,
        choices=Engagement.choices,
        default=Engagement.PROFESSIONAL,
        help_text=_("For example: a social worker is a professional, a neighbour who helps a volunteer."),
    )

    panels = [*Term.panels, FieldPanel("engagement")]
    translatable_fields = [*Term.translatable_fields, SynchronizedField("engagement", overridable=False)]

    class Meta(Term.Meta):
        abstract = False
        verbose_name = _("role")
        verbose_name_plural = _("roles")


class CityService(Term):
    """A service of a city that uses or hosts a practice."""

    vocabulary = "service"

    class Meta(Term.Meta):
        abstract = False
        verbose_name = _("city service")
        verbose_name_plural = _("city services")


class Help(Term):
    """A kind of help that a safe space gives."""

    vocabulary = "help"

    class Meta(Term.Meta):
        abstract = False
        verbose_name = _("kind of help")
        verbose_name_plural = _("kinds of help")


def degrees_field(label: Any, most: int, **options: Any) -> models.DecimalField:
    """A latitude or longitude in degrees of WGS 84, to about a metre."""
    return models.DecimalField(
        label,
        max_digits=8,
        decimal_places=5,
        validators=[MinValueValidator(-most), MaxValueValidator(most)],
        **options,
    )


class District(Term):
    """A part of a city, large enough that nobody is found by it. Places whose address is secret are shown by it."""

    vocabulary = "district"

    city = models.ForeignKey(
        City,
        verbose_name=_("city"),
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to=in_default_language,
    )
    latitude = degrees_field(
        _("latitude of its middle"), 90, help_text=_("Of the district, never of a place in it. For example 50.85.")
    )
    longitude = degrees_field(_("longitude of its middle"), 180, help_text=_("For example 4.35."))
    outline = models.JSONField(
        _("outline"),
        null=True,
        blank=True,
        validators=[outlines.check_ring],
        help_text=_("One closed ring as in GeoJSON: [[longitude, latitude], ...], the first point again at the end."),
    )
    simplified = models.BooleanField(
        _("simplified outline"),
        default=True,
        help_text=_("Tick it unless the outline is the official one. The map then says so."),
    )

    panels = [
        *Term.panels,
        FieldPanel("city", widget=Select),
        FieldPanel("latitude"),
        FieldPanel("longitude"),
        FieldPanel("outline"),
        FieldPanel("simplified"),
    ]
    translatable_fields = [
        *Term.translatable_fields,
        SynchronizedField("city", overridable=False),
        SynchronizedField("latitude", overridable=False),
        SynchronizedField("longitude", overridable=False),
        SynchronizedField("outline", overridable=False),
        SynchronizedField("simplified", overridable=False),
    ]

    class Meta(Term.Meta):
        abstract = False
        verbose_name = _("district")
        verbose_name_plural = _("districts")


VOCABULARIES: dict[str, type[Term]] = {
    model.vocabulary: model for model in (City, TargetGroup, Theme, Setting, Role, CityService, Help, District)
}
