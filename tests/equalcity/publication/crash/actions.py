"""What staff and the jobs do, each through the same door as in real life: the CMS, a command, or our own verbs."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.core.management import call_command
from django.test import Client
from wagtail.models import Page
from wagtail_localize.models import Translation

from equalcity.core.models import City
from equalcity.publication import journal, marks
from equalcity.publication.recall import recall
from equalcity.replication.importer import take
from equalcity.replication.models import Replica
from equalcity.replication.schema import FeedItem
from equalcity.translation.publish import publish as publish_translation
from safespace_map.lowering import lower
from safespace_map.models import SafeSpacePage
from tests.equalcity.publication.crash.world import practice, staff
from tests.factories import locale

World = dict[str, Any]
FOUND = (HTTPStatus.FOUND,)
COMMENTS = {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}


def nothing(world: World) -> None:
    """No preparation is needed."""


@dataclass(frozen=True)
class Action:
    """`before` is done in peace, `act` until it is killed; what is done `again` later on brings it to its end."""

    act: Callable[[World], None]
    before: Callable[[World], None] = nothing
    again: Callable[[World], None] | None = None


def _post(client: Client, path: str, data: dict[str, Any], expected: tuple[int, ...] = FOUND) -> None:
    response = client.post(path, data)
    assert response.status_code in expected, (path, response.status_code, response.content[:3000])


def create(world: World) -> None:
    form = {"title": "New", "slug": "new", "summary": "", "introduction": "", "body-count": "0", **COMMENTS}
    _post(staff(world), f"/cms/pages/add/home/standardpage/{world['home']}/", {**form, "action-publish": "1"})


def publish_an_edit(world: World) -> None:
    form = {
        "title": "About us",
        "slug": "about-us",
        "summary": "New.",
        "introduction": "",
        "body-count": "0",
        **COMMENTS,
    }
    _post(staff(world), f"/cms/pages/{world['about']}/edit/", {**form, "action-publish": "1"})


def publish_with_an_alias(world: World) -> None:
    page = practice(world["practices"][1])
    page.title, page.summary = "A warmer handover", "Warmer."
    page.save_revision().publish()


def unpublish(world: World) -> None:
    _post(staff(world), f"/cms/pages/{world['practices'][1]}/unpublish/", {})


def unpublish_by_code(world: World) -> None:
    """A page that has an alias, and a version that would go live later: the CMS locks it, a recall does not ask."""
    practice(world["due"][1]).unpublish()


def unpublish_a_section(world: World) -> None:
    _post(staff(world), f"/cms/pages/{world['index']}/unpublish/", {"include_descendants": "on"})


def move(world: World) -> None:
    _post(staff(world), f"/cms/pages/{world['index']}/move/{world['home']}/confirm/", {})


def rename(world: World) -> None:
    page = Page.objects.get(pk=world["toolbox"]).specific
    page.slug = "renamed"
    page.save_revision().publish()


def restrict(world: World) -> None:
    path = f"/cms/pages/{world['toolbox']}/privacy/"
    _post(staff(world), path, {"restriction_type": "login"}, (HTTPStatus.OK,))


def lift(world: World) -> None:
    path = f"/cms/pages/{world['closed']}/privacy/"
    _post(staff(world), path, {"restriction_type": "none"}, (HTTPStatus.OK,))


def delete(world: World) -> None:
    _post(staff(world), f"/cms/pages/{world['index']}/delete/", {"next": "/cms/"})


def delete_by_code(world: World) -> None:
    practice(world["practices"][1]).delete()


def copy_what_is_closed(world: World) -> None:
    form = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": world["toolbox"]}
    also = {"copy_subpages": "on", "publish_copies": "on", "alias": ""}
    _post(staff(world), f"/cms/pages/{world['closed']}/copy/", {**form, **also})


def translate(world: World) -> None:
    draft = Page.objects.get(pk=world["draft_translation"])
    publish_translation(Translation.objects.get(source__object_id=draft.translation_key, target_locale=draft.locale))


def alias(world: World) -> None:
    practice(world["practices"][0]).copy_for_translation(locale("ar"), copy_parents=True, alias=True)


def term(world: World) -> None:
    form = {
        "code": "brussels", "name": "Brussels-Capital", "description": "", "sort_order": "0", "country": "BE",
        "timezone": "Europe/Brussels", "accent": "brussels", "helpline": "", "helpline_name": "",
    }  # fmt: skip
    _post(staff(world), f"/cms/snippets/core/city/edit/{world['city']}/", form)


def term_by_code(world: World) -> None:
    city = City.objects.get(pk=world["city"])
    city.name = "Brussels-Capital"
    city.save()


def bulk_publish(world: World) -> None:
    chosen = "&".join(f"id={pk}" for pk in world["bulk"])
    _post(staff(world), f"/cms/bulk/wagtailcore/page/publish/?{chosen}", {})


def publish_scheduled(world: World) -> None:
    call_command("publish_scheduled", verbosity=0)


def rename_unrecorded(world: World) -> None:
    with marks.recording_postponed():
        rename(world)


def restrict_unrecorded(world: World) -> None:
    with marks.recording_postponed():
        restrict(world)


def worker(world: World) -> None:
    call_command("record_publications", verbosity=0)


def lower_a_place(world: World) -> None:
    journal.path().unlink(missing_ok=True)  # of the process that was killed before
    lower(SafeSpacePage.objects.get(pk=world["place"]), "area")


def recall_what_has_pages_below(world: World) -> None:
    journal.path().unlink(missing_ok=True)
    recall(SafeSpacePage.objects.get(pk=world["place"]).get_parent().translation_key)


def delete_a_place_and_what_it_is_below(world: World) -> None:
    SafeSpacePage.objects.get(pk=world["place"]).get_parent().specific.delete()


def recall_what_was_deleted(world: World) -> None:
    journal.path().unlink(missing_ok=True)
    recall(uuid.UUID(world["organisation_key"]))


def apply_journal(world: World) -> None:
    """What every start of the site does."""
    call_command("apply_journal", verbosity=0)


def pull_a_recall(world: World) -> None:
    """A partner takes back a page that it gave us."""
    replica = Replica.objects.get(pk=world["replica"])
    told = FeedItem(
        seq=1, key=replica.peer_key, locale=replica.locale, type=replica.type, schema=1, state="recalled",
        origin_instance=replica.origin_instance, origin_key=replica.origin_key, parent=None, children=(), etag="",
        source=None, raw={},
    )  # fmt: skip
    take(replica.peer, told)


ACTIONS = {
    "create and publish": Action(create),
    "publish an edit": Action(publish_an_edit),
    "publish a page with an alias": Action(publish_with_an_alias),
    "unpublish": Action(unpublish),
    "unpublish by code": Action(unpublish_by_code),
    "unpublish a section": Action(unpublish_a_section),
    "move": Action(move),
    "rename": Action(rename),
    "restrict an ancestor": Action(restrict),
    "lift a restriction": Action(lift),
    "delete a section": Action(delete),
    "delete by code": Action(delete_by_code),
    "copy what is closed": Action(copy_what_is_closed),
    "publish a translation": Action(translate),
    "make an alias": Action(alias),
    "change a term": Action(term),
    "change a term by code": Action(term_by_code),
    "publish several": Action(bulk_publish),
    "publish what is scheduled": Action(publish_scheduled, again=publish_scheduled),
    "the worker's round after a rename": Action(worker, before=rename_unrecorded, again=worker),
    "the worker's round after a restriction": Action(worker, before=restrict_unrecorded, again=worker),
    "lower a place": Action(lower_a_place, again=apply_journal),
    "recall a page and what is below": Action(recall_what_has_pages_below, again=apply_journal),
    "recall what was deleted": Action(
        recall_what_was_deleted, before=delete_a_place_and_what_it_is_below, again=apply_journal
    ),
    "a partner's recall": Action(pull_a_recall, again=pull_a_recall),
}
