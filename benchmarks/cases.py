"""What is asked: each case as a stream of addresses, for ours and for stock, drawn with one seed for both."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from benchmarks.environment import LANGUAGES

API = "/api/v2/pages/"
PRACTICE = "toolbox_pages.BestPracticePage"
# What a card in a listing shows.
CARD = "_,id,title,html_url,locale,summary,city,themes,target_groups,evidence_level"
SEARCH_API = "/api/v2/search/"
RESULTS = 10  # of a search of ours
WORD = re.compile(r"[^\W\d_]+")
SHORT = 4  # letters; words beyond it carry a meaning
ASKED = 2  # words of a search
LIMIT = 20  # stock's own maximum, as `wagtail start` leaves it


@dataclass(frozen=True)
class Content:
    """What the addresses need to know of the database."""

    practices: tuple[int, ...]
    # By language and city: the toolbox, and how many practices stand below it.
    toolboxes: dict[tuple[str, str], tuple[int, int]]
    # By code: the primary key that stock filters by.
    cities: dict[str, int]
    # By language: words that stand together in the title of a practice.
    searches: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Case:
    """One kind of request. `draw` returns the address of ours and that of stock for the same question."""

    name: str
    title: str
    target: float | None
    draw: Callable[[random.Random, Content], tuple[str, str]]
    pages: int = 1


def read_content() -> Content:
    """Read from the database what the addresses need."""
    from equalcity.core.models import City
    from equalcity.publication.models import Publication
    from toolbox_pages.models import ToolboxPage

    practices = Publication.objects.filter(type=PRACTICE, state="live").order_by("object_id")
    toolboxes = {}
    for toolbox in ToolboxPage.objects.select_related("locale", "city"):
        below = practices.filter(path__startswith=toolbox.path, locale=toolbox.locale.language_code).count()
        toolboxes[toolbox.locale.language_code, toolbox.city.code] = (toolbox.pk, below)
    cities = dict(City.objects.filter(locale__language_code=LANGUAGES[0]).values_list("code", "pk"))
    searches: dict[str, list[str]] = {}
    for language, title in practices.values_list("locale", "title"):
        words = [word for word in WORD.findall(title) if len(word) > SHORT]
        if len(words) >= ASKED:
            searches.setdefault(language, []).append(" ".join(words[:ASKED]))
    return Content(
        tuple(practices.values_list("object_id", flat=True)),
        toolboxes,
        cities,
        {language: tuple(sorted(set(some))) for language, some in searches.items()},
    )


def address(**parameters: object) -> str:
    return f"{API}?{urlencode(parameters, safe='*,_')}"


def detail(chance: random.Random, content: Content) -> tuple[str, str]:
    one = f"{API}{chance.choice(content.practices)}/"
    return one, one


def listing(chance: random.Random, content: Content, **more: object) -> tuple[str, str]:
    language, city = chance.choice(sorted(content.toolboxes))
    toolbox, below = content.toolboxes[language, city]
    # People look at the first screens of a listing.
    offset = LIMIT * chance.randrange(min(5, max(1, below // LIMIT)))
    shared = {"type": PRACTICE, "locale": language, "descendant_of": toolbox, "limit": LIMIT, "offset": offset, **more}
    return address(**shared, city=city), address(**shared, city=content.cities[city])


def cards(chance: random.Random, content: Content) -> tuple[str, str]:
    return listing(chance, content, fields=CARD)


def everything(chance: random.Random, content: Content) -> tuple[str, str]:
    offset = chance.randrange(max(1, len(content.practices) - LIMIT))
    one = address(type=PRACTICE, fields="*", limit=LIMIT, offset=offset)
    return one, one


def search(chance: random.Random, content: Content) -> tuple[str, str]:
    """Two words of a title, in one language: ours counts ten facets and marks the words, stock does neither."""
    language = chance.choice(sorted(content.searches))
    words = chance.choice(content.searches[language])
    ours = f"{SEARCH_API}?{urlencode({'q': words, 'locale': language})}"
    return ours, address(
        type=PRACTICE, search=words, locale=language, limit=RESULTS, fields="_,id,title,html_url,locale,summary"
    )


DETAIL = Case("detail", "Detail of a random practice, all fields", 10, detail)
CARDS = Case("list", "Filtered list, the fields of a card", 15, cards, LIMIT)
# Nothing is asked of it: of these few fields stock needs no more than columns.
PLAIN_LIST = Case("list-default", "The same, default fields", None, listing, LIMIT)
ALL_FIELDS = Case("list-all", "List with all fields, random offset", 40, everything, LIMIT)
SEARCH = Case("search", "Search for two words, with facets", 10, search, RESULTS)
# Both must give the same answers; what a search finds is another matter (`tests/relevance`).
ALIKE = (DETAIL, CARDS, PLAIN_LIST, ALL_FIELDS)
CASES = (*ALIKE, SEARCH)
