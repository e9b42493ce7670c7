"""`python -m …crash.run FOLDER ACTION…`: kills each action at each of its moments and judges what is left.

A program apart from the tests, so that one can be set up for SQLite and another for PostgreSQL. Its first process
makes the world; one process for each action has no connection while it starts the processes that it kills.
Prints a line of JSON for each action.
"""

import json
import logging
import os
import sys
import time
import traceback
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import django

WORLD = "world"


def main(folder: str, names: list[str]) -> None:
    """Make the world, then hand the actions to as many processes as there are processors."""
    django.setup()
    from django.conf import settings

    # What staff's search and lists of uses need is no part of publishing; it would double the number of writes.
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    logging.disable(logging.ERROR)

    from tests.equalcity.publication.crash import checks, world
    from tests.equalcity.publication.crash.databases import databases
    from tests.equalcity.publication.crash.killing import asked, connected, on

    store = databases(Path(folder))
    try:
        store.migrate(WORLD)
        made = asked(lambda: on(store.name(WORLD), world.make_world))
        with connected(store.name(WORLD)):
            # Judging once here loads what each child would have to load.
            reader = checks.followed(None)
            problems = checks.judge(reader)["problems"]
        if problems:
            raise RuntimeError(f"the world is wrong before anything was killed: {problems}")
        _side_by_side(names, lambda name: Site(store, made, reader, name).kill_everywhere())
    finally:
        for label in list(store.made):
            store.drop(label)


def _side_by_side(names: list[str], work: Any) -> None:
    waiting, running = list(names), 0
    while waiting or running:
        if waiting and running < (os.cpu_count() or 1):
            name = waiting.pop(0)
            if not os.fork():
                began = time.monotonic()
                try:
                    answer = work(name)
                except BaseException:
                    answer = {"error": traceback.format_exc()}
                seconds = round(time.monotonic() - began, 1)
                sys.stdout.write(json.dumps({"action": name, "seconds": seconds, **answer}) + "\n")
                sys.stdout.flush()
                os._exit(0)
            running += 1
        else:
            os.wait()
            running -= 1


@dataclass
class Site:
    """The world in a database, what a follower has read of it, and what is about to be done to it."""

    store: Any
    world: dict[str, Any]
    reader: dict[str, Any]
    name: str

    def __post_init__(self) -> None:
        from tests.equalcity.publication.crash.actions import ACTIONS

        self.action, self.parent = ACTIONS[self.name], os.getppid()
        self.start, self.run = f"start {self.name}", f"run {self.name}"
        self.pictures = hasattr(self.store, "picture")
        self.old: dict[str, Any] = {}
        self.new: dict[str, Any] = {}

    def kill_everywhere(self) -> dict[str, Any]:
        """Kill the action, from a fresh copy each time, and judge what is left.

        Databases promise that a killed transaction leaves nothing. So of the moments between two commits the first
        is judged in full, after a real kill; all others must leave the very same rows.
        """
        from tests.equalcity.publication.crash import checks

        self.store.copy(WORLD, self.start)
        self._ask(self.start, lambda: self.action.before(self.world))
        self.old, before = self._ask(self.start, lambda: (checks.views(), checks.fingerprint()))
        moments = self._moments()
        final = self._ask(self.run, lambda: checks.judge(self.reader))
        self.new = final["views"]
        changed = before != self._ask(self.run, checks.fingerprint)
        problems = [f"not killed at all: {problem}" for problem in final["problems"]]
        kills = 0
        for _durable, group in groupby(moments, key=lambda moment: moment.durable):
            problems += self._killed_between(list(group))
            kills += 1
        for label in (self.start, self.run):
            self.store.drop(label)
        return {"kills": kills, "moments": len(moments), "changed": changed, "problems": problems}

    def _ask(self, label: str, work: Any) -> Any:
        from tests.equalcity.publication.crash.killing import asked, on

        return asked(lambda: on(self.store.name(label), work))

    def _moments(self) -> list[Any]:
        """Do the action to its end in this process, so that its children need not load what it needs."""
        from tests.equalcity.publication.crash.killing import on, timed

        moments: list[Any] = []

        def look(moment: Any) -> None:
            moments.append(moment)
            if self.pictures:
                self.store.picture(self.run, f"{self.run} {moment.number}")

        self.store.copy(self.start, self.run)
        on(self.store.name(self.run), lambda: timed(lambda: self.action.act(self.world), look))
        return moments

    def _killed_between(self, between: list[Any]) -> list[str]:
        """Kill at a moment between two commits, look at the others; return what is wrong then."""
        from tests.equalcity.publication.crash import checks
        from tests.equalcity.publication.crash.killing import asked, kill_at, on

        # Where no pictures can be taken, the last moment stands for the others: it has all of them behind it.
        moment = between[0] if self.pictures else between[-1]
        if os.getppid() != self.parent:
            raise RuntimeError("whoever asked is gone")
        self.store.copy(self.start, self.run)
        kill_at(self.store.name(self.run), lambda: self.action.act(self.world), moment)
        states = [self._ask(self.run, checks.fingerprint)]
        found = [f"killed at {moment.number}, {moment.what}: {problem}" for problem in self._judge()]
        if self.pictures:
            labels = [f"{self.run} {moment.number}" for moment in between]
            states += asked(lambda: [on(self.store.name(label), checks.fingerprint) for label in labels])
            for label in labels:
                self.store.drop(label)
        if len(set(states)) > 1:
            what = f"from {between[0].number} to {between[-1].number}, the moments before one commit"
            found.append(f"killed at {what}: they leave different rows")
        return found

    def _judge(self) -> list[str]:
        from tests.equalcity.publication.crash import checks

        def judged() -> dict[str, Any]:
            found = checks.judge(self.reader)
            if self.action.again:
                self.action.again(self.world)
                found["again"] = checks.after_a_round()
            return found

        found = self._ask(self.run, judged)
        problems: list[str] = found["problems"]
        for pk in sorted({*self.old, *self.new, *found["views"]}, key=int):
            view = found["views"].get(pk)
            if view not in (self.old.get(pk), self.new.get(pk)):
                problems.append(f"page {pk} is neither old nor new: {json.dumps(view)[:600]}")
        if self.action.again and found["again"] != self.new:
            problems.append("what is done again does not finish what was begun")
        return problems


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
