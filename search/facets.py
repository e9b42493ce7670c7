"""What a search can be narrowed by: the values of every facet and their names in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from equalcity.core.languages import own_name
from equalcity.core.models import BasePage, Role
from equalcity.core.models.terms import VOCABULARIES
from search.names import named_terms
from toolbox_pages.models import BestPracticePage

# Facets that are columns of a publication, and those that are terms, by their names inside.
COLUMNS = {"type": "type", "city": "city", "evidence": "evidence", "language": "locale"}
TERMS = {"theme": "theme", "audience": "target_group", "role": "role", "service": "service", "setting": "setting"}
# Facets that are a choice made on a term: vocabulary and field. Who uses a practice is known by its roles.
CHOICES = {"engagement": ("role", "engagement")}
VOCABULARY_OF = {"city": "city", **TERMS}


@dataclass(frozen=True)
class Known:
    """Every value that each facet may take, with its name in the reader's language; the colours of the cities."""

    labels: Mapping[str, Mapping[str, str]]
    accents: Mapping[str, str]


def known(language: str) -> Known:
    """Return what there is to choose from. One query."""
    named, accents = _terms(language)
    with override(language):
        labels = {
            "type": {model._meta.label: str(capfirst(model._meta.verbose_name)) for model in page_types()},
            "evidence": {value: str(label) for value, label in BestPracticePage.Evidence.choices},
            "engagement": {value: str(label) for value, label in Role.Engagement.choices},
            "language": {code: own_name(code) for code, _name in settings.LANGUAGES},
            **{facet: named[vocabulary] for facet, vocabulary in VOCABULARY_OF.items()},
        }
    return Known(labels, accents)


def titles() -> dict[str, str]:
    """Return the headings of the facets in the active language."""
    return {
        "type": _("Kind"),
        "city": _("City"),
        "theme": _("Theme"),
        "audience": _("For whom"),
        "role": _("Who uses it"),
        "engagement": _("Professional or volunteer"),
        "service": _("City service"),
        "setting": _("Where"),
        "evidence": _("How well proven"),
        "language": _("Language"),
    }


def page_types() -> list[type[BasePage]]:
    """Return the page types that can be found."""
    return [model for model in apps.get_models() if issubclass(model, BasePage)]


def _terms(language: str) -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    """Return the names of all vocabularies' codes, and the cities' colours; the default language fills gaps."""
    named: dict[str, dict[str, str]] = {vocabulary: {} for vocabulary in VOCABULARIES}
    accents: dict[str, str] = {}
    for term in named_terms({language, settings.LANGUAGE_CODE}):
        if term.language == language or term.code not in named[term.vocabulary]:
            named[term.vocabulary][term.code] = term.name or term.code
        accents[term.code] = accents.get(term.code) or term.accent
    return named, accents
