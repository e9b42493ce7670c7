"""Histories of events: drawn, run on a world that begins anew, and looked at from outside after every event."""

import os
import time
from collections.abc import Sequence
from random import Random

import hypothesis
from hypothesis import strategies as st

from equalcity.publication.marks import recording_postponed
from tests.property.publication import checks
from tests.property.publication.distribution import Distribution
from tests.property.publication.events import EVENTS, Event
from tests.property.publication.world import World

HISTORIES = int(os.environ.get("HISTORIES", "300"))
# The same each time, so that a red test is due to a change; `make soak` draws another.
SEED = os.environ.get("SEED", "1")

# These meet others in more ways: they come twice as often.
OFTEN = ("schedule", "schedule_new", "pass_time", "restrict", "restrict_section", "alias", "unpublish")
SHORTEST, LONGEST = 3, 9
TELLING = 150  # histories that say how often events come
SHORTENING = 120  # seconds at most


def histories(prompt: bool | None = None) -> st.SearchStrategy[list[Event]]:
    """Draw histories. `prompt` says whether changes are recorded once they are committed; without it, that is drawn.

    Kinds of events are dealt like cards: drawn one by one, some came a hundred times and others never.
    """
    hands = st.tuples(st.randoms(use_true_random=True), st.integers(SHORTEST, LONGEST)).map(dealt)
    recorded = st.booleans() if prompt is None else st.just(prompt)

    def with_pages(names: list[str]) -> st.SearchStrategy[list[Event]]:
        events = (st.builds(Event, st.just(name), st.integers(0, 44), st.integers(0, 11), recorded) for name in names)
        return st.tuples(*events).map(list)

    return hands.flatmap(with_pages)


def dealt(hand: tuple[Random, int]) -> list[str]:
    chance, length = hand
    return chance.sample([*EVENTS, *OFTEN], length)


def first_failing(world: World, count: int, seed: str, *, prompt: bool | None = None) -> list[Event] | None:
    """Run up to `count` histories that Hypothesis draws; return the first that fails.

    It does not shrink them: each try is a whole history, and it tries hundreds. `shortened` knows what an event is.
    """
    failing: list[list[Event]] = []

    @hypothesis.seed(int.from_bytes(seed.encode(), "big"))
    @hypothesis.settings(
        max_examples=count,
        phases=[hypothesis.Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(histories(prompt))
    def search(history: list[Event]) -> None:
        if not failing and fails(world, history):
            failing.append(history)

    search()
    return failing[0] if failing else None


def run(world: World, history: Sequence[Event]) -> None:
    """Run one history from the start; raises `AssertionError` at the first thing that should not be."""
    world.begin()
    done: list[Event] = []
    try:
        with world.living():
            _run(world, history, done)
    except Exception as problem:
        problem.add_note("after " + "\n      ".join(map(repr, done)))
        raise


def _run(world: World, history: Sequence[Event], done: list[Event]) -> None:
    look = checks.Look(world)
    look.remember()
    for turn, event in enumerate(history):
        done.append(event)
        happen(world, event)
        if event.name == "settle":
            look = checks.after_quiet(world, thoroughly=False)
        else:
            look = checks.after_event(world, look, turn)
            if event.page % 4 == 0:
                look.feed()
    checks.after_quiet(world, thoroughly=sum(event.page for event in history) % 8 == 0)


def fails(world: World, history: Sequence[Event]) -> bool:
    try:
        run(world, history)
    except Exception:
        return True
    return False


def explore(world: World, count: int, seed: str, *, prompt: bool | None = None) -> Distribution:
    """Run histories; return how often each event came.

    Raises what the first history that fails says, in the shortest form of it that was found.
    """
    world.events.clear()
    world.applied.clear()
    failing = first_failing(world, count, seed, prompt=prompt)
    if failing is not None:
        run(world, shortened(world, failing))
        run(world, failing)
        raise AssertionError(f"fails now and then: {failing}")
    # Of fewer histories than in `make test` nothing can be said; `soak` looks at all of them together.
    seldom = [name for name in EVENTS if count >= TELLING and world.applied[name] < count // 100]
    assert not seldom, f"these hardly happened: {seldom}"
    return Distribution(
        count, {name: world.events[name] for name in EVENTS}, {name: world.applied[name] for name in EVENTS}
    )


def shortened(world: World, history: Sequence[Event], seconds: float = SHORTENING) -> list[Event]:
    """Return what is left of a failing history when every event that it fails without is taken out."""
    end = time.monotonic() + seconds
    left = list(history)
    for at in reversed(range(len(history))):
        candidate = left[:at] + left[at + 1 :]
        if time.monotonic() < end and fails(world, candidate):
            left = candidate
    return left


def happen(world: World, event: Event) -> None:
    world.events[event.name] += 1
    if event.prompt:
        applied = EVENTS[event.name](world, event)
    else:
        with recording_postponed():
            applied = EVENTS[event.name](world, event)
    world.applied[event.name] += applied
