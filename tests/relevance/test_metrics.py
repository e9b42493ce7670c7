"""The measures, against values computed by hand."""

import pytest

from tests.relevance.metrics import mean, ndcg, recall


def test_the_best_order_has_1() -> None:
    assert ndcg(["a", "b", "c"], {"a": 3, "b": 2, "c": 1}) == 1.0


def test_nothing_found_or_nothing_relevant_has_0() -> None:
    assert ndcg([], {"a": 3}) == ndcg(["x"], {"a": 3}) == ndcg(["a"], {"a": 0}) == ndcg(["a"], {}) == 0.0


def test_a_mixed_order() -> None:
    # found: 0, 7/log2(3), 1/log2(4) = 4.4165 + 0.5; ideal: 7/1, 3/log2(3), 1/log2(4) = 7 + 1.8928 + 0.5
    assert ndcg(["x", "a", "c"], {"a": 3, "b": 2, "c": 1}) == pytest.approx(4.9165 / 9.3928, abs=1e-4)


def test_what_comes_too_late_does_not_count() -> None:
    assert ndcg(["x", "a"], {"a": 1}, depth=1) == 0.0
    assert ndcg(["a", "b"], {"a": 1, "b": 3}, depth=1) == pytest.approx(1 / 7)


def test_recall() -> None:
    assert recall(["a", "x"], {"a": 1, "b": 3, "c": 0}) == 0.5
    assert recall(["x"], {"a": 1}) == recall([], {}) == 0.0


def test_recall_asks_for_no_more_than_there_is_room() -> None:
    many = {str(number): 1 for number in range(20)}
    assert recall([str(number) for number in range(10)], many) == 1.0


def test_mean() -> None:
    assert mean([1.0, 0.5]) == 0.75
    assert mean([]) == 0.0
