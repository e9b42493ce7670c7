"""Safe spaces: `SafeSpacePageFactory(parent=organisation, precision="area", district=DistrictFactory())`."""

import datetime

from factory import LazyAttribute, LazyFunction, SubFactory
from factory.django import DjangoModelFactory

from equalcity.core.models import TranslatableInline
from safespace_map.models import (
    HelpOffered,
    OpeningException,
    OpeningHours,
    OrganisationPage,
    PhoneLine,
    SafeSpaceIndexPage,
    SafeSpacePage,
)
from tests.factories.pages import BasePageFactory
from tests.factories.terms import CityFactory, HelpFactory

WEEK = datetime.timedelta(days=7)


def today() -> datetime.date:
    return datetime.datetime.now(datetime.UTC).date()


class SafeSpaceIndexPageFactory(BasePageFactory):
    class Meta:
        model = SafeSpaceIndexPage

    title = "Safe spaces"
    introduction = "Places where you can talk, rest or get advice."


class OrganisationPageFactory(BasePageFactory):
    class Meta:
        model = OrganisationPage

    title = "Example Association"
    description = "People who listen. Invented for tests."
    is_example = True


class SafeSpacePageFactory(BasePageFactory):
    """By telephone only, as careful as a new place is."""

    class Meta:
        model = SafeSpacePage

    title = "The Lantern Room"
    city = SubFactory(CityFactory)
    is_example = True
    checked_by = "social worker of the city"
    checked_on = LazyFunction(lambda: today() - WEEK)
    check_again_by = LazyFunction(lambda: today() + 12 * WEEK)


class ExactPlaceFactory(SafeSpacePageFactory):
    """At a public address."""

    title = "Open Door Counter"
    precision = "exact"
    street = "12 Example Street"
    postal_code = "0000"
    latitude = "50.84670"
    longitude = "4.35250"
    way_there = "Two steps from the stop “Example”. Ring at the blue door."


class RowFactory(DjangoModelFactory):
    """A row of a place that is there already: `PhoneLineFactory(page=place)`."""

    class Meta:
        abstract = True
        model = TranslatableInline

    locale = LazyAttribute(lambda row: row.page.locale)


class PhoneLineFactory(RowFactory):
    class Meta:
        model = PhoneLine

    number = "+00 0000 0101"
    languages = "en, fr"


class HelpOfferedFactory(RowFactory):
    class Meta:
        model = HelpOffered

    kind = SubFactory(HelpFactory)


class OpeningHoursFactory(RowFactory):
    class Meta:
        model = OpeningHours

    days = "MO,TU,WE,TH,FR"
    opens_at = datetime.time(9)
    closes_at = datetime.time(17)


class OpeningExceptionFactory(RowFactory):
    class Meta:
        model = OpeningException

    first_day = LazyFunction(today)
