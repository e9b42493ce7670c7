"""What places are described with in one language: the terms that they name, and who runs them."""

from collections.abc import Mapping
from dataclasses import dataclass

from safespace_map.places import Organisation, Place, organisations
from safespace_map.vocabulary import Vocabulary, vocabulary


@dataclass(frozen=True)
class Surroundings:
    """Everything that a place names by id or code."""

    locale: str
    terms: Vocabulary
    organisations: Mapping[int, Organisation]

    def name(self, vocabulary: str, code: str) -> str:
        """Return what a code is called, or the code where nobody named it."""
        return self.terms.names[vocabulary].get(code) or code

    def zone(self, place: Place) -> str:
        """Return the time zone in which the hours of a place hold, as IANA names it."""
        return self.terms.city(place.city).zone

    def organisation(self, place: Place) -> Organisation | None:
        """Return who runs a place, unless that is hidden."""
        return self.organisations.get(place.organisation_id or 0)


def surroundings(locale: str) -> Surroundings:
    """Read all of it; the same few queries however many places there are."""
    return Surroundings(
        locale=locale, terms=vocabulary(locale), organisations={one.id: one for one in organisations(locale)}
    )
