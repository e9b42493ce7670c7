"""Pages change their place or their address."""

from tests.property.publication.events.choosing import Event, event, is_home, nodes, own, pick, stored
from tests.property.publication.model import Draft, Node
from tests.property.publication.world import World

PARENTS = {
    "standardpage": {"homepage", "standardpage"},
    "toolboxpage": {"homepage"},
    "bestpracticeindexpage": {"toolboxpage", "homepage"},
    "bestpracticepage": {"bestpracticeindexpage"},
}


@event
def move(world: World, event: Event) -> bool:
    return _move(world, pick(movable(world), event.page), event.other)


def movable(world: World) -> list[Node]:
    return nodes(world, lambda node: bool(places(world, node)))


def places(world: World, node: Node) -> list[Node]:
    """Where a page of this type may go: in its own language, where its address is free."""
    model = world.model
    row = model.rows[node.pk]
    slug = row.url_path.rstrip("/").rpartition("/")[2]

    def fits(place: Node) -> bool:
        there = model.rows[place.pk]
        return (
            there.type in PARENTS.get(row.type, ())
            and there.locale == row.locale
            and there.path != row.parent_path
            and not there.path.startswith(row.path)
            and not any(one.url_path == f"{there.url_path}{slug}/" for one in model.rows.values())
        )

    return nodes(world, fits)


def _move(world: World, node: Node | None, place: int) -> bool:
    if node is None:
        return False
    target = pick(places(world, node), place)
    stored(node).move(stored(target), pos="last-child", user=world.user)
    return True


@event
def move_section(world: World, event: Event) -> bool:
    """A page with pages below it."""
    return _move(world, pick([node for node in movable(world) if world.model.children(node)], event.page), event.other)


@event
def reorder(world: World, event: Event) -> bool:
    """A page changes places with a sibling."""
    model = world.model

    def siblings(node: Node) -> list[Node]:
        path = model.rows[node.pk].parent_path
        return [one for one in nodes(world) if model.rows[one.pk].parent_path == path and one.pk != node.pk]

    node = pick(nodes(world, lambda node: not is_home(world, node) and bool(siblings(node))), event.page)
    if node is None:
        return False
    beside = pick(siblings(node), event.other // 4)
    stored(node).move(stored(beside), pos="left" if event.other % 4 < 2 else "right", user=world.user)
    return True


@event
def rename(world: World, event: Event) -> bool:
    """Another address for what is public; drafts are put aside."""
    node = pick(nodes(world, lambda node: own(node) and node.live and not is_home(world, node)), event.page)
    if node is None:
        return False
    page = stored(node)
    page.slug, page.go_live_at = world.slug(), None
    page.save_revision().publish()
    node.draft = Draft(node.word, expire_at=node.expire_at)
    world.model.publish(node, node.draft, world.now())
    return True
