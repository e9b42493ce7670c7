"""Pages that go for good."""

from wagtail.models import Page

from tests.property.publication.events.choosing import Event, event, is_home, nodes, pick, stored
from tests.property.publication.model import Node
from tests.property.publication.world import World


@event
def delete(world: World, event: Event) -> bool:
    fits = nodes(world, lambda node: not is_home(world, node) and not world.model.children(node))
    return _delete(world, pick(fits, event.page), event)


@event
def delete_section(world: World, event: Event) -> bool:
    """A page with all that stands below it."""
    fits = nodes(world, lambda node: not is_home(world, node) and bool(world.model.children(node)))
    return _delete(world, pick(fits, event.page), event)


def _delete(world: World, node: Node | None, event: Event) -> bool:
    if node is None:
        return False
    page = stored(node) if event.other % 2 else Page.objects.get(pk=node.pk)
    gone = world.model.below(node)
    page.delete(user=world.user)
    world.model.delete(gone)
    return True
