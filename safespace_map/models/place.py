"""A safe space: where it is as far as that may be known, what it offers to whom, when, and who checked it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.forms import CheckboxSelectMultiple, Select
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.contrib.routable_page.models import path
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from equalcity.core.models import BasePage, City, District, TargetGroup
from equalcity.core.models.terms import degrees_field, in_default_language
from equalcity.core.printable import Printable
from equalcity.core.serializers import TermLabel
from safespace_map import freshness, place_page, precision
from safespace_map.codes import qr_of
from safespace_map.fields import languages_field
from safespace_map.forms import PlaceForm


class SafeSpacePage(Printable, BasePage):
    """One place: a location of HSDS with its services (the rows of `help`).

    `precision` says what is stored, not what is shown: of a place that is not `exact` no street and no coordinate
    exists anywhere (`safespace_map.precision`). Nothing staff keep to themselves is a field of this page: pages are
    copied into revisions, translations, partners and indexes. Their notes are a model of their own.
    """

    print_template = "safespace_map/print/place.html"
    keeps_pdf = False  # An address in another process's memory could not be taken back.

    class Precision(models.TextChoices):
        EXACT = "exact", _("The address is public")
        AREA = "area", _("Only the district is known here")
        PHONE = "phone", _("Only the city and the telephone are known here")

    class Interpreter(models.TextChoices):
        NONE = "", _("No")
        ON_REQUEST = "on_request", _("If you ask before")
        ALWAYS = "always", _("Always")

    class Wheelchair(models.TextChoices):
        UNKNOWN = "", _("Not known")
        YES = "yes", _("Yes")
        PARTLY = "partly", _("Partly")
        NO = "no", _("No")

    city = models.ForeignKey(
        City,
        verbose_name=_("city"),
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to=in_default_language,
    )
    district = models.ForeignKey(
        District,
        verbose_name=_("district"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to=in_default_language,
    )
    precision = models.CharField(
        _("how exactly it may be known"), max_length=8, choices=Precision.choices, default=Precision.PHONE
    )
    street = models.CharField(
        _("street and number"), max_length=200, blank=True, help_text=_("For example: “12 Example Street, 2nd floor”.")
    )
    postal_code = models.CharField(_("postal code"), max_length=20, blank=True)
    latitude = degrees_field(_("latitude"), 90, null=True, blank=True)
    longitude = degrees_field(_("longitude"), 180, null=True, blank=True)
    way_there = models.TextField(
        _("the way there"),
        blank=True,
        help_text=_("Stops, entrance, bell, steps. Only for a place whose address is public."),
    )

    arrival = models.TextField(
        _("what happens when you arrive"),
        blank=True,
        help_text=_("For example: “Somebody opens the door and asks your first name only. You can sit down first.”"),
    )
    audiences = ParentalManyToManyField(
        TargetGroup,
        verbose_name=_("for whom"),
        blank=True,
        related_name="+",
        limit_choices_to=in_default_language,
        help_text=_("Leave it empty when the place is for everybody."),
    )
    eligibility = models.TextField(
        _("who can come"),
        blank=True,
        help_text=_("In words. For example: “Women and their children. No papers asked.”"),
    )
    languages = languages_field(
        _("languages spoken"), help_text=_("Codes of ISO 639 with commas between them. For example: fr, ar, ti")
    )
    interpreter = models.CharField(_("interpreter"), max_length=12, blank=True, choices=Interpreter.choices)
    staff_gender_on_request = models.BooleanField(_("you can ask to speak with a woman or with a man"), default=False)
    what_to_bring = models.TextField(
        _("what to bring"), blank=True, help_text=_("For example: “Nothing. If you have a health card, take it along.”")
    )
    is_free = models.BooleanField(_("free of charge"), default=True)
    cost = models.CharField(_("what it costs"), max_length=200, blank=True)
    wheelchair = models.CharField(_("wheelchair"), max_length=8, blank=True, choices=Wheelchair.choices)
    accessibility = models.TextField(
        _("accessibility"), blank=True, help_text=_("Steps, lift, toilet, quiet room, assistance dogs, text by phone.")
    )

    by_appointment = models.BooleanField(_("only by appointment"), default=False)
    temporarily_closed = models.BooleanField(
        _("closed for now"), default=False, help_text=_("It stays listed and says so; nobody is sent there.")
    )
    closed_until = models.DateField(_("closed until"), null=True, blank=True)

    checked_on = models.DateField(_("checked on"), help_text=_("When somebody last called or went there."))
    checked_by = models.CharField(
        _("checked by"), max_length=120, help_text=_("A role, never a name. For example “social worker of the city”.")
    )
    check_again_by = models.DateField(
        _("check again by"), help_text=_("After this day the place is marked; two weeks later it leaves the map.")
    )

    base_form_class = PlaceForm
    parent_page_types = ["safespace_map.OrganisationPage"]
    subpage_types: list[str] = []

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("precision"),
                FieldPanel("city", widget=Select),
                FieldPanel("district", widget=Select),
                FieldPanel("street"),
                FieldPanel("postal_code"),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                FieldPanel("way_there"),
            ],
            heading=_("Where"),
        ),
        InlinePanel("phones", heading=_("Telephone"), label=_("Line")),
        MultiFieldPanel(
            [
                FieldPanel("audiences", widget=CheckboxSelectMultiple),
                FieldPanel("eligibility"),
                FieldPanel("languages"),
                FieldPanel("interpreter"),
                FieldPanel("staff_gender_on_request"),
            ],
            heading=_("For whom"),
        ),
        InlinePanel("help", heading=_("Help"), label=_("Kind of help")),
        MultiFieldPanel(
            [
                FieldPanel("arrival"),
                FieldPanel("what_to_bring"),
                FieldPanel("is_free"),
                FieldPanel("cost"),
                FieldPanel("wheelchair"),
                FieldPanel("accessibility"),
            ],
            heading=_("What to expect"),
        ),
        MultiFieldPanel(
            [FieldPanel("by_appointment"), FieldPanel("temporarily_closed"), FieldPanel("closed_until")],
            heading=_("Open"),
        ),
        InlinePanel("hours", heading=_("Opening hours"), label=_("Days")),
        InlinePanel("exceptions", heading=_("Days that differ"), label=_("Days")),
        MultiFieldPanel(
            [FieldPanel("checked_on"), FieldPanel("checked_by"), FieldPanel("check_again_by")],
            heading=_("Check"),
        ),
    ]
    # Street and way there are not searched: whoever looks for an address learns nothing here.
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("arrival"),
        index.SearchField("eligibility"),
        index.SearchField("accessibility"),
        index.RelatedFields("help", [index.SearchField("name"), index.SearchField("description")]),
        index.FilterField("city"),
    ]
    api_fields = [
        *BasePage.api_fields,
        APIField("city", serializer=TermLabel()),
        APIField("district", serializer=TermLabel()),
        APIField("precision"),
        APIField("street"),
        APIField("postal_code"),
        APIField("latitude"),
        APIField("longitude"),
        APIField("way_there"),
        APIField("arrival"),
        APIField("audiences", serializer=TermLabel()),
        APIField("eligibility"),
        APIField("languages"),
        APIField("interpreter"),
        APIField("staff_gender_on_request"),
        APIField("what_to_bring"),
        APIField("is_free"),
        APIField("cost"),
        APIField("wheelchair"),
        APIField("accessibility"),
        APIField("by_appointment"),
        APIField("temporarily_closed"),
        APIField("closed_until"),
        APIField("checked_on"),
        APIField("checked_by"),
        APIField("check_again_by"),
        APIField("phones"),
        APIField("help"),
        APIField("hours"),
        APIField("exceptions"),
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *(
            SynchronizedField(name, overridable=False)
            for name in (
                "city",
                "district",
                "precision",
                "street",
                "postal_code",
                "latitude",
                "longitude",
                "audiences",
                "languages",
                "interpreter",
                "staff_gender_on_request",
                "is_free",
                "wheelchair",
                "by_appointment",
                "temporarily_closed",
                "closed_until",
                "checked_on",
                "check_again_by",
            )
        ),
    ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **place_page.of_place(self, request)}

    def get_print_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().get_print_context(request), "qr": qr_of(self, request)}

    @path("card/", name="card")
    def as_card(self, request: HttpRequest) -> TemplateResponse:
        """A card to fold: a neutral title and telephone numbers, nothing else."""
        context = self.get_context(request)
        return TemplateResponse(request, "safespace_map/card.html", {**context, "rows": [context["row"]]})

    def clean(self) -> None:
        """Refuse what must not be stored, an address without its place on the map, and dates that cannot be."""
        super().clean()
        errors: dict[str, Any] = dict(precision.refusals(self))
        if self.checked_on and self.checked_on > timezone.localdate():
            errors["checked_on"] = _("This day is still to come.")
        if self.checked_on and self.check_again_by and self.check_again_by <= self.checked_on:
            errors["check_again_by"] = _("The next check comes after the last one.")
        if self.district and self.city_id and self.district.city.code != self.city.code:
            errors["district"] = _("This district is in another city.")
        if not self.is_free and not self.cost:
            errors["cost"] = _("Say what it costs.")
        if errors:
            raise ValidationError(errors)

    def minimal_clean(self) -> None:
        """A draft may lack anything, but it must not hold what must not be stored either."""
        super().minimal_clean()
        errors = precision.refusals(self, draft=True)
        errors |= precision.refused_change(self, precision.stored_precision(self))
        if errors:
            raise ValidationError(errors)

    def validate_constraints(self, exclude: Any = None) -> None:
        """Ask the database, too, how exactly the place may be known."""
        super().validate_constraints(exclude)
        if errors := precision.refused_change(self, precision.stored_precision(self)):
            raise ValidationError(errors)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.expire_at = freshness.leaves_the_map(self.check_again_by)
        super().full_clean(*args, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.expire_at = freshness.leaves_the_map(self.check_again_by)
        super().save(*args, **kwargs)

    class Meta:
        verbose_name = _("safe space")
        verbose_name_plural = _("safe spaces")
        constraints = [
            models.CheckConstraint(
                name="no_trace_of_a_secret_place",
                condition=Q(precision="exact")
                | Q(street="", postal_code="", way_there="", latitude=None, longitude=None),
            ),
            models.CheckConstraint(
                name="of_a_telephone_only_the_city", condition=~Q(precision="phone") | Q(district=None)
            ),
        ]
