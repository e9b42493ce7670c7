"""Who did not answer is left alone for a while, then asked once."""

from search.breaker import FIRST_REST, LONGEST_REST, Breaker


class Clock:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_failure_opens_it_and_a_rest_lets_one_through() -> None:
    clock = Clock()
    breaker = Breaker(clock)
    assert breaker.allows()
    breaker.failed()
    assert not breaker.allows()
    clock.now += FIRST_REST
    assert [breaker.allows() for _ in range(3)] == [True, False, False]
    breaker.succeeded()
    assert [breaker.allows() for _ in range(3)] == [True, True, True]


def test_each_failed_probe_doubles_the_rest() -> None:
    clock = Clock()
    breaker = Breaker(clock)
    rests = []
    for _ in range(8):
        breaker.failed()
        began = clock.now
        while not breaker.allows():
            clock.now += FIRST_REST / 2
        rests.append(clock.now - began)
    assert rests == [2, 4, 8, 16, LONGEST_REST, LONGEST_REST, LONGEST_REST, LONGEST_REST]


def test_a_probe_that_never_ends_does_not_keep_it_closed_for_ever() -> None:
    clock = Clock()
    breaker = Breaker(clock)
    breaker.failed()
    clock.now += FIRST_REST
    assert breaker.allows()
    assert not breaker.allows()
    clock.now += FIRST_REST
    assert breaker.allows()
