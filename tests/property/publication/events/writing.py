"""Drafts, versions, times: what editors do to one page."""

import datetime
from dataclasses import replace
from typing import Any

from django.core.management import call_command
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page

from equalcity.core.models import City
from equalcity.translation.tree import make_aliases
from home.models import StandardPage
from tests.property.publication.events.choosing import Event, event, is_home, latest, nodes, own, pick, stored
from tests.property.publication.events.copying import alias
from tests.property.publication.model import Draft, Node
from tests.property.publication.world import World
from toolbox_pages.models import BestPracticePage

HOUR = datetime.timedelta(hours=1)


@event
def create(world: World, event: Event) -> bool:
    """A new page, published or left as a draft; where a language follows, it gets aliases as in the CMS."""
    allowed = {"homepage", "bestpracticeindexpage"}
    parent = pick(nodes(world, lambda node: world.model.rows[node.pk].type in allowed), event.page)
    if parent is None:
        return False
    above = stored(parent)
    word = world.word()
    if world.model.rows[parent.pk].type == "homepage":
        page: Any = StandardPage(title=word, slug=world.slug(), show_in_menus=True)
    else:
        page = BestPracticePage(title=word, slug=world.slug(), city=City.objects.get(pk=world.city))
    page.live, page.locale = False, above.locale
    world.write(page, word, event.other // 2)
    above.add_child(instance=page)
    revision = page.save_revision()
    is_published = event.other % 2 == 0
    if is_published:
        revision.publish()
    make_aliases(Page.objects.get(pk=page.pk).specific)
    world.look()
    world.model.adopt(world.model.rows[page.pk], word=word, live=is_published)
    world.model.adopt_aliases(above.locale.language_code)
    return True


@event
def edit(world: World, event: Event) -> bool:
    """A draft, and nothing else."""
    node = pick(nodes(world, own), event.page)
    page = latest(node)
    word = world.word()
    world.write(page, word, event.other)
    page.save_revision()
    node.draft = replace(node.draft, word=word)
    return True


@event
def publish(world: World, event: Event) -> bool:
    """A new version, without times."""
    node = pick(nodes(world, own), event.page)
    _publish(world, node, Draft(world.word()), event.other)
    return True


def _publish(world: World, node: Node, version: Draft, picture: int | None = None) -> None:
    page = latest(node)
    if version.word != node.draft.word:
        world.write(page, version.word, picture)
    page.go_live_at, page.expire_at = version.go_live_at, version.expire_at
    page.save_revision().publish()
    node.draft = version
    world.model.publish(node, version, world.now())


@event
def publish_again(world: World, event: Event) -> bool:
    """The latest version as it is: unchanged, or the draft that was waiting."""
    node = pick(nodes(world, own), event.page)
    page = stored(node)
    revision = page.get_latest_revision()
    if revision is None:
        return False
    revision.publish()
    world.model.publish(node, node.draft, world.now())
    return True


@event
def schedule(world: World, event: Event) -> bool:
    """A version for later; now and then for a time that has passed, which is now."""
    node = pick(nodes(world, own), event.page)
    ahead = HOUR * (event.other % 3 + 1) if event.other % 4 else -HOUR
    _publish(world, node, Draft(world.word(), go_live_at=world.now() + ahead), event.other)
    return True


@event
def schedule_new(world: World, event: Event) -> bool:
    """A page that never was public gets its time, with aliases that stand ready."""
    parent = pick(nodes(world, lambda node: world.model.rows[node.pk].type == "bestpracticeindexpage"), event.page)
    if parent is None or not create(world, replace(event, page=_place(world, parent), other=1)):
        return False
    made = max(node.pk for node in nodes(world, own))
    if event.other % 2:
        alias(world, replace(event, page=_number(world, made), other=0))
    _publish(world, world.model.nodes[made], Draft(world.word(), go_live_at=world.now() + HOUR))
    return True


def _number(world: World, pk: int) -> int:
    return [node.pk for node in nodes(world, lambda node: not is_home(world, node))].index(pk)


def _place(world: World, parent: Node) -> int:
    allowed = {"homepage", "bestpracticeindexpage"}
    return nodes(world, lambda node: world.model.rows[node.pk].type in allowed).index(parent)


@event
def expire(world: World, event: Event) -> bool:
    """What is there gets an end; now and then one that has passed."""
    node = pick(nodes(world, own), event.page)
    ahead = HOUR * (event.other % 3 + 1) if event.other % 4 else -HOUR
    _publish(world, node, Draft(node.draft.word, expire_at=world.now() + ahead))
    return True


@event
def pass_time(world: World, event: Event) -> bool:
    """Hours go by and no job runs."""
    world.clock.ahead += HOUR * (event.other % 3 + 1)
    return True


@event
def run_calendar(world: World, event: Event) -> bool:
    """The periodic job, after some time or none."""
    world.clock.ahead += HOUR * (event.other % 3)
    call_command("publish_scheduled")
    world.model.run_calendar(world.now())
    return True


@event
def unpublish(world: World, event: Event) -> bool:
    """One page; through its own type, or as jobs do through `Page`."""
    # What is on the calendar is locked: nobody can take it offline before it is taken off the calendar.
    node = pick(nodes(world, lambda node: node.live and node.scheduled is None), event.page)
    if node is None:
        return False
    page = stored(node) if event.other % 2 else Page.objects.get(pk=node.pk)
    page.unpublish(user=world.user)
    world.model.unpublish(node)
    return True


@event
def unpublish_below(world: World, event: Event) -> bool:
    """A section with all that stands below it."""
    sections = nodes(world, lambda node: node.live and node.scheduled is None and bool(world.model.children(node)))
    node = pick(sections, event.page)
    if node is None:
        return False
    UnpublishPageAction(stored(node), user=world.user, include_descendants=True).execute()
    for one in world.model.below(node):
        if one.scheduled is None:
            world.model.unpublish(one)
    return True
