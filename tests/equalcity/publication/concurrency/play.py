"""Publishers, a worker and followers at once on one database.

Runs in a process of its own, on the database that the environment names. It prepares the tree, forks the others,
lets everything settle when they are done, and writes what was observed to `FOLDER/outcome.pickle`.
"""

import argparse
import logging
import pickle
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

from django.db import connection

from equalcity.publication.models import Dirty
from equalcity.publication.reconcile import differences
from equalcity.publication.record import record
from safespace_map.hunting import hunt
from tests.equalcity.publication.concurrency import hurdles, stage, watching
from tests.equalcity.publication.concurrency.actors import FORKED, Actor, ErrorLog, await_actors, report_of, start
from tests.equalcity.publication.concurrency.following import Habit, ask_function, ask_server, follow
from tests.equalcity.publication.concurrency.history import Follower, History
from tests.equalcity.publication.concurrency.operations import Staff, dealt, hidden_times
from tests.equalcity.publication.concurrency.outcome import Outcome, Plan, outcome_path
from tests.equalcity.publication.concurrency.turns import Turns

ROUND_PAUSE = 0.3


@dataclass
class Signals:
    """When what begins and ends."""

    deadline: float
    published: Event = field(default_factory=FORKED.Event)
    quiet: Event = field(default_factory=FORKED.Event)


def main() -> None:
    """Play once."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, default=Plan.seconds)
    parser.add_argument("--seed", type=int, default=Plan.seed)
    parser.add_argument("--publishers", type=int, default=Plan.publishers)
    parser.add_argument("--together", action="store_true", help="two processes, their followers as threads")
    parser.add_argument("--disorderly", dest="orderly", action="store_false", help="restructure without taking turns")
    plan = Plan(**vars(parser.parse_args()))
    outcome_path(plan.folder).write_bytes(pickle.dumps(perform(plan)))


def perform(plan: Plan) -> Outcome:
    """Prepare, play, settle, and return what was observed."""
    times = [time.monotonic()]
    log = ErrorLog()
    logging.getLogger().addHandler(log)
    for chatty in ("wagtail", "django_tasks"):
        logging.getLogger(chatty).setLevel(logging.ERROR)
    subtree = stage.build()
    connection.close()
    times.append(time.monotonic())

    signals = Signals(time.monotonic() + plan.seconds)
    with stage.server(plan) as (port, token):
        connection.close()
        signals.deadline = time.monotonic() + plan.seconds
        cast = cast_of(plan, signals, subtree, port, token)
        with hurdles.put_up():
            processes = [start(plan.folder, name, actors) for name, actors in cast.items()]
        try:
            everybody = [actor for actors in cast.values() for actor in actors]
            locks = watching.watch(_until(signals.deadline))
            await_actors([actor for actor in everybody if actor.name.startswith("publisher")])
            signals.published.set()
            times.append(time.monotonic())
            await_actors([actor for actor in everybody if actor.name.startswith("worker")])
            stage.recall_last()
            record()
            found = tuple(f"{one.kind} {one.object_id} is {one.problem}" for one in differences())
            found += tuple(f"a trace of what was lowered: {one}" for one in hunt())
            marks = tuple(f"{mark}: {mark.error}" for mark in Dirty.objects.all())
            published = stage.published()
            times.append(time.monotonic())
            signals.quiet.set()
            reports = [report_of(plan.folder, process) for process in processes]
        finally:
            for process in processes:
                process.kill()
    locks.deadlocks = watching.deadlocks()
    times.append(time.monotonic())
    results: dict[str, Any] = {name: result for report in reports for name, result in report.results.items()}
    operations = [one for name, done in results.items() if name.startswith("publisher") for one in done]
    followers = tuple(result for result in results.values() if isinstance(result, Follower))
    return Outcome(
        seed=plan.seed,
        history=History(
            followers, published, hidden_times(operations), tuple(one.glimpse for one in operations if one.glimpse)
        ),
        operations=tuple(sorted(operations, key=lambda one: one.began)),
        failures=tuple(failure for report in reports for failure in report.failures),
        logged=(*log.kept, *(line for report in reports for line in report.logged)),
        differences=found,
        marks=marks,
        locks=locks,
        rounds=sum(done for name, done in results.items() if name.startswith("worker")),
        took={
            name: later - earlier
            for name, earlier, later in zip(
                ("preparing", "publishing", "settling", "reading on"), times, times[1:], strict=False
            )
        },
    )


def cast_of(plan: Plan, signals: Signals, subtree: str, port: int, token: str) -> dict[str, list[Actor]]:
    """Return who acts, by process."""
    turns = Turns(plan.folder, plan.orderly)

    openings = dealt(plan.seed, plan.publishers)

    def publisher(number: int) -> Actor:
        staff = Staff(f"{number}", plan.seed * 100 + number, turns, subtree, openings[number])
        return Actor(f"publisher {number}", lambda: staff.act_until(signals.deadline))

    def follower(number: int, habit: Habit) -> Actor:
        ask = ask_server(habit, port, token) if habit.over_http else ask_function(habit)
        return Actor(habit.name, lambda: follow(habit, ask, plan.seed * 100 + 50 + number, signals.quiet))

    habits = [
        Habit("all", over_http=not plan.together, pause=0.1, restarts=0.1),
        Habit("French", locales=("fr",), pause=0.2, limit=20, restarts=0.15),
        Habit("subtree", subtree=subtree, pause=1.0, restarts=0.3),
        Habit("English subtree", locales=("en",), subtree=subtree, pause=0.1, limit=3, restarts=0.15),
    ]
    followers = [follower(number, habit) for number, habit in enumerate(habits)]
    publishers = [publisher(number) for number in range(plan.publishers)]
    worker = Actor("worker", lambda: work(signals.published))
    if plan.together:
        half = len(followers) // 2
        return {
            "first": [*publishers[:1], *followers[:half]],
            "second": [*publishers[1:], worker, *followers[half:]],
        }
    return {actor.name.replace(" ", "-"): [actor] for actor in (*publishers, worker, *followers)}


def work(until: Event) -> int:
    """Record what is marked, round after round, as the worker does in production; return how many rounds it took."""
    rounds = 0
    while not until.is_set():
        record()
        rounds += 1
        until.wait(ROUND_PAUSE)
    return rounds


def _until(deadline: float) -> Iterator[bool]:
    while time.monotonic() < deadline:
        yield True
