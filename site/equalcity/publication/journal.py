"""What was taken back, written outside the database: a restored backup must not bring it to life again.

One line of JSON for each act in `EQUALCITY_HOME`, appended and flushed to the disk before the database commits: an act
that the database lost all the same is carried out at the next start. Lines name keys, never words. A database
remembers which lines it has carried out (`Journalled`), so that only what a restore lost is done again, and what
staff published anew since stays.
"""

import fcntl
import logging
import os
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.utils import timezone

from equalcity.publication.models import Journalled

FILE = "taken-back.jsonl"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Entry:
    """One line: what was done to which key."""

    id: uuid.UUID
    act: str
    key: uuid.UUID
    to: str = ""


# What carries out an act again, by its name; must do nothing where it is done already. Registered in `ready`.
ACTS: dict[str, Callable[[Entry], None]] = {}


def path() -> Path:
    """Return where the journal is."""
    home: Path = settings.EQUALCITY_HOME
    return home / FILE


def write(act: str, key: uuid.UUID, to: str = "") -> Entry:
    """Append an act and wait until the disk has it; belongs into the transaction of the act. Raises `OSError`."""
    entry = Entry(uuid.uuid4(), act, key, to)
    line = {"id": str(entry.id), "at": timezone.now().isoformat(), "act": act, "key": str(key), "to": to}
    path().parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        # A line that a crash cut short stays alone on its line.
        os.write(handle, b"\n" * _is_cut_short() + orjson.dumps(line) + b"\n")
        os.fsync(handle)
    finally:
        os.close(handle)
    Journalled.objects.create(id=entry.id)
    return entry


def entries() -> Iterator[Entry]:
    """Yield every act, the oldest first; a line that was cut short is passed over and told."""
    if not path().exists():
        return
    for number, line in enumerate(path().read_bytes().splitlines(), start=1):
        try:
            said: dict[str, Any] = orjson.loads(line) if line.strip() else {}
            if said:
                yield Entry(uuid.UUID(said["id"]), said["act"], uuid.UUID(said["key"]), said.get("to", ""))
        except (ValueError, KeyError, TypeError):
            log.warning("Line %s of %s cannot be read.", number, path())


def apply() -> int:
    """Carry out what this database does not know of; return how many acts that were. Safe to run at any time."""
    known = set(Journalled.objects.values_list("pk", flat=True))
    done = 0
    for entry in entries():
        if entry.id in known:
            continue
        act = ACTS.get(entry.act)
        if act is None:
            log.error("%s in the journal is an act that this version does not know.", entry.act)
            continue
        act(entry)
        Journalled.objects.get_or_create(id=entry.id)
        log.warning("%s of %s was carried out from the journal.", entry.act, entry.key)
        done += 1
    return done


def _is_cut_short() -> bool:
    size = path().stat().st_size
    if not size:
        return False
    with path().open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"
