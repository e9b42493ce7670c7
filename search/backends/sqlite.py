# ruff: noqa: S608 - statements hold fixed names only; values are always parameters
"""SQLite's FTS5, the embedded default.

`search_match` is an external-content table over `search_entry`; triggers of the migration keep it. Words in it were
made by `analysis`, so its own tokenizer has nothing left to fold.
"""

from collections.abc import Iterable, Sequence

from search.analysis import Asked, Group, beginnings, marked
from search.backends import Widened
from search.backends.database import DatabaseBackend, Statement

# The columns that hold words; the language only selects.
TEXTS = "{title summary names body}"
# Weights of language, title, summary, names of terms and body.
SCORE = "-bm25(search_match, 0.0, 10.0, 4.0, 2.0, 1.0)"


class SQLite(DatabaseBackend):
    name = "sqlite"

    def matching(self, asked_of: Sequence[Asked], widened: Widened) -> Statement:
        select = f"SELECT rowid AS id, {SCORE} AS score FROM search_match WHERE search_match MATCH %s"
        return (
            " UNION ALL ".join([select] * len(asked_of)),
            [f'language : "{one.language}" AND {TEXTS} : ({expression(one, widened)})' for one in asked_of],
        )

    def beginning(self, asked_of: Asked) -> Statement:
        *before, (last, _stem) = asked_of.words
        words = [word(exact, stemmed, Widened.NO) for exact, stemmed in before]
        return (
            f"SELECT rowid AS id, {SCORE} AS score FROM search_match WHERE search_match MATCH %s",
            [f'language : "{asked_of.language}" AND title : ({" AND ".join([*words, f"{quoted(last)} *"])})'],
        )


def expression(asked_of: Asked, widened: Widened) -> str:
    """Return the query in FTS5's language; where all words are wanted, those that stand together count more."""
    groups = [group_of(group, widened) for group in asked_of.groups]
    if widened is Widened.ANY:
        return " OR ".join(groups)
    together = " AND ".join(groups)
    if len(asked_of.words) == 1 or widened is not Widened.NO:
        return together
    return f"({together}) OR {phrase(stemmed for _exact, stemmed in asked_of.words)}"


def group_of(group: Group, widened: Widened) -> str:
    """Return one thing that was asked for, in its own words or in others that mean the same."""
    own = " AND ".join(word(exact, stemmed, widened) for exact, stemmed in group.words)
    return f"({' OR '.join([f'({own})', *map(phrase, group.alike)])})"


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
