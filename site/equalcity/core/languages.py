"""Languages as readers see them: their own names, their direction, and where the same page is in each."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, get_language_from_request
from wagtail.models import Page


@dataclass(frozen=True)
class LanguageLink:
    """One entry of the language switcher.

    `translated` is true where the same content exists in that language as a text of its own, so that search
    engines may be told; not for aliases, which show another language's text, and not where only a home is left.
    """

    code: str
    name: str
    direction: str
    url: str
    current: bool = False
    translated: bool = False


def own_name(code: str) -> str:
    """Return a language's name in itself, such as “Français”; the code where it is not known."""
    name = LANG_INFO.get(code, {}).get("name_local") or dict(settings.LANGUAGES).get(code, code)
    return name[:1].upper() + name[1:]


def direction(code: str) -> str:
    """Return `rtl` or `ltr`."""
    base = code.split("-")[0]
    return "rtl" if LANG_INFO.get(code, LANG_INFO.get(base, {})).get("bidi") else "ltr"


def written_direction(text: str) -> str:
    """Return `rtl` or `ltr` by the first letter that has a direction: streets keep the script of their city."""
    first = next((kind for kind in map(unicodedata.bidirectional, text) if kind in {"L", "R", "AL"}), "L")
    return "ltr" if first == "L" else "rtl"


def language_of(request: HttpRequest) -> str:
    """Return the language to answer in: that of the path, else the best of `Accept-Language`."""
    return get_language_from_request(request, check_path=True)


def to_language(request: HttpRequest) -> HttpResponse:
    """Send `/` to the home of the reader's language; nothing is remembered (safety rule 1)."""
    response = HttpResponseRedirect(f"/{get_language_from_request(request)}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


def homes() -> list[LanguageLink]:
    """Return the home of every language. No query."""
    current = get_language()
    return [link(code, f"/{code}/", current=code == current) for code, _name in settings.LANGUAGES]


def same_path(path: str) -> list[LanguageLink]:
    """Return the same address in every language, for views that are no pages (`/fr/search/`). No query."""
    current, rest = get_language(), path.lstrip("/").partition("/")[2]
    return [
        link(code, f"/{code}/{rest}", current=code == current, translated=True) for code, _name in settings.LANGUAGES
    ]


def same_page(page: Page, request: HttpRequest) -> list[LanguageLink]:
    """Return where `page` is in every language: its translation, else the alias, else the home. One query."""
    current = get_language()
    found = {other.locale.language_code: other for other in shown_translations(page)}
    links = []
    for home in homes():
        other = found.get(home.code)
        url = other.get_url(request) if other else None
        if other is None or url is None:
            links.append(home)
            continue
        translated = other.alias_of_id is None
        links.append(link(home.code, url, current=home.code == current, translated=translated))
    return links


def shown_translations(page: Page) -> QuerySet[Page]:
    """Return the live pages of a translation set, aliases whose source is not live left out.

    A restriction anywhere in the set keeps `page` itself from being served, so it needs no second look here.
    """
    now = timezone.now()
    unexpired = Q(expire_at=None) | Q(expire_at__gt=now)
    source_shown = Q(alias_of=None) | (
        Q(alias_of__live=True) & (Q(alias_of__expire_at=None) | Q(alias_of__expire_at__gt=now))
    )
    translations: QuerySet[Page] = Page.objects.filter(translation_key=page.translation_key, live=True)
    return translations.filter(unexpired, source_shown).select_related("locale")


def link(code: str, url: str, *, current: bool, translated: bool = False) -> LanguageLink:
    return LanguageLink(code, own_name(code), direction(code), url, current, translated)


def real(links: Iterable[LanguageLink]) -> list[LanguageLink]:
    """Return those that search engines may know."""
    return [each for each in links if each.translated]
