"""How good an order is, measured against judgements.

nDCG: K. Järvelin and J. Kekäläinen, "Cumulated gain-based evaluation of IR techniques", ACM Transactions on Information
Systems 20(4), 2002, https://doi.org/10.1145/582415.582418 - with the gain 2^grade - 1 of C. Burges et al., "Learning to
rank using gradient descent", ICML 2005, https://doi.org/10.1145/1102351.1102363.
"""

from collections.abc import Mapping, Sequence
from math import log2

DEPTH = 10


def ndcg(found: Sequence[str], grades: Mapping[str, int], depth: int = DEPTH) -> float:
    """Return the discounted gain of the first `depth`, as a share of what the best order would have."""
    ideal = _gain(sorted(grades.values(), reverse=True)[:depth])
    return _gain([grades.get(key, 0) for key in found[:depth]]) / ideal if ideal else 0.0


def recall(found: Sequence[str], grades: Mapping[str, int], depth: int = DEPTH) -> float:
    """Return the share of what is relevant at all that stands among the first `depth`, of what has room there."""
    relevant = {key for key, grade in grades.items() if grade}
    return len(relevant & set(found[:depth])) / min(len(relevant), depth) if relevant else 0.0


def mean(values: Sequence[float]) -> float:
    """Return the mean; of nothing, 0."""
    return sum(values) / len(values) if values else 0.0


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / log2(place + 2) for place, grade in enumerate(grades))
