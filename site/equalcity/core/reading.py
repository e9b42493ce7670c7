"""What pages say of other pages: the way there, the reader's language and that of a text, terms by name."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import get_language
from wagtail.models import Page

from equalcity.core.models import Term
from equalcity.core.public import public_pages
from equalcity.core.terms import labels


@dataclass(frozen=True)
class Related:
    """A page that another one leads to."""

    title: str
    url: str
    kind: str
    language: str


def reader() -> str:
    return get_language() or settings.LANGUAGE_CODE


def written_in(page: Page) -> str:
    """Return the language of a page's text; an alias shows its source's."""
    return str((page.alias_of or page).locale.language_code)


def related(page: Page, request: HttpRequest, kind: str | None = None) -> Related:
    words = capfirst(str(page.specific_class._meta.verbose_name)) if kind is None else kind
    return Related(page.title, page.get_url(request) or "", words, written_in(page))


def crumbs(page: Page, request: HttpRequest) -> list[Related]:
    """Return the public pages between the first page and this one."""
    above = public_pages(page.get_ancestors().filter(depth__gt=2))
    return [related(one, request, kind="") for one in above.select_related("locale", "alias_of__locale")]


def named(model: type[Term], terms: Iterable[Term]) -> list[str]:
    """Return the names of terms in the reader's language, in the vocabulary's order."""
    chosen = {term.code for term in terms}
    return [name for code, name in labels(model, reader()).items() if code in chosen] if chosen else []
