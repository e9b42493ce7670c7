"""Those who read, and the worker."""

from tests.property.publication.events.choosing import Event, event
from tests.property.publication.world import World


@event
def follow(world: World, event: Event) -> bool:
    """A follower reads on."""
    return bool(world.followers[event.other % len(world.followers)].read(world.visitor))


@event
def settle(world: World, event: Event) -> bool:
    """The worker catches up; the machine then compares everything."""
    return True
