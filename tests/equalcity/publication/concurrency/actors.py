"""Actors in processes of their own: each with its own database connection, its log and its result on disk."""

import logging
import multiprocessing
import pickle
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.context import ForkProcess
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

from django.db import connections

# Forked, not spawned: fourteen times the start of Django would take longer than the play.
FORKED = multiprocessing.get_context("fork")
PATIENCE = 240


class ActorLost(Exception):
    """A process ended, or did not end, against the plan."""


@dataclass(frozen=True)
class Actor:
    """One thread of a process. `done` is set when `act` has ended, however that went."""

    name: str
    act: Callable[[], Any]
    done: Event = field(default_factory=FORKED.Event)


@dataclass(frozen=True)
class Report:
    """What the actors of one process brought home."""

    results: dict[str, Any]
    failures: tuple[str, ...]
    logged: tuple[str, ...]


class ErrorLog(logging.Handler):
    """Keeps what is logged as an error: what is caught and logged is no less wrong than what is raised."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.kept: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        self.kept.append(f"{record.name}: {record.getMessage()} {f'{type(error).__name__}: {error}' if error else ''}")


def start(folder: Path, name: str, actors: list[Actor]) -> ForkProcess:
    """Fork a process in which these actors act as threads; their report goes into `folder`."""
    process = FORKED.Process(name=name, target=_act, args=(folder / f"{name}.pickle", actors))
    process.start()
    return process


def await_actors(actors: list[Actor], seconds: float = PATIENCE) -> None:
    """Wait until all of them are done. Raises `ActorLost`."""
    deadline = time.monotonic() + seconds
    for actor in actors:
        if not actor.done.wait(max(0.0, deadline - time.monotonic())):
            raise ActorLost(f"{actor.name} was not done after {seconds} seconds.")


def report_of(folder: Path, process: ForkProcess) -> Report:
    """Wait for the end of a process and return its report. Raises `ActorLost`."""
    process.join(PATIENCE)
    if process.exitcode != 0:
        raise ActorLost(f"{process.name} ended with {process.exitcode}.")
    report: Report = pickle.loads((folder / f"{process.name}.pickle").read_bytes())
    return report


def _act(path: Path, actors: list[Actor]) -> None:
    log = ErrorLog()
    logging.getLogger().addHandler(log)
    results: dict[str, Any] = {}
    failures: list[str] = []

    def act(actor: Actor) -> None:
        try:
            results[actor.name] = actor.act()
        except Exception:
            failures.append(f"{actor.name}: {traceback.format_exc()}")
        finally:
            connections.close_all()
            actor.done.set()

    threads = [threading.Thread(target=act, args=(actor,)) for actor in actors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    path.write_bytes(pickle.dumps(Report(results, tuple(failures), tuple(log.kept))))
