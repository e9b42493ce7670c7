"""Asks engines every judged query and says how well each answered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from search.backends import engines
from tests.relevance.corpus import LANGUAGES
from tests.relevance.engines import Ask, by_chance, ours, stock
from tests.relevance.judged import Query, queries
from tests.relevance.metrics import mean, ndcg, recall


@dataclass(frozen=True)
class Score:
    """What one engine made of one query."""

    query: Query
    ndcg: float
    recall: float
    found: tuple[str, ...]


@dataclass(frozen=True)
class Means:
    """Means over some queries; `tuned` and `held_out` are nDCG of those that ranking was tuned with and of the rest."""

    queries: int
    ndcg: float
    recall: float
    tuned: float
    held_out: float


def scores(ask: Ask, some: Iterable[Query] | None = None) -> list[Score]:
    """Ask some queries, or every one."""
    made = []
    for query in queries() if some is None else some:
        found = tuple(ask(query))
        made.append(Score(query, ndcg(found, query.grades), recall(found, query.grades), found))
    return made


def means(some: Iterable[Score]) -> Means:
    """Return the means of some scores."""
    every = list(some)
    return Means(
        queries=len(every),
        ndcg=mean([one.ndcg for one in every]),
        recall=mean([one.recall for one in every]),
        tuned=mean([one.ndcg for one in every if not one.query.need.held_out]),
        held_out=mean([one.ndcg for one in every if one.query.need.held_out]),
    )


def by_language(some: Sequence[Score]) -> dict[str, Means]:
    """Return the means of each language, and of all together under an empty name."""
    found = {language: means(one for one in some if one.query.language == language) for language in LANGUAGES}
    return found | {"": means(some)}


def measure_all(keys: Mapping[int, str], some: Iterable[Query]) -> dict[str, list[Score]]:
    """Measure the engine that answers searches here, and what it is compared with, over pages that `fill` made."""
    asked, engine = list(some), engines()[-1]
    return {
        "random": scores(by_chance(), asked),
        "stock": scores(stock(keys, "and"), asked),
        "stock, any word": scores(stock(keys, "or"), asked),
        engine.name: scores(ours(engine, keys), asked),
    }
