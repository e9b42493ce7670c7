"""A page that was deleted in a hurry is recalled by its tombstone: partners still have it."""

import re
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.test import Client, TestCase
from wagtail.models import GroupPagePermission, Page, PageLogEntry

from equalcity.api import keys
from equalcity.api.models import ApiKey
from equalcity.core.models import User
from equalcity.publication import feed, journal, outbox
from equalcity.publication.models import Outgoing, Publication, Recalled
from equalcity.publication.recall import NothingToRecall, recall
from equalcity.publication.record import record
from tests.factories import UserFactory, locale
from tests.factories.map import Map
from tests.factories.safe_spaces import ExactPlaceFactory, OrganisationPageFactory
from tests.factories.staff import sign_in
from tests.safespace_map.test_recall import states, translated

pytestmark = pytest.mark.django_db


def delete(page: Page) -> uuid.UUID:
    """Delete a page as staff do; return its key. The worker has not come by."""
    key: uuid.UUID = page.translation_key
    Page.objects.get(pk=page.pk).specific.delete()
    return key


def publisher(page: Page, *codenames: str) -> User:
    group = Group.objects.create(name=f"Publishers of {page.title}")
    for permission in Permission.objects.filter(codename__in=codenames or ["change_page", "publish_page"]):
        GroupPagePermission.objects.create(group=group, page=page, permission=permission)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user = UserFactory()
    user.groups.add(group)
    return user


@pytest.mark.parametrize("recorded", [True, False])
def test_its_tombstones_say_it_in_every_language(safe_map: Map, journal_file: Path, recorded: bool) -> None:
    place = translated(safe_map)
    others = Page.objects.filter(translation_key=place.translation_key).exclude(pk=place.pk)
    for other in others.filter(alias_of=None):
        delete(other)
    key = delete(place)
    Page.objects.filter(translation_key=key).delete()
    if recorded:
        record()
        assert states(key) == {"en": "withdrawn", "fr": "withdrawn"}
    before = feed.state().seq
    assert recall(key, by="somebody") == 0
    assert states(key) == {"en": "recalled", "fr": "recalled"}
    rows = Publication.objects.filter(key=key)
    assert {row.original_id for row in rows} == {None}
    assert all(row.seq and row.seq > before for row in rows)
    assert [(one.act, one.key, one.to) for one in journal.entries()] == [("recall", key, "")]
    assert Recalled.objects.get().by == "somebody"
    assert set(Outgoing.objects.values_list("key", "why", "seq")) == {(key, "recalled", feed.state().seq)}
    record()
    assert states(key) == {"en": "recalled", "fr": "recalled"}
    told = feed.state().seq
    recall(key)
    assert feed.state().seq == told


def test_what_was_never_published_is_nothing(safe_map: Map, journal_file: Path) -> None:
    key = delete(ExactPlaceFactory(parent=safe_map.organisation, city=safe_map.exact.city, title="Not yet", live=False))
    record()
    with pytest.raises(NothingToRecall):
        recall(key)
    assert not journal_file.exists()


def test_where_one_language_was_deleted_the_others_go_along(safe_map: Map) -> None:
    place = translated(safe_map)
    key = delete(place)
    record()
    assert states(key) == {"en": "withdrawn", "fr": "live"}
    recall(key)
    assert states(key) == {"en": "recalled", "fr": "recalled"}
    assert not Page.objects.filter(translation_key=key, live=True).exists()


@pytest.mark.parametrize("recorded", [True, False])
def test_what_stood_below_goes_along(safe_map: Map, recorded: bool) -> None:
    """Not what had been moved away before, be it there or deleted since."""
    elsewhere = OrganisationPageFactory(parent=Page.objects.get(pk=safe_map.index.pk), title="Elsewhere")
    moved = {page.translation_key: page for page in (safe_map.area, safe_map.phone)}
    for page in moved.values():
        Page.objects.get(pk=page.pk).move(Page.objects.get(pk=elsewhere.pk), pos="last-child")
    record()
    delete(safe_map.phone)
    record()
    key = delete(safe_map.organisation)
    if recorded:
        record()
    recall(key)
    assert states(key) == states(safe_map.exact.translation_key) == {"en": "recalled"}
    assert states(safe_map.area.translation_key) == {"en": "live"}
    assert states(safe_map.phone.translation_key) == {"en": "withdrawn"}
    assert set(Recalled.objects.values_list("key", flat=True)) == {key, safe_map.exact.translation_key}


def test_what_stands_elsewhere_in_another_language_stays(safe_map: Map) -> None:
    place = translated(safe_map)
    french = Page.objects.get(translation_key=place.translation_key, locale=locale("fr"))
    elsewhere = OrganisationPageFactory(parent=french.get_parent().get_parent(), title="Ailleurs", locale=locale("fr"))
    french.move(elsewhere, pos="last-child")
    for page in (place, Page.objects.get(translation_key=place.translation_key, locale=locale("ar"))):
        delete(page)
    record()
    recall(safe_map.organisation.translation_key)
    assert states(place.translation_key) == {"en": "withdrawn", "fr": "live"}


def test_what_was_deleted_below_goes_along_with_a_living_page(safe_map: Map) -> None:
    delete(safe_map.exact)
    record()
    recall(safe_map.organisation.translation_key)
    assert states(safe_map.exact.translation_key) == states(safe_map.area.translation_key) == {"en": "recalled"}


def test_one_that_goes_alone_leaves_what_stood_below(safe_map: Map, journal_file: Path) -> None:
    key = delete(safe_map.organisation)
    record()
    recall(key, alone=True)
    assert states(key) == {"en": "recalled"}
    assert states(safe_map.exact.translation_key) == {"en": "withdrawn"}


@pytest.mark.parametrize("since", ["deleted", "published"])
def test_a_backup_does_not_bring_it_back(safe_map: Map, journal_file: Path, since: str) -> None:
    backup = transaction.savepoint()
    if since == "deleted":
        key = delete(safe_map.area)
        record()
        backup = transaction.savepoint()
    else:
        key = delete(safe_map.area)
    recall(key)
    transaction.savepoint_rollback(backup)
    assert states(key) == {"en": "withdrawn" if since == "deleted" else "live"}
    call_command("apply_journal", verbosity=0)
    assert states(key) == {"en": "recalled"}
    assert Outgoing.objects.filter(key=key, why="recalled").exists()


def test_a_partner_confirms_it(safe_map: Map, client: Client) -> None:
    key, token = keys.issue("City of Ghent", ApiKey.Scope.FEED, None)
    headers = {"authorization": f"Bearer {token}"}
    gone = delete(safe_map.exact)
    record()

    def after(cursor: str) -> dict[str, Any]:
        found: dict[str, Any] = client.get(f"/api/v2/changes/?limit=500&after={cursor}", headers=headers).json()
        return found

    cursor = client.get("/api/v2/changes/?limit=500", headers=headers).json()["next"]
    assert after(cursor)["items"] == []
    recall(gone)
    outbox.deliver()
    waiting = Outgoing.objects.filter(channel="partner")
    assert [(row.name, row.confirmed_at) for row in waiting] == [(key.prefix, None)]
    (told,) = after(cursor)["items"]
    assert (told["key"], told["state"], told["source"]) == (str(gone), "recalled", None)
    after(after(cursor)["next"])
    outbox.deliver()
    assert waiting.get().confirmed_at is not None


def test_it_is_mailed_to_who_may_publish_where_it_stood(safe_map: Map) -> None:
    publisher(safe_map.organisation).email = "nobody"
    near = User.objects.get()
    UserFactory(email="translator@example.org")
    key = delete(safe_map.exact)
    with TestCase.captureOnCommitCallbacks(execute=True):
        recall(key)
    (sent,) = mail.outbox
    assert sent.to == [near.email]
    assert "/cms/taken-back/" in sent.body
    assert safe_map.exact.title not in sent.subject + sent.body


def test_the_log_of_the_page_says_it(safe_map: Map) -> None:
    user = UserFactory()
    key = delete(safe_map.exact)
    recall(key, user=user)
    (entry,) = PageLogEntry.objects.filter(action="publication.recall")
    assert (entry.page_id, entry.label, entry.user, entry.deleted) == (
        safe_map.exact.pk,
        safe_map.exact.title,
        user,
        True,
    )


def test_the_command(safe_map: Map, capsys: pytest.CaptureFixture[str]) -> None:
    key = delete(safe_map.exact)
    call_command("recall", str(key))
    assert re.fullmatch(r"0 pages are off the site; \d+ confirmations wait\.\n", capsys.readouterr().out)
    assert states(key) == {"en": "recalled"}


def test_the_screens(safe_map: Map) -> None:
    """Before deleting, right after, and later on, staff find it."""
    place, key = safe_map.exact, safe_map.exact.translation_key
    client = sign_in(Client(), UserFactory(is_superuser=True))
    form = f"/cms/pages/{place.pk}/delete/"
    assert f"/cms/recall/{place.pk}/" in client.get(form).content.decode()
    assert client.get(f"/cms/recall/deleted/{key}/").status_code == 404
    address = f"/cms/recall/deleted/{key}/"
    with TestCase.captureOnCommitCallbacks(execute=True):
        shown = client.post(form, {}, follow=True).content.decode()
    assert address in shown
    assert states(key) == {"en": "withdrawn"}
    for where in ("/cms/taken-back/", "/cms/safe-spaces/checks/"):
        assert "/cms/recall/deleted/" in client.get(where).content.decode()
    listed = client.get("/cms/recall/deleted/").content.decode()
    assert address in listed
    assert place.title in listed
    assert "English" in listed
    asked = client.get(address).content.decode()
    assert place.title in asked
    assert "kept as a draft" not in asked
    assert states(key) == {"en": "withdrawn"}
    assert client.post(address).status_code == 302
    assert states(key) == {"en": "recalled"}
    assert place.title in client.get("/cms/taken-back/").content.decode()
    assert address not in client.get("/cms/recall/deleted/").content.decode()


def test_after_many_were_deleted_the_list_is_offered(safe_map: Map) -> None:
    client = sign_in(Client(), UserFactory(is_superuser=True))
    chosen = "&".join(f"id={page.pk}" for page in (safe_map.exact, safe_map.area))
    shown = client.post(f"/cms/bulk/wagtailcore/page/delete/?{chosen}&next=/cms/", {}, follow=True)
    assert not Page.objects.filter(pk=safe_map.exact.pk).exists()
    assert "/cms/recall/deleted/" in shown.content.decode()


def test_who_may_not_publish_there_may_not_recall_it(safe_map: Map) -> None:
    elsewhere = OrganisationPageFactory(parent=safe_map.index, title="Elsewhere")
    near, far = publisher(safe_map.organisation), publisher(elsewhere)
    editor = publisher(safe_map.index, "change_page", "add_page")
    key = delete(safe_map.exact)
    record()
    address = f"/cms/recall/deleted/{key}/"
    for user in (far, editor):
        client = sign_in(Client(), user)
        assert client.post(address).status_code == 302
        assert address not in client.get("/cms/recall/deleted/").content.decode()
        assert states(key) == {"en": "withdrawn"}
    assert Client().post(address).status_code == 302
    assert states(key) == {"en": "withdrawn"}
    client = sign_in(Client(), near)
    assert address in client.get("/cms/recall/deleted/").content.decode()
    assert client.post(address).status_code == 302
    assert states(key) == {"en": "recalled"}
    assert safe_map.exact.title in client.get("/cms/taken-back/").content.decode()
    assert safe_map.exact.title not in sign_in(Client(), far).get("/cms/taken-back/").content.decode()


def test_who_may_publish_one_language_recalls_all(safe_map: Map) -> None:
    place = translated(safe_map)
    user = publisher(safe_map.organisation)
    client = sign_in(Client(), user)
    assert client.post(f"/cms/recall/{place.pk}/").headers["location"] == "/cms/taken-back/"
    assert states(place.translation_key) == {"en": "recalled", "fr": "recalled"}
    assert {entry.user for entry in PageLogEntry.objects.filter(action="publication.recall")} == {user}


@pytest.mark.parametrize("off", ["unpublished", "locked"])
def test_what_is_off_the_site_or_locked_can_be_recalled_in_the_cms(safe_map: Map, off: str) -> None:
    page = Page.objects.get(pk=safe_map.exact.pk).specific
    if off == "unpublished":
        page.unpublish()
        record()
    else:
        Page.objects.filter(pk=page.pk).update(locked=True)
    client = sign_in(Client(), UserFactory(is_superuser=True))
    address = f"/cms/recall/{page.pk}/"
    assert address in client.get(f"/cms/pages/{page.pk}/edit/").content.decode()
    assert client.post(address).headers["location"] == "/cms/taken-back/"
    assert states(page.translation_key) == {"en": "recalled"}


def test_what_nobody_has_is_not_offered(safe_map: Map) -> None:
    draft = ExactPlaceFactory(parent=safe_map.organisation, city=safe_map.exact.city, title="Not yet", live=False)
    client = sign_in(Client(), UserFactory(is_superuser=True))
    for address in (f"/cms/pages/{draft.pk}/edit/", f"/cms/pages/{draft.pk}/delete/"):
        assert f"/cms/recall/{draft.pk}/" not in client.get(address).content.decode()
    shown = client.post(f"/cms/pages/{draft.pk}/delete/", {}, follow=True).content.decode()
    assert "/cms/recall/deleted/" not in shown


def test_a_list_of_many_asks_no_more(safe_map: Map, django_assert_max_num_queries: Any) -> None:
    client = sign_in(Client(), UserFactory(is_superuser=True))
    counts = []
    for page in (safe_map.exact, safe_map.area, safe_map.phone):
        delete(page)
        record()
        client.get("/cms/recall/deleted/")
        with django_assert_max_num_queries(100) as asked:
            client.get("/cms/recall/deleted/")
        counts.append(len(asked))
    assert len(set(counts)) == 1
