"""Walls around a page or a section."""

from wagtail.models import Page, PageViewRestriction

from tests.property.publication.events.choosing import Event, Fitting, event, nodes, pick
from tests.property.publication.world import World


@event
def restrict(world: World, event: Event) -> bool:
    return _restrict(world, nodes(world, lambda node: not node.restricted and not world.model.children(node)), event)


@event
def restrict_section(world: World, event: Event) -> bool:
    """A page with pages below it."""
    fits = nodes(world, lambda node: not node.restricted and bool(world.model.children(node)))
    return _restrict(world, fits, event)


def _restrict(world: World, fits: Fitting, event: Event) -> bool:
    node = pick(fits, event.page)
    if node is None:
        return False
    kinds = (PageViewRestriction.LOGIN, PageViewRestriction.PASSWORD, PageViewRestriction.GROUPS)
    PageViewRestriction.objects.create(
        page=Page.objects.get(pk=node.pk), restriction_type=kinds[event.other % 3], password="secret"
    )
    node.restricted = True
    return True


@event
def lift(world: World, event: Event) -> bool:
    node = pick(nodes(world, lambda node: node.restricted), event.page)
    if node is None:
        return False
    for restriction in PageViewRestriction.objects.filter(page_id=node.pk):
        restriction.delete()
    node.restricted = False
    return True
