"""Each guard taken out in turn: the machine finds it with a short history that passes while the guard is there."""

import pytest

from tests.property.publication.faults import FAULTS, Fault
from tests.property.publication.machine import fails, run
from tests.property.publication.world import World

pytestmark = [pytest.mark.property, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_planted_fault_is_found(world: World, fault: Fault) -> None:
    assert fault.history, f"`make soak` finds a history for {fault.name}"
    run(world, fault.history)
    with fault.plant():
        assert fails(world, fault.history), f"without its guard in {fault.where}, {fault.name} is not found"
