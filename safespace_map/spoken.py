"""What spoken languages are called, in the reader's language (names of CLDR, through Babel)."""

from functools import cache

import babel


@cache
def language_name(code: str, locale: str) -> str:
    """Return the name of a language, such as “Tigrinya”; the code where CLDR does not know it."""
    try:
        names = babel.Locale.parse(locale, sep="-").languages
    except (ValueError, babel.UnknownLocaleError):
        names = babel.Locale("en").languages
    return str(names.get(code) or code)
