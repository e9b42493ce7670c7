"""Values of every parameter that ours and stock share, of every class, and all pairs of parameters.

Names in braces stand for pages and texts of the demonstration. `same` must be answered alike; to `refused` ours says
400 where stock does something else, in whatever company: those are differences that the manual lists.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from urllib.parse import quote

SEED = 20261122
PRACTICE = "toolbox_pages.BestPracticePage"
TOOLBOX = "toolbox_pages.ToolboxPage"


@dataclass(frozen=True)
class Values:
    """Values of one parameter; the first is ordinary and finds something."""

    same: tuple[str, ...]
    refused: tuple[str, ...] = ()


FIELDS = Values(("*", "_,title", "-title,-html_url", "slug,seo_title,alias_of(id)", "*,-title", "summary", "x y"))
RICH_TEXT = Values(("html", "nonsense"), refused=("db_html",))

PAGES = {
    "fields": FIELDS,
    "rich_text_format": RICH_TEXT,
    "limit": Values(("2", "0", "5", "101", "x")),
    "offset": Values(("1", "3", "1000", "-1"), refused=("99999999999999999999",)),
    "type": Values((PRACTICE, "home.StandardPage", f"{TOOLBOX},home.HomePage", "wagtailcore.Page", "core.City")),
    "locale": Values(("fr", "en", "ar"), refused=("xx",)),
    "child_of": Values(("{guide}", "root", "{practice}", "{hidden}", "x")),
    "descendant_of": Values(("{toolbox}", "root", "{about}", "99999", "-1")),
    "ancestor_of": Values(("{practice}", "{home}", "{alias}", "{draft}", "root")),
    "translation_of": Values(("{practice}", "root", "{alias}", "99999")),
    "site": Values(("testserver", "testserver:80"), refused=("elsewhere.example",)),
    "id": Values(("{practice}", "{alias}", "{hidden}", "x"), refused=("99999999999999999999",)),
    "title": Values(("{title}", "About Equal(c)ity", "nonsense")),
    "slug": Values(("{slug}", "about", "nonsense")),
    "show_in_menus": Values(("true", "false", "1", "nonsense")),
    "first_published_at": Values(("{moment}", "2020-01-01T00:00:00Z"), refused=("x",)),
    "alias_of": Values(("{practice}", "{about}", "x")),
    "order": Values(("-title,id", "slug,-id", "-id", "first_published_at,id", "-show_in_menus,id", "nonsense")),
}
DETAILS = {
    "fields": Values(
        (
            "*",
            "_",
            "_,title,parent",
            "-title,-summary",
            "_,reviews(_,relevance),related_pages(-target)",
            "parent(id)",
            "body,*",
            "nonsense",
        ),
        refused=("_,related_pages(target(slug))",),
    ),
    "rich_text_format": RICH_TEXT,
    "locale": Values(("en", "fr"), refused=("xx",)),
}
FIND = {
    "html_path": Values(("/toolbox-brussels/practices/{slug}/", "/", "about", "/draft/", "/hidden/", "/nonsense/")),
    "id": Values(("{practice}", "{alias}", "{hidden}", "99999")),
    "fields": Values(("_,title", "nonsense")),
    "rich_text_format": Values(("html", "db_html")),
    "locale": Values(("fr", "xx")),
}
DOCUMENTS = {
    "fields": Values(("*", "_,title", "-tags", "width", "tags,id")),
    "rich_text_format": RICH_TEXT,
    "limit": Values(("2", "0", "101", "x")),
    "offset": Values(("1", "1000", "-1"), refused=("99999999999999999999",)),
    "id": Values(("{file}", "99999", "x"), refused=("99999999999999999999",)),
    "title": Values(("{name}", "nonsense")),
    "tags": Values(("blue", "blue,room", "nonsense", "")),
    "order": Values(("-title,id", "title,-id", "-id", "nonsense", "title,")),
}
IMAGES = DOCUMENTS | {
    "width": Values(("{width}", "1", "x")),
    "height": Values(("{height}", "1", "x"), refused=("-1",)),
    "order": Values(("-title,id", "width,id", "-height,title,id", "-id", "nonsense")),
}
FILE = {"fields": Values(("*", "_,title", "-tags", "width,nonsense")), "rich_text_format": RICH_TEXT}


def pairs(values: Mapping[str, Values]) -> Iterator[tuple[bool, dict[str, str]]]:
    """Yield requests in which every two parameters meet: whether ours refuses it, and the parameters.

    Of each two parameters the ordinary values meet, and every value of one meets some value of the other.
    """
    for first, second in combinations(values, 2):
        ones, others = _classed(values[first]), _classed(values[second])
        most = max(len(ones), len(others))
        # Moved against each other, so that the last ones, which are bad, do not only meet bad ones.
        meetings = [(0, 0), *((n % len(ones), (n + len(others) // 2) % len(others)) for n in range(most))]
        for n, m in dict.fromkeys(meetings):
            yield ones[n][1] or others[m][1], {first: ones[n][0], second: others[m][0]}


def handfuls(values: Mapping[str, Values], count: int) -> Iterator[tuple[bool, dict[str, str]]]:
    """Yield requests with three to five parameters, the same each time."""
    dice = random.Random(SEED)
    for _number in range(count):
        chosen = dice.sample(sorted(values), dice.randint(3, 5))
        if {"child_of", "descendant_of"} <= {*chosen}:
            chosen.remove("descendant_of")  # never go together; in stock they do when a third parameter is between
        yield False, {name: dice.choice(values[name].same[:3]) for name in chosen}


def alone(values: Mapping[str, Values]) -> Iterator[tuple[bool, dict[str, str]]]:
    """Yield every value by itself, and nothing at all."""
    yield False, {}
    for name, each in values.items():
        for value, refused in _classed(each):
            yield refused, {name: value}


def query(parameters: Mapping[str, str], names: Mapping[str, object]) -> str:
    """Return a query string, the names filled in."""
    return "&".join(f"{name}={quote(value.format(**names), safe='/,():')}" for name, value in parameters.items())


def _classed(values: Values) -> list[tuple[str, bool]]:
    return [*((value, False) for value in values.same), *((value, True) for value in values.refused)]
