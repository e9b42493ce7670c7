"""What places are described with in one language: who runs them, districts, time zones, names of codes."""

from collections.abc import Mapping
from dataclasses import dataclass

from equalcity.core.models import City, District, Help, TargetGroup
from equalcity.core.models.terms import Term, in_default_language
from equalcity.core.terms import labels
from safespace_map.places import Area, Organisation, Place, areas, organisations

NAMED: tuple[type[Term], ...] = (City, District, Help, TargetGroup)


@dataclass(frozen=True)
class Surroundings:
    """Everything that a place names by id or code. `names` is by vocabulary and code."""

    locale: str
    organisations: Mapping[int, Organisation]
    areas: Mapping[str, Area]
    zones: Mapping[str, str]
    countries: Mapping[str, str]
    names: Mapping[str, Mapping[str, str]]

    def name(self, vocabulary: str, code: str) -> str:
        """Return what a code is called, or the code where nobody named it."""
        return self.names[vocabulary].get(code) or code

    def zone(self, place: Place) -> str:
        """Return the time zone in which the hours of a place hold, as IANA names it."""
        return self.zones.get(place.city, "UTC")

    def organisation(self, place: Place) -> Organisation | None:
        """Return who runs a place, unless that is hidden."""
        return self.organisations.get(place.organisation_id or 0)


def surroundings(locale: str) -> Surroundings:
    """Read all of it; the same few queries however many places there are."""
    cities = City.objects.filter(in_default_language()).values_list("code", "timezone", "country")
    known = {code: (zone, country) for code, zone, country in cities}
    return Surroundings(
        locale=locale,
        organisations={one.id: one for one in organisations(locale)},
        areas=areas(),
        zones={code: zone for code, (zone, _country) in known.items()},
        countries={code: country for code, (_zone, country) in known.items()},
        names={model.vocabulary: labels(model, locale) for model in NAMED},
    )
