# ruff: noqa: S608 - statements hold fixed names only; values are always parameters
"""SQLite's FTS5, the embedded default.

`search_match` is an external-content table over `search_entry`; triggers of the migration keep it. Words in it were
made by `analysis`, so its own tokenizer has nothing left to fold.
"""

from collections.abc import Iterable, Sequence

from search.analysis import Asked, Group, beginnings, marked
from search.backends import Widened
from search.backends.database import NEAR, DatabaseBackend, Statement

# The columns that hold words; the language only selects.
TEXTS = "{title summary names body}"
# What it counts to hold something at all, in prominent columns, and as it was typed; how often counts a little.
ANYWHERE = "0.1 - 0.02 * bm25(search_match)"
PROMINENT = {"title": "1.0", "summary": "0.4"}
EXACT = "0.1"
# Suggestions look at titles only.
TITLES = "-bm25(search_match)"


class SQLite(DatabaseBackend):
    name = "sqlite"

    def holding(self, language: str, group: Group, widened: Widened) -> Statement:
        places = [
            (ANYWHERE, TEXTS, group_of(group, widened)),
            *((weight, column, pieces_of(group, widened)) for column, weight in PROMINENT.items()),
            (EXACT, TEXTS, " AND ".join(quoted(exact) for exact, _stem in group.words)),
        ]
        return weighed(language, places)

    def close(self, language: str, pairs: Sequence[tuple[str, str]]) -> Statement:
        expression = " OR ".join(near(*pair) for pair in pairs)
        places = [(weight, column, expression) for column, weight in PROMINENT.items()]
        return weighed(language, [(ANYWHERE, TEXTS, expression), *places])

    def beginning(self, asked_of: Asked) -> Statement:
        *before, (last, _stem) = asked_of.words
        words = [word(exact, stemmed, Widened.NO) for exact, stemmed in before]
        return (
            f"SELECT rowid AS id, {TITLES} AS score FROM search_match WHERE search_match MATCH %s",
            [within(asked_of.language, "title", " AND ".join([*words, f"{quoted(last)} *"]))],
        )


def weighed(language: str, places: Sequence[tuple[str, str, str]]) -> Statement:
    """Return a SELECT of what is found in the first of some places, by all in which it is found and by how rare it is.

    A place is a weight, columns and an expression. FTS5's own bm25 does not do alone: it takes so much off for long
    texts that a chance word in a short one wins.
    """
    found = " UNION ALL ".join(
        f"SELECT rowid AS id, {weight} AS weight, {number} AS place FROM search_match WHERE search_match MATCH %s"
        for number, (weight, _columns, _expression) in enumerate(places)
    )
    return (
        "SELECT id, SUM(weight) * LN(1 + 1.0 * (SELECT COUNT(*) FROM search_entry) / COUNT(*) OVER ()) AS score "
        f"FROM ({found}) GROUP BY id HAVING MIN(place) = 0",
        [within(language, columns, expression) for _weight, columns, expression in places],
    )


def within(language: str, columns: str, expression: str) -> str:
    """Return an expression for some columns of the entries of one language."""
    return f'language : "{language}" AND {columns} : ({expression})'


def group_of(group: Group, widened: Widened) -> str:
    """Return one thing that was asked for, in its own words, in its parts or in others that mean the same."""
    own = " AND ".join(word(exact, stemmed, widened) for exact, stemmed in group.words)
    parts = (" OR " if widened is Widened.ANY else " AND ").join(quoted(marked(part)) for part in group.parts)
    return f"({' OR '.join([f'({one})' for one in (own, parts) if one] + [phrase(stems) for stems in group.alike])})"


def pieces_of(group: Group, widened: Widened) -> str:
    """Return any piece of one thing that was asked for: what an entry holds may be spread over its columns."""
    words = [word(exact, stemmed, widened) for exact, stemmed in group.words]
    return " OR ".join([*words, *(quoted(marked(part)) for part in group.parts), *map(phrase, group.alike)])


def word(exact: str, stemmed: str, widened: Widened) -> str:
    """Return one word of a query: as it is or its stem, and widened also what begins like either."""
    pieces = [quoted(exact), quoted(marked(stemmed))]
    if widened is not Widened.NO:
        pieces += [f"{quoted(start)} *" for start in beginnings(exact, stemmed)]
    return f"({' OR '.join(pieces)})"


def phrase(stems: Iterable[str]) -> str:
    """Return stems that follow each other."""
    return quoted(" ".join(map(marked, stems)))


def near(first: str, second: str) -> str:
    """Return two stems with few words between them."""
    return f"NEAR({quoted(marked(first))} {quoted(marked(second))}, {NEAR})"


def quoted(text: str) -> str:
    """Return a string of FTS5. Words of `analysis` are letters and digits only; quotes are doubled all the same."""
    return '"' + text.replace('"', '""') + '"'
