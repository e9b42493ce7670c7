"""A place is lowered by one process in the moment in which another one writes a translation of it.

Runs on the database that the environment names, and prints what went wrong, and where the address stands at the end.
"""

import json
import sys
import threading
from typing import Any

from django.db import connections

from equalcity.translation.translate import write_translation
from safespace_map.hunting import hunt
from safespace_map.lowering import lower
from safespace_map.models import SafeSpacePage
from tests.equalcity.publication.concurrency import watching
from tests.equalcity.publication.concurrency.watching import somebody_waits
from tests.factories import locale, make_tree
from tests.factories.map import make_map
from tests.safespace_map.test_lowering import stored

STREET = "47 Quillon Marsh Lane"


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
