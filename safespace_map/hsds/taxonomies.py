"""The vocabularies by which services are classified, as taxonomies of HSDS."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from equalcity.core.models.terms import VOCABULARIES
from safespace_map.hsds.words import derived
from safespace_map.surroundings import Surroundings

VERSION_OF_TAXONOMIES = "1"
# Vocabulary -> the link type that says what its terms mean for a service.
TAXONOMIES = {"help": "service_type", "target_group": "audience"}


def taxonomy_id(vocabulary: str) -> str:
    return derived("taxonomy", vocabulary)


def taxonomy(vocabulary: str) -> dict[str, Any]:
    """Return a vocabulary by which services are classified."""
    titles = {"help": _("kinds of help"), "target_group": _("target groups")}
    return {
        "id": taxonomy_id(vocabulary),
        "name": vocabulary,
        "description": capfirst(titles[vocabulary]),
        "version": VERSION_OF_TAXONOMIES,
    }


def taxonomy_term(vocabulary: str, code: str, around: Surroundings) -> dict[str, Any]:
    """Return one entry of a vocabulary."""
    name = around.name(vocabulary, code)
    return {
        "id": term_id(vocabulary, code),
        "code": code,
        "name": name,
        "description": name,
        "taxonomy": vocabulary,
        "taxonomy_detail": taxonomy(vocabulary),
        "language": around.locale,
    }


def term_id(vocabulary: str, code: str) -> str:
    """Return the key of a term, which every instance gives to its code."""
    return str(VOCABULARIES[vocabulary].key_for(code))
