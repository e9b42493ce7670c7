"""A page is written by one process while a change of what it names waits for its commit in another.

Runs on the database that the environment names, and prints, for each change, what is not as it should be at the end.
"""

import json
import sys
import threading

from django.db import connections, transaction

from equalcity.publication.marks import recording_postponed
from equalcity.publication.models import Dirty
from equalcity.publication.reconcile import differences
from equalcity.publication.record import record, record_objects
from tests.equalcity.publication.overtaking import LOOKED_FOR, Change, Scene
from tests.factories import Tree, make_tree


def main() -> None:
    """Play every change once."""
    tree = make_tree()
    with recording_postponed():
        found = {change.__name__: problems_after(tree, change) for change in LOOKED_FOR}
    sys.stdout.write(json.dumps(found))


def problems_after(tree: Tree, change: Change) -> list[str]:
    """Let a page be recorded that names a thing, inside the transaction that changes the thing."""
    scene = Scene(tree)
    scene.before(change)
    scene.publish()
    written: list[int] = []

    def elsewhere() -> None:
        with recording_postponed():
            written.append(record_objects([("page", scene.page.pk)]).written)
        connections.close_all()

    with transaction.atomic():
        change(scene)
        other = threading.Thread(target=elsewhere)
        other.start()
        other.join()
    record()
    problems = [f"{one.kind} {one.object_id} is {one.problem}" for one in differences()]
    problems += [str(mark) for mark in Dirty.objects.all()]
    return problems if written == [1] else [*problems, f"not written meanwhile: {written}"]
