"""A small map: one organisation with a place of each precision."""

from dataclasses import dataclass

from equalcity.publication.record import record
from safespace_map.models import OrganisationPage, SafeSpaceIndexPage, SafeSpacePage
from tests.factories.safe_spaces import (
    ExactPlaceFactory,
    HelpFactory,
    HelpOfferedFactory,
    OpeningHoursFactory,
    OrganisationPageFactory,
    PhoneLineFactory,
    SafeSpaceIndexPageFactory,
    SafeSpacePageFactory,
)
from tests.factories.terms import CityFactory, DistrictFactory, TargetGroupFactory
from tests.factories.tree import Tree


@dataclass(frozen=True)
class Map:
    """What `make_map` made, all of it in the default language."""

    index: SafeSpaceIndexPage
    organisation: OrganisationPage
    exact: SafeSpacePage
    area: SafeSpacePage
    phone: SafeSpacePage

    @property
    def places(self) -> list[SafeSpacePage]:
        return [self.exact, self.area, self.phone]


def make_map(tree: Tree) -> Map:
    """Make a list with one organisation and three places: at an address, in a district, by telephone."""
    index = SafeSpaceIndexPageFactory(parent=tree.home, show_in_menus=True)
    organisation = OrganisationPageFactory(parent=index)
    north = DistrictFactory(code="brussels-north", name="North", city=tree.city)
    exact = ExactPlaceFactory(parent=organisation, city=tree.city, district=north, languages="en, fr")
    area = SafeSpacePageFactory(
        parent=organisation, city=tree.city, precision="area", district=north, languages="ar", wheelchair="yes"
    )
    phone = SafeSpacePageFactory(parent=organisation, city=tree.city, title="Night Line")
    for number, place in enumerate((exact, area, phone), start=1):
        PhoneLineFactory(page=place, number=f"+00 0000 010{number}", languages="fr")
        OpeningHoursFactory(page=place)
    HelpOfferedFactory(page=exact, kind=HelpFactory(code="legal", name="Legal advice"))
    HelpOfferedFactory(page=area, kind=HelpFactory(code="talk", name="Someone to talk to"))
    area.audiences.add(TargetGroupFactory(code="migrant-women", name="Migrant women"))
    area.save()
    record()
    return Map(index, organisation, exact, area, phone)


def add_roman_table(made: Map) -> SafeSpacePage:
    """Add a place that is unlike those three in whatever may be asked: in Rome, for children, paid, on Saturdays."""
    rome = CityFactory(code="rome", name="Rome", timezone="Europe/Rome")
    table = SafeSpacePageFactory(
        parent=made.organisation, city=rome, title="Roman Table", languages="it", is_free=False, cost="Two coins"
    )
    PhoneLineFactory(page=table, number="+00 0000 0104", languages="it")
    OpeningHoursFactory(page=table, days="SA")
    table.audiences.add(TargetGroupFactory(code="children", name="Children"))
    table.save()
    record()
    return table
