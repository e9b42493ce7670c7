"""Tags of the frame: languages, text in another language, clean rich text."""

from typing import Any
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext
from wagtail.models import Page

from equalcity.core import languages
from equalcity.core.arches import CITIES
from equalcity.core.languages import LanguageLink
from equalcity.core.links import localize_links
from equalcity.core.sanitize import clean_html

register = template.Library()


@register.simple_tag(takes_context=True)
def page_languages(context: Context) -> list[LanguageLink]:
    """Return the language switcher of this page, of this address, or what an error page was given."""
    if "languages" in context:
        given: list[LanguageLink] = context["languages"]
        return given
    page, request = context.get("page"), context["request"]
    if isinstance(page, Page) and page.pk:
        return languages.same_page(page, request)
    return languages.same_path(request.path)


@register.filter
def translations(links: list[LanguageLink]) -> list[LanguageLink]:
    """Return the languages in which this content is a text of its own."""
    return languages.real(links)


@register.filter
def in_language(links: list[LanguageLink], code: str) -> LanguageLink | None:
    """Return the entry of one language, or nothing when the content is not there."""
    return next((link for link in links if link.code == code and link.translated), None)


@register.filter
def absolute(url: str | None) -> str:
    """Return an address of this site with `SITE_URL` before it, whatever host was asked; a draft may have none yet."""
    return settings.SITE_URL + urlsplit(url or "").path


@register.filter
def text_language(page: Page) -> str:
    """Return the language that a page's text is in; an alias shows its source's text."""
    return str((page.alias_of or page).locale.language_code)


@register.filter
def language_name(code: str) -> str:
    """Return a language's name in itself."""
    return languages.own_name(code)


@register.simple_tag
def lang_of(code: str) -> SafeString:
    """Return `lang` and `dir` for text that is not in the page's language, nothing for text that is."""
    if not code or code == get_language():
        return mark_safe("")
    return format_html(' lang="{}" dir="{}"', code, languages.direction(code))


@register.filter
def written_direction(text: str) -> str:
    """Return the direction that a text has by itself, for paper, where `dir="auto"` is not known."""
    return languages.written_direction(text)


@register.filter
def linked(body: Any) -> Any:
    """Return a body whose link blocks know where they lead in the reader's language."""
    return localize_links(body)


@register.filter
def clean(html: object) -> SafeString:
    """Return HTML that passed the allow-list."""
    return mark_safe(clean_html(str(html)))  # noqa: S308 - cleaned by the allow-list


@register.simple_tag
def comma() -> str:
    """Return what stands between the items of a list: Arabic has a comma of its own."""
    return pgettext("between items of a list", ", ")


@register.simple_tag
def cover_url(accent: str) -> str:
    """Return the drawing of a city's colour, or the general one."""
    return static(f"core/arches/{accent if accent in CITIES else 'any'}.svg")
