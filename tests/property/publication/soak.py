"""The long form: each fault is searched for without any hint, and how many histories that took is told.

Not collected by itself: `pytest tests/property/publication/soak.py`; together with `test_prompt.py` and `test_late.py`,
and HISTORIES=10000, it is what `make soak` runs.
"""

import os
import sys

import pytest

from tests.property.publication.faults import FAULTS, Fault
from tests.property.publication.machine import SEED, fails, first_failing, shortened
from tests.property.publication.world import World

pytestmark = [pytest.mark.property, pytest.mark.django_db(transaction=True), pytest.mark.timeout(0)]

MOST = int(os.environ.get("FAULT_HISTORIES", "1000"))


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_planted_fault_is_found_by_searching(world: World, fault: Fault) -> None:
    tell = sys.__stderr__.write if sys.__stderr__ else str
    tried = world.begun
    with fault.plant():
        found = first_failing(world, MOST, f"{SEED} {fault.name}")
        tried = world.begun - tried
        short = shortened(world, found) if found else []
    assert found, f"{fault.name} was not found by {MOST} histories"
    assert not fails(world, short), f"fails without any fault: {short}"
    tell(f"{fault.where}: {fault.name} was found by history {tried}: {short}\n")
