"""Processes that do one piece of work on one database, and are killed before a chosen write or around a commit."""

import json
import os
import re
import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection, connections

WRITE = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE)\b", re.I)


@dataclass(frozen=True)
class Moment:
    """A moment at which a process can die. `durable` counts what had been committed by then."""

    number: int
    what: str
    durable: int


@dataclass(frozen=True)
class Ending:
    """How a process ended: killed, or with an answer, or with an error in words."""

    killed: bool
    answer: Any = None
    error: str = ""


class Clock:
    """Tells `at` every moment of the process as it comes: before each write, before and after each commit."""

    def __init__(self, at: Callable[[Moment], None]) -> None:
        self.at = at
        self.passed = 0
        self.durable = 0

    @contextmanager
    def running(self) -> Iterator[None]:
        commit = connection._commit

        def counted_commit() -> None:
            self._tick("before COMMIT")
            commit()
            self.durable += 1
            self._tick("after COMMIT")

        connection._commit = counted_commit
        try:
            with connection.execute_wrapper(self._execute):
                yield
        finally:
            del connection._commit

    def _execute(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not WRITE.match(sql):
            return execute(sql, params, many, context)
        alone = not connection.in_atomic_block
        self._tick(f"before {'(on its own) ' if alone else ''}{' '.join(sql.split())[:90]}")
        result = execute(sql, params, many, context)
        if alone:
            self.durable += 1
        return result

    def _tick(self, what: str) -> None:
        self.passed += 1
        self.at(Moment(self.passed, what, self.durable))


@contextmanager
def connected(database: str) -> Iterator[None]:
    """Work on `database` in this process, and leave no connection that a child could inherit."""
    assert connection.connection is None, "a connection of the parent would be shared by its children"
    connection.settings_dict["NAME"] = database
    home = settings.EQUALCITY_HOME
    # The journal belongs to the database.
    settings.EQUALCITY_HOME = home / Path(database).name
    try:
        yield
    finally:
        settings.EQUALCITY_HOME = home
        connections.close_all()
        cache.clear()


def on(database: str, work: Callable[[], Any]) -> Any:
    """Return what `work` says of `database`, in this process."""
    with connected(database):
        return work()


def in_process(work: Callable[[], Any]) -> Ending:
    """Do `work` in a process of its own; its answer comes as JSON, where coordinates are text."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        code, said = 1, {}
        try:
            said, code = {"answer": work()}, 0
        except BaseException:
            said = {"error": traceback.format_exc()}
        finally:
            with os.fdopen(writer, "w") as pipe:
                json.dump(said, pipe, default=str)
            os._exit(code)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        heard = pipe.read()
    _pid, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return Ending(killed=os.WTERMSIG(status) == signal.SIGKILL)
    said = json.loads(heard)
    return Ending(False, said.get("answer"), said.get("error", ""))


def asked(work: Callable[[], Any]) -> Any:
    """Return what `work` says, in a process of its own. Raises `RuntimeError`."""
    ending = in_process(work)
    if ending.killed or ending.error:
        raise RuntimeError(ending.error or "killed")
    return ending.answer


def timed(work: Callable[[], Any], at: Callable[[Moment], None]) -> None:
    """Do `work`, telling `at` each moment."""
    connection.ensure_connection()
    with Clock(at).running():
        work()


def kill_at(database: str, work: Callable[[], Any], moment: Moment) -> None:
    """Do `work` until `moment`, at which the process is killed. Raises `RuntimeError` when it was not."""

    def die(passing: Moment) -> None:
        if passing.number == moment.number:
            os.kill(os.getpid(), signal.SIGKILL)

    ending = in_process(lambda: on(database, lambda: timed(work, die)))
    if not ending.killed:
        raise RuntimeError(f"not killed at {moment}: {ending.error or 'it came to its end'}")
