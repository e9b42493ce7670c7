"""Looks at PostgreSQL's locks while others work: who waits for what, and what is held together."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import connection

PAUSE = 0.05
PATIENCE = 20
COUNTER = "publication_feedstate"
# Tables that editors' transactions write and recording must not hold a lock on while it holds the counter.
PAGES = "wagtailcore_page"

# Who takes back holds pages and then the counter, in this order: nobody who holds the counter waits for pages.
TAKING_BACK = "taking back"

HELD = """
    SELECT pid, array_agg(DISTINCT relation.relname::text)
    FROM pg_locks JOIN pg_class AS relation ON relation.oid = pg_locks.relation JOIN pg_stat_activity USING (pid)
    WHERE application_name <> %s AND granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND mode IN ('RowShareLock', 'RowExclusiveLock') AND relation.relname IN (%s, %s)
    GROUP BY pid HAVING count(DISTINCT relation.relname) > 1
"""
WAITING = """
    SELECT extract(epoch FROM clock_timestamp() - min(waitstart)), min(activity.query)
    FROM pg_locks JOIN pg_stat_activity AS activity USING (pid)
    WHERE NOT granted AND activity.datname = current_database()
    GROUP BY pid
"""
HELD_UP = "SELECT count(*) FROM pg_locks WHERE NOT granted"
DEADLOCKS = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"


@dataclass
class Locks:
    """What was seen: samples taken, the longest wait, waits by statement, transactions that hold too much."""

    samples: int = 0
    longest: float = 0.0
    waits: Counter[str] = field(default_factory=Counter)
    together: int = 0
    deadlocks: int = 0


def watch(until: Iterator[bool]) -> Locks:
    """Sample while `until` yields; on SQLite there is nothing to see."""
    seen = Locks()
    for _ in until:
        if connection.vendor == "postgresql":
            _sample(seen)
        time.sleep(PAUSE)
    return seen


def take_back() -> None:
    """Say of this transaction that it is a recall or a lowering."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('application_name', %s, true)", [TAKING_BACK])


def deadlocks() -> int:
    """Return how many deadlocks this database has had, whoever caught them."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute(DEADLOCKS)
        return int(cursor.fetchone()[0])


def _sample(seen: Locks) -> None:
    with connection.cursor() as cursor:
        cursor.execute(HELD, [TAKING_BACK, COUNTER, PAGES])
        seen.together += len(cursor.fetchall())
        cursor.execute(WAITING)
        for waited, query in cursor.fetchall():
            seen.longest = max(seen.longest, float(waited or 0))
            seen.waits[" ".join(query.split()[:4])[:60]] += 1
    seen.samples += 1


def somebody_waits(other: threading.Thread) -> bool:
    """Wait until the other one is held up, or has ended."""
    deadline = time.monotonic() + PATIENCE
    while other.is_alive() and time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(HELD_UP)
            if cursor.fetchone()[0]:
                return True
        time.sleep(PAUSE)
    return False
