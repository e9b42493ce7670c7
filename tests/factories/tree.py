"""A small site: homes in three languages, one toolbox with a guide and three practices, one plain page."""

from dataclasses import dataclass, field

from django.conf import settings
from wagtail.models import Locale, Page

from equalcity.core.models import City
from equalcity.core.sites import align_site
from home.models import HomePage, StandardPage
from tests.factories.pages import (
    BestPracticeIndexPageFactory,
    BestPracticePageFactory,
    HomePageFactory,
    StandardPageFactory,
    ToolboxPageFactory,
)
from tests.factories.terms import CityFactory, locale
from toolbox_pages.models import BestPracticeIndexPage, BestPracticePage, ToolboxPage

PRACTICES = ("A safer space at the counter", "A warm handover", "Evenings with parents")


@dataclass(frozen=True)
class Tree:
    """What `make_tree` made; pages are of the default language unless the name says otherwise."""

    root: Page
    home: HomePage
    homes: dict[str, HomePage]
    about: StandardPage
    toolbox: ToolboxPage
    index: BestPracticeIndexPage
    city: City
    practices: list[BestPracticePage] = field(default_factory=list)


def make_locales() -> dict[str, Locale]:
    """Make the locale of every configured language, and no other."""
    wanted = {code: locale(code) for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES}
    Locale.objects.exclude(language_code__in=wanted).delete()
    return wanted


def make_tree(languages: tuple[str, ...] = ("en", "fr", "ar"), practices: int = len(PRACTICES)) -> Tree:
    """Make the site's pages, untranslated: tests call `page.copy_for_translation(locale("fr"))`."""
    make_locales()
    root = Page.get_first_root_node()
    first, *others = languages
    home = HomePageFactory(locale=locale(first))
    align_site(home)
    for welcome in Page.objects.child_of(root).exclude(pk=home.pk):
        welcome.delete()
    homes = {first: home}
    for code in others:
        homes[code] = HomePageFactory(locale=locale(code), translation_key=home.translation_key)
    city = CityFactory(code="brussels", name="Brussels")
    toolbox = ToolboxPageFactory(parent=home, city=city)
    index = BestPracticeIndexPageFactory(parent=toolbox)
    titles = [PRACTICES[n] if n < len(PRACTICES) else f"Practice {n + 1}" for n in range(practices)]
    made = [BestPracticePageFactory(parent=index, city=city, title=title) for title in titles]
    about = StandardPageFactory(parent=home, show_in_menus=True)
    return Tree(root, home, homes, about, toolbox, index, city, made)
