# ruff: noqa: S608 - statements hold fixed names only; values are always parameters
"""PostgreSQL's text search.

`vector` is a column of `search_entry` that the database itself generates from the words made by `analysis`, with the
configuration `simple`: folding and stems are already there, the same as on the other engine.
"""

from collections.abc import Sequence

from search.analysis import Asked, Group, beginnings, marked
from search.backends import Widened
from search.backends.database import DatabaseBackend, Statement

# Weights of body D, names of terms C, summary B and title A; the rank is divided by 1 + the logarithm of the length.
SCORE = "ts_rank_cd('{{0.1, 0.2, 0.4, 1.0}}', entry.vector, {query}, 1)"


class PostgreSQL(DatabaseBackend):
    name = "postgresql"

    def matching(self, asked_of: Sequence[Asked], widened: Widened) -> Statement:
        rows = ", ".join(["(%s, to_tsquery('simple', %s))"] * len(asked_of))
        return (
            f"SELECT entry.publication_id AS id, {SCORE.format(query='asked.query')} AS score "
            f"FROM (VALUES {rows}) AS asked (language, query) "
            "JOIN search_entry entry ON entry.language = asked.language AND entry.vector @@ asked.query",
            [piece for one in asked_of for piece in (one.language, expression(one, widened))],
        )

    def beginning(self, asked_of: Asked) -> Statement:
        *before, (last, _stem) = asked_of.words
        words = [f"({exact}:A | {marked(stemmed)}:A)" for exact, stemmed in before]
        return (
            f"SELECT entry.publication_id AS id, {SCORE.format(query='query')} AS score "
            "FROM search_entry entry, to_tsquery('simple', %s) query "
            "WHERE entry.language = %s AND entry.vector @@ query",
            [" & ".join([*words, f"{last}:*A"]), asked_of.language],
        )


def expression(asked_of: Asked, widened: Widened) -> str:
    """Return the query in the language of `to_tsquery`. Words of `analysis` are letters and digits only."""
    joined = " | " if widened is Widened.ANY else " & "
    return joined.join(group_of(group, widened) for group in asked_of.groups)


def group_of(group: Group, widened: Widened) -> str:
    """Return one thing that was asked for, in its own words or in others that mean the same."""
    own = " & ".join(word(exact, stemmed, widened) for exact, stemmed in group.words)
    alike = [f"({' <-> '.join(map(marked, stems))})" for stems in group.alike]
    return f"({' | '.join([f'({own})', *alike])})"


def word(exact: str, stemmed: str, widened: Widened) -> str:
    """Return one word of a query: as it is or its stem, and widened also what begins like either."""
    pieces = [exact, marked(stemmed)]
    if widened is not Widened.NO:
        pieces += [f"{start}:*" for start in beginnings(exact, stemmed)]
    return f"({' | '.join(pieces)})"
