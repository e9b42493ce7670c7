"""Terms: `CityFactory(code="rome", name="Rome")`; in another language with `locale=locale("fr")`."""

from decimal import Decimal

import factory
from django.conf import settings
from factory.django import DjangoModelFactory
from wagtail.models import Locale

from equalcity.core.models import City, CityService, District, Help, Role, Setting, TargetGroup, Theme


def locale(code: str = "") -> Locale:
    """Return the locale of a language, made when missing; without a code the default language's."""
    return Locale.objects.get_or_create(language_code=code or settings.LANGUAGE_CODE)[0]


class TermFactory(DjangoModelFactory):
    class Meta:
        abstract = True
        django_get_or_create = ("code", "locale")

    locale = factory.LazyFunction(locale)
    name = factory.LazyAttribute(lambda term: term.code.replace("-", " ").capitalize())


class CityFactory(TermFactory):
    class Meta:
        model = City

    code = "brussels"
    accent = factory.LazyAttribute(lambda city: city.code if city.code in City.Accent.values else City.Accent.BRUSSELS)


class TargetGroupFactory(TermFactory):
    class Meta:
        model = TargetGroup

    code = "migrant-women"


class ThemeFactory(TermFactory):
    class Meta:
        model = Theme

    code = "safer-spaces"


class SettingFactory(TermFactory):
    class Meta:
        model = Setting

    code = "town-hall"


class RoleFactory(TermFactory):
    class Meta:
        model = Role

    code = "frontline-worker"


class CityServiceFactory(TermFactory):
    class Meta:
        model = CityService

    code = "libraries"


class HelpFactory(TermFactory):
    class Meta:
        model = Help

    code = "talk"


class DistrictFactory(TermFactory):
    class Meta:
        model = District

    code = "brussels-north"
    city = factory.SubFactory(CityFactory)
    latitude = Decimal("50.86500")
    longitude = Decimal("4.35500")
