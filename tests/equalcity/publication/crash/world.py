"""The site on which processes are killed: a bit of everything that a change can reach."""

import datetime
import uuid
from collections.abc import Callable
from typing import Any

from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Revision

from equalcity.publication import marks
from equalcity.publication.record import record
from equalcity.replication.models import Peer, Replica
from equalcity.translation.translate import write_translation
from safespace_map.models import SafeSpacePage
from tests.factories import (
    BestPracticeIndexPageFactory,
    BestPracticePageFactory,
    StandardPageFactory,
    Tree,
    UserFactory,
    locale,
    make_tree,
)
from tests.factories.map import make_map
from tests.factories.staff import sign_in
from toolbox_pages.models import BestPracticePage, RelatedPage

COOKIE = "sessionid"
STREET = "47 Quillon Marsh Lane"


def make_world() -> dict[str, Any]:
    """Fill a migrated database; return the ids by which actions find what they change."""
    tree = make_tree()
    for page in (tree.about, tree.toolbox, tree.index, *tree.practices):
        page.save_revision().publish()
    closed = _closed_section(tree)
    french, draft = _translations(tree)
    alias = _fresh(tree.practices[1]).copy_for_translation(locale("ar"), copy_parents=True, alias=True)
    bulk = [_draft(tree, f"Bulk {number}") for number in (1, 2, 3)]
    due = _due(tree)
    with marks.recording_postponed():  # rows that the factories add to a saved page mark nothing
        place = _place(tree)
    replica = _replica(tree.practices[0])
    record()
    client = sign_in(Client(), UserFactory(is_superuser=True))
    return {
        "home": tree.home.pk,
        "arabic_home": tree.homes["ar"].pk,
        "about": tree.about.pk,
        "toolbox": tree.toolbox.pk,
        "index": tree.index.pk,
        "practices": [page.pk for page in tree.practices],
        "closed": closed,
        "french": french,
        "draft_translation": draft,
        "alias": alias.pk,
        "bulk": bulk,
        "due": due,
        "place": place,
        "organisation_key": str(Page.objects.get(pk=place).get_parent().translation_key),
        "replica": replica,
        "city": tree.city.pk,
        "session": client.cookies[COOKIE].value,
    }


def staff(world: dict[str, Any]) -> Client:
    client = Client()
    client.cookies[COOKIE] = world["session"]
    return client


def _fresh(page: Page) -> Any:
    return type(page).objects.get(pk=page.pk)


def _closed_section(tree: Tree) -> int:
    """A section with a restriction, and a page below it that is live and hidden."""
    section = BestPracticeIndexPageFactory(parent=tree.toolbox, title="Closed section")
    PageViewRestriction.objects.create(page=section, restriction_type=PageViewRestriction.LOGIN)
    BestPracticePageFactory(parent=section, city=tree.city, title="Behind the door")
    return int(section.pk)


def _translations(tree: Tree) -> tuple[int, int]:
    """A French practice that is published, and one that waits for its publication."""

    def written(title: str) -> Callable[[Page], None]:
        def fill(page: Any) -> None:
            page.title, page.slug, page.summary = title, title.lower().replace(" ", "-"), "En bref."
            page.context, page.aim = "<p>Contexte.</p>", "<p>But.</p>"

        return fill

    published = write_translation(tree.practices[0], locale("fr"), written("Premier titre"), publish=True)
    draft = write_translation(tree.practices[2], locale("fr"), written("Titre du brouillon"), publish=False)
    return int(published.pk), int(draft.pk)


def _draft(tree: Tree, title: str) -> int:
    page = BestPracticePageFactory(parent=tree.index, city=tree.city, title=title, live=False)
    _fresh(page).save_revision()
    return int(page.pk)


def _due(tree: Tree) -> list[int]:
    """A page to go live now, a live one whose next version is due, and one whose time has run out."""
    past = timezone.now() - datetime.timedelta(minutes=5)
    soon = timezone.now() + datetime.timedelta(hours=1)
    new = StandardPageFactory(parent=tree.home, title="Due for the first time", live=False)
    known = BestPracticePageFactory(parent=tree.index, city=tree.city, title="Known title")
    _fresh(known).save_revision().publish()
    _fresh(known).copy_for_translation(locale("ar"), copy_parents=True, alias=True)
    for page, title in ((new, "Due for the first time"), (known, "Due title")):
        later = _fresh(page)
        later.title, later.go_live_at = title, soon
        later.save_revision().publish()
    for revision in Revision.objects.exclude(approved_go_live_at=None):
        revision.content["go_live_at"] = past.isoformat()
        revision.approved_go_live_at = past
        revision.save()
    expired = StandardPageFactory(parent=tree.home, title="Past its time")
    _fresh(expired).save_revision().publish()
    Page.objects.filter(pk=expired.pk).update(expire_at=past)
    return [int(page.pk) for page in (new, known, expired)]


def _place(tree: Tree) -> int:
    """A place whose address stands in its title, too, with an alias, and named by a practice."""
    page = make_map(tree).exact
    page.street, page.title, page.slug = STREET, f"Heron at {STREET}", "heron-quillon-marsh-lane-47"
    page.save_revision().publish()
    place = SafeSpacePage.objects.get(pk=page.pk)
    place.copy_for_translation(locale("ar"), copy_parents=True, alias=True)
    naming = BestPracticePageFactory(parent=tree.index, city=tree.city, title="Names the place")
    naming.related_pages = [RelatedPage(target=place, locale=naming.locale)]
    naming.save()
    naming.save_revision().publish()
    return int(place.pk)


def _replica(page: Page) -> int:
    """Let a page be one that a peer gave us."""
    peer = Peer.objects.create(name="A partner", url="https://partner.example")
    return Replica.objects.create(
        peer=peer,
        origin_instance=uuid.uuid4(),
        origin_key=uuid.uuid4(),
        locale=page.locale.language_code,
        type="toolbox_pages.BestPracticePage",
        object_id=page.pk,
        local_key=page.translation_key,
        peer_key=uuid.uuid4(),
    ).pk


def practice(pk: int) -> BestPracticePage:
    page: BestPracticePage = BestPracticePage.objects.get(pk=pk)
    return page
