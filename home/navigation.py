"""The menu of every page: the toolboxes and the pages that editors put into the menu, in one query."""

from dataclasses import dataclass, field

from django.db.models import F
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from wagtail.models import Page

from equalcity.core.reading import written_in
from equalcity.publication.predicate import public_pages

DEPTH = 3  # the children of a language's home


@dataclass(frozen=True)
class MenuItem:
    """A link; `language` is that of its text, which differs where a page is not translated yet."""

    title: str
    url: str
    language: str


@dataclass(frozen=True)
class Menu:
    toolboxes: list[MenuItem] = field(default_factory=list)
    pages: list[MenuItem] = field(default_factory=list)
    footer: list[MenuItem] = field(default_factory=list)


def menu_of(language: str, request: HttpRequest) -> Menu:
    """Return the menu in `language`.

    A page type whose `menu_group` is `toolboxes` is always in it; other pages are where `show_in_menus` is set.
    `footer` holds what stands only there: plain pages with `show_in_footer`.
    """
    pages = public_pages(Page.objects.filter(depth=DEPTH, locale__language_code=language))
    menu = Menu()
    for page in (
        pages.select_related("content_type", "locale", "alias_of__locale")
        .order_by("path")
        .annotate(in_footer=F("standardpage__show_in_footer"))
    ):
        item = MenuItem(page.title, page.get_url(request) or "", written_in(page))
        if getattr(page.specific_class, "menu_group", "") == "toolboxes":
            menu.toolboxes.append(item)
        elif page.show_in_menus:
            menu.pages.append(item)
        elif page.in_footer:
            menu.footer.append(item)
    return menu


def navigation(request: HttpRequest) -> dict[str, object]:
    """Context processor: nothing is asked of the database until a template draws the menu."""
    return {"menu": SimpleLazyObject(lambda: menu_of(get_language() or "", request))}
