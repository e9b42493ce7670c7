# ruff: noqa: S608 - statements hold fixed names only; values are always parameters
"""SQLite's FTS5, the embedded default.

`search_match` is an external-content table over `search_entry`; triggers of the migration keep it. Words in it were
made by `analysis`, so its own tokenizer has nothing left to fold.
"""

from collections.abc import Iterable

from search.analysis import Asked, Group, beginnings, marked
from search.backends import Widened
from search.backends.database import DatabaseBackend, Statement

# The columns that hold words; the language only selects.
TEXTS = "{title summary other_words names body}"
# A rough order: the rarer, the better, and more in what comes first (language, title, summary, other words, names,
# body).
ROUGHLY = "rank MATCH 'bm25(0, 8, 4, 4, 4, 1)'"
# Suggestions look at titles only.
TITLES = "-bm25(search_match)"


class SQLite(DatabaseBackend):
    name = "sqlite"

    def holding(self, language: str, group: Group, widened: Widened) -> Statement:
        return (
            f"SELECT rowid AS id, -rank AS score FROM search_match WHERE search_match MATCH %s AND {ROUGHLY}",
            [within(language, TEXTS, group_of(group, widened))],
        )

    def beginning(self, asked_of: Asked) -> Statement:
        *before, (last, _stem) = asked_of.words
        words = [word(exact, stemmed, Widened.NO) for exact, stemmed in before]
        return (
            f"SELECT rowid AS id, {TITLES} AS score FROM search_match WHERE search_match MATCH %s",
            [within(asked_of.language, "title", " AND ".join([*words, f"{quoted(last)} *"]))],
        )


def within(language: str, columns: str, expression: str) -> str:
    """Return an expression for some columns of the entries of one language."""
    return f'language : "{language}" AND {columns} : ({expression})'


def group_of(group: Group, widened: Widened) -> str:
    """Return one thing that was asked for, in its own words, in its parts or in others that mean the same."""
    own = " AND ".join(word(exact, stemmed, widened) for exact, stemmed in group.words)
    either = [f"({' OR '.join(quoted(marked(stem)) for stem in part)})" for part in group.parts]
    parts = (" OR " if widened is Widened.ANY else " AND ").join(either)
    return f"({' OR '.join([f'({one})' for one in (own, parts) if one] + [phrase(stems) for stems in group.alike])})"


def word(exact: str, stemmed: str, widened: Widened) -> str:
    """Return one word of a query: as it is or its stem, and widened also what begins like either."""
    pieces = [quoted(exact), quoted(marked(stemmed))]
    if widened is not Widened.NO:
        pieces += [f"{quoted(start)} *" for start in beginnings(exact, stemmed)]
    return f"({' OR '.join(pieces)})"


def phrase(stems: Iterable[str]) -> str:
    """Return stems that follow each other."""
    return quoted(" ".join(map(marked, stems)))


def quoted(text: str) -> str:
    """Return a string of FTS5. Words of `analysis` are letters and digits only; quotes are doubled all the same."""
    return '"' + text.replace('"', '""') + '"'
