"""Names of spoken languages in the reader's language, from Unicode's CLDR as Babel carries it."""

from functools import cache

from babel import Locale, UnknownLocaleError

# CLDR keeps these under a language with a country.
KEPT_AS = {"prs": "fa_AF"}


@cache
def names(reader: str) -> dict[str, str]:
    """Return the name of every language by its code; English where the reader's language is unknown to CLDR."""
    try:
        found = Locale.parse(reader, sep="-")
    except (UnknownLocaleError, ValueError):
        found = Locale("en")
    return dict(found.languages)


def name(code: str, reader: str) -> str:
    """Return what readers call a language: `ti` is “Tigrinya” in English; an unknown code stays as it is."""
    return names(reader).get(KEPT_AS.get(code, code), code)
