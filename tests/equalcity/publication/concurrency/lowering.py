"""A place is lowered by one process in the moment in which another one writes a translation of it.

Runs on the database that the environment names, and prints what went wrong, and where the address stands at the end.
"""

import json
import sys
import threading
import time
from typing import Any

from django.db import connection, connections

from equalcity.translation.translate import write_translation
from safespace_map.hunting import hunt
from safespace_map.lowering import lower
from safespace_map.models import SafeSpacePage
from tests.equalcity.publication.concurrency import watching
from tests.factories import locale, make_tree
from tests.factories.map import make_map
from tests.safespace_map.test_lowering import stored

STREET = "47 Quillon Marsh Lane"
WAITS = "SELECT count(*) FROM pg_locks WHERE NOT granted"
PATIENCE = 20


def main() -> None:
    """Lower the place while its translation is filled in: after the memory was written, before the page is."""
    place = make_map(make_tree()).exact
    place.street = STREET
    place.save_revision().publish()
    write_translation(place, locale("fr"), lambda page: None, publish=True)
    place = SafeSpacePage.objects.get(pk=place.pk)
    place.summary = "So that the memory has something to write"
    place.save_revision().publish()
    problems: list[str] = []

    def elsewhere() -> None:
        try:
            lower(SafeSpacePage.objects.get(pk=place.pk), "area")
        except Exception as error:
            problems.append(f"lowering: {error}")
        finally:
            connections.close_all()

    other = threading.Thread(target=elsewhere)

    def fill(page: Any) -> None:
        page.way_there = f"Sonnez au {STREET}"
        other.start()
        if not somebody_waits(other):
            problems.append("nobody waited for the translation")

    try:
        write_translation(place, locale("fr"), fill, publish=True)
    except Exception as error:
        problems.append(f"translating: {error}")
    other.join()
    problems += [f"{table}.{column}" for table, column, text in stored() if STREET in text]
    problems += [str(one) for one in hunt()]
    problems += ["deadlock"] * watching.deadlocks()
    known = SafeSpacePage.objects.filter(translation_key=place.translation_key).values_list("precision", flat=True)
    sys.stdout.write(json.dumps([problems, sorted(known)]))


def somebody_waits(other: threading.Thread) -> bool:
    """Wait until the other one is held up, or has ended."""
    deadline = time.monotonic() + PATIENCE
    while other.is_alive() and time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(WAITS)
            if cursor.fetchone()[0]:
                return True
        time.sleep(0.05)
    return False
