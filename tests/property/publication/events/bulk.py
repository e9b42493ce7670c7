"""Many pages at once, through the screens of the CMS."""

from typing import Any

from tests.property.publication.events.choosing import Event, Fitting, event, is_home, nodes, own, pick
from tests.property.publication.events.moving import movable, places
from tests.property.publication.model import Node
from tests.property.publication.world import World


def _bulk(world: World, action: str, chosen: list[Node], **data: Any) -> None:
    ids = "&".join(f"id={node.pk}" for node in chosen)
    response = world.staff.post(f"/cms/bulk/wagtailcore/page/{action}/?next=/cms/&{ids}", data)
    assert response.status_code == 302, response.content.decode()


def _several(fits: Fitting, event: Event) -> list[Node]:
    return sorted({pick(fits, event.page + turn * (event.other + 1)).pk: None for turn in range(3)}) if fits else []


@event
def bulk_publish(world: World, event: Event) -> bool:
    model = world.model
    pks = _several(nodes(world, own), event)
    if not pks:
        return False
    chosen = [model.nodes[pk] for pk in pks]
    _bulk(world, "publish", chosen)
    for node in chosen:
        model.publish(node, node.draft, world.now())
    return True


@event
def bulk_unpublish(world: World, event: Event) -> bool:
    model = world.model
    pks = _several(nodes(world, lambda node: node.live), event)
    if not pks:
        return False
    below = event.other % 2 == 1
    chosen = [model.nodes[pk] for pk in pks]
    # What is on the calendar is locked: the screen names it as left out, and goes on with what stands below the others.
    free = [node for node in chosen if node.scheduled is None]
    _bulk(world, "unpublish", chosen, **({"include_descendants": "on"} if below else {}))
    for node in free:
        for one in model.below(node) if below else [node]:
            if one.scheduled is None:
                model.unpublish(one)
    return True


@event
def bulk_delete(world: World, event: Event) -> bool:
    model = world.model
    fits = nodes(world, lambda node: not is_home(world, node) and not model.children(node))
    pks = _several(fits, event)
    if not pks:
        return False
    chosen = [model.nodes[pk] for pk in pks]
    _bulk(world, "delete", chosen)
    model.delete(chosen)
    return True


@event
def bulk_move(world: World, event: Event) -> bool:
    node = pick(movable(world), event.page)
    if node is None:
        return False
    target = pick(places(world, node), event.other)
    _bulk(world, "move", [node], chooser=target.pk)
    return True
