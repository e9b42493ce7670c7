# ruff: noqa: S608 - statements hold fixed names only; values are always parameters
"""PostgreSQL's text search.

`vector` is a column of `search_entry` that the database itself generates from the words made by `analysis`, with the
configuration `simple`: folding and stems are already there, the same as on the other engine.
"""

from search.analysis import Asked, Group, beginnings, marked
from search.backends import Widened
from search.backends.database import DatabaseBackend, Statement

# A rough order, by weights of body D, names of terms C, summary and other words B and title A. It knows nothing of how
# rare words are, so the share of entries that hold them is added.
SCORE = (
    "ts_rank('{0.1, 0.3, 0.4, 1.0}', entry.vector, query) "
    "* LN(1 + (SELECT COUNT(*) FROM search_entry) / COUNT(*) OVER ())"
)


class PostgreSQL(DatabaseBackend):
    name = "postgresql"

    def holding(self, language: str, group: Group, widened: Widened) -> Statement:
        return self._select(language, group_of(group, widened))

    def beginning(self, asked_of: Asked) -> Statement:
        *before, (last, _stem) = asked_of.words
        words = [f"({exact}:A | {marked(stemmed)}:A)" for exact, stemmed in before]
        return self._select(asked_of.language, " & ".join([*words, f"{last}:*A"]))

    def _select(self, language: str, expression: str) -> Statement:
        return (
            f"SELECT entry.publication_id AS id, {SCORE} AS score "
            "FROM search_entry entry, to_tsquery('simple', %s) query "
            "WHERE entry.language = %s AND entry.vector @@ query",
            [expression, language],
        )


def group_of(group: Group, widened: Widened) -> str:
    """Return one thing that was asked for, in its own words, in its parts or in others that mean the same."""
    own = " & ".join(word(exact, stemmed, widened) for exact, stemmed in group.words)
    either = [f"({' | '.join(map(marked, part))})" for part in group.parts]
    parts = (" | " if widened is Widened.ANY else " & ").join(either)
    alike = (" <-> ".join(map(marked, stems)) for stems in group.alike)
    return f"({' | '.join(f'({one})' for one in (own, parts, *alike) if one)})"


def word(exact: str, stemmed: str, widened: Widened) -> str:
    """Return one word of a query: as it is or its stem, and widened also what begins like either."""
    pieces = [exact, marked(stemmed)]
    if widened is not Widened.NO:
        pieces += [f"{start}:*" for start in beginnings(exact, stemmed)]
    return f"({' | '.join(pieces)})"
