"""The words by which places are shown: cities, districts, kinds of help, people, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from equalcity.core.models import City, District, Help, TargetGroup
from equalcity.core.models.terms import in_default_language
from equalcity.core.terms import labels
from safespace_map.places import Area, areas


@dataclass(frozen=True)
class CityTerm:
    """A city as pages show it."""

    code: str
    name: str
    accent: str = ""
    zone: str = "UTC"
    country: str = ""


NOWHERE = CityTerm("", "")


@dataclass(frozen=True)
class Vocabulary:
    """Every term that places refer to, by code and in the vocabulary's order."""

    cities: Mapping[str, CityTerm]
    districts: Mapping[str, str]
    areas: Mapping[str, Area]
    kinds: Mapping[str, str]
    audiences: Mapping[str, str]

    @cached_property
    def zones(self) -> dict[str, str]:
        """The time zone of each city, as IANA names it."""
        return {code: city.zone for code, city in self.cities.items()}

    @cached_property
    def names(self) -> dict[str, Mapping[str, str]]:
        """What the terms of each vocabulary are called."""
        return {
            City.vocabulary: {code: city.name for code, city in self.cities.items()},
            District.vocabulary: self.districts,
            Help.vocabulary: self.kinds,
            TargetGroup.vocabulary: self.audiences,
        }

    def city(self, code: str) -> CityTerm:
        """Return a city, or one of no name where nobody made that term."""
        return self.cities.get(code, NOWHERE)


def vocabulary(language: str) -> Vocabulary:
    """Read all terms in one language. Six queries, however many places there are."""
    rows = City.objects.filter(in_default_language()).values_list("code", "accent", "timezone", "country")
    own = {code: known for code, *known in rows}
    names = labels(City, language)
    return Vocabulary(
        cities={code: CityTerm(code, name, *own[code]) for code, name in names.items() if code in own},
        districts=labels(District, language),
        areas=areas(),
        kinds=labels(Help, language),
        audiences=labels(TargetGroup, language),
    )
