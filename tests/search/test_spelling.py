"""How many letters are wrong."""

import pytest

from search.spelling import slips


@pytest.mark.parametrize(
    ("given", "meant", "wrong"),
    [
        ("counter", "counter", 0),
        ("cuonter", "counter", 1),  # two swapped
        ("conter", "counter", 1),
        ("coounter", "counter", 1),
        ("coumter", "counter", 1),
        ("cuomter", "counter", 2),
        ("interpretor", "interpreters", 2),
        ("counter", "garden", 3),  # and more are not counted
        ("a", "counter", 3),
    ],
)
def test_slips_are_counted_up_to_two(given: str, meant: str, wrong: int) -> None:
    assert slips(given, meant, 2) == slips(meant, given, 2) == wrong
