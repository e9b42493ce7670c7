"""What is concluded from the log of operations, and the turns that publishers take."""

import threading
import time
from pathlib import Path

import pytest

from tests.equalcity.publication.concurrency.history import Hidden
from tests.equalcity.publication.concurrency.operations import Operation, counted, dealt, hidden_times
from tests.equalcity.publication.concurrency.turns import Turns

PAGE = ("a", "en")


def operation(kind: str, began: float, ended: float, *, hides: bool = False, error: str = "") -> Operation:
    return Operation("1", 0, kind, (PAGE,), (PAGE,) if hides else (), began, ended, error, committed=ended - 0.5)


def test_hidden_until_the_next_thing_begins() -> None:
    log = [operation("publish", 0, 1), operation("unpublish", 2, 3, hides=True), operation("publish", 7, 8)]
    assert hidden_times(log) == (Hidden(PAGE, 2.5, 7),)


def test_hidden_for_good() -> None:
    assert hidden_times([operation("delete", 2, 3, hides=True)]) == (Hidden(PAGE, 2.5, float("inf")),)


@pytest.mark.parametrize(("began", "ended"), [(1, 2.5), (2.5, 9), (1, 9)])
def test_what_overlaps_may_have_been_last(began: float, ended: float) -> None:
    assert hidden_times([operation("publish", began, ended), operation("unpublish", 2, 3, hides=True)]) == ()


def test_only_what_worked_is_counted() -> None:
    log = [operation("publish", 0, 1), operation("publish", 2, 3, error="nothing to do"), operation("move", 4, 5)]
    assert counted(log) == {"publish": 1, "move": 1}


def test_every_kind_is_dealt_to_somebody() -> None:
    shares = dealt(7, 8)
    assert [len(share) for share in shares] == [4] * 2 + [3] * 6
    assert len({kind for share in shares for kind in share}) == 26
    assert dealt(7, 8) == shares != dealt(8, 8)


def test_who_is_alone_waits_for_all_and_is_not_overtaken(tmp_path: Path) -> None:
    turns, order, first_is_in = Turns(tmp_path), [], threading.Event()

    def first() -> None:
        with turns.held(turns.BESIDE):
            first_is_in.set()
            time.sleep(0.3)
            order.append("first")

    def act(name: str, how: int) -> None:
        with turns.held(how):
            order.append(name)

    threads = [threading.Thread(target=first)]
    threads[0].start()
    first_is_in.wait()
    for name, how in (("alone", turns.ALONE), ("late", turns.BESIDE)):
        threads.append(threading.Thread(target=act, args=(name, how)))
        threads[-1].start()
        time.sleep(0.1)
    for thread in threads:
        thread.join()
    assert order == ["first", "alone", "late"]
