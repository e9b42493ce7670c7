"""Labels of terms in the reader's language."""

from django.conf import settings

from equalcity.core.models.terms import Term


def labels(model: type[Term], language: str) -> dict[str, str]:
    """Return every code of a vocabulary with its name in `language`, in the vocabulary's order.

    Falls back to the default language where a name was not translated. One query.
    """
    found: dict[str, dict[str, str]] = {}
    rows = model._default_manager.filter(locale__language_code__in=[language, settings.LANGUAGE_CODE])
    for code, name, spoken in rows.values_list("code", "name", "locale__language_code"):
        found.setdefault(code, {})[spoken] = name
    return {code: names.get(language) or next(iter(names.values())) for code, names in found.items()}
