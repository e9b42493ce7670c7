"""Recall: off the site and out of the feed in every language at once; partners hear of it and say so."""

import datetime
import re
import uuid
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client, TestCase
from django.utils import timezone
from wagtail.models import Page, Revision

from equalcity.api import keys
from equalcity.api.models import ApiKey
from equalcity.publication import feed, outbox
from equalcity.publication.models import Outgoing, Publication, Recalled
from equalcity.publication.recall import NothingToRecall, recall
from equalcity.publication.record import record
from safespace_map.checking import check, due
from safespace_map.models import SafeSpacePage
from safespace_map.places import places
from tests.factories import UserFactory, locale
from tests.factories.map import Map
from tests.factories.staff import sign_in

pytestmark = pytest.mark.django_db


def states(key: uuid.UUID) -> dict[str, str]:
    return {item.locale: item.state for item in feed.changes(None, limit=500).items if item.key == key}


def translated(safe_map: Map) -> Page:
    place = safe_map.exact
    place.copy_for_translation(locale("fr"), copy_parents=True).get_latest_revision().publish()
    place.copy_for_translation(locale("ar"), copy_parents=True, alias=True)
    record()
    return Page.objects.get(pk=place.pk)


def test_every_language_is_gone_when_it_returns(safe_map: Map, client: Client) -> None:
    place = translated(safe_map)
    urls = [page.url for page in Page.objects.filter(translation_key=place.translation_key)]
    assert recall(place.translation_key) == 3
    assert {client.get(url).status_code for url in urls} == {404}
    assert client.get(f"/api/v2/pages/{place.pk}/").status_code == 404
    assert "Open Door Counter" not in [one.title for code in ("en", "fr", "ar") for one in places(code)]
    # Without a worker, and without anything that waits for a commit.
    assert states(place.translation_key) == {"en": "recalled", "fr": "recalled"}
    record()
    assert states(place.translation_key) == {"en": "recalled", "fr": "recalled"}


def test_what_stands_below_goes_along(safe_map: Map) -> None:
    recall(safe_map.organisation.translation_key)
    assert places("en") == []
    assert set(states(safe_map.area.translation_key).values()) == {"recalled"}


def test_partners_hear_of_what_was_off_the_site_before(safe_map: Map) -> None:
    """They may still hold it: that it was withdrawn is theirs to decide on, that it was recalled is not."""
    Page.objects.get(pk=safe_map.exact.pk).specific.unpublish()
    record()
    before = feed.state().seq
    assert states(safe_map.exact.translation_key) == {"en": "withdrawn"}
    assert recall(safe_map.exact.translation_key) == 0
    assert states(safe_map.exact.translation_key) == {"en": "recalled"}
    assert Publication.objects.get(key=safe_map.exact.translation_key).seq > before
    assert set(Outgoing.objects.values_list("seq", flat=True)) == {feed.state().seq}
    # Said once.
    told = feed.state().seq
    recall(safe_map.exact.translation_key)
    assert feed.state().seq == told


def test_one_that_goes_alone_leaves_what_stands_below(safe_map: Map, journal_file: Path) -> None:
    before = transaction.savepoint()
    assert recall(safe_map.organisation.translation_key, alone=True) == 1
    assert len(places("en")) == 3
    transaction.savepoint_rollback(before)
    call_command("apply_journal", verbosity=0)
    assert states(safe_map.organisation.translation_key) == {"en": "recalled"}
    assert len(places("en")) == 3


def test_what_was_planned_does_not_bring_it_back(safe_map: Map) -> None:
    place = safe_map.exact
    place.go_live_at = timezone.now() + datetime.timedelta(hours=1)
    place.save_revision().publish()
    recall(place.translation_key)
    assert not Revision.page_revisions.exclude(approved_go_live_at=None).exists()


def test_who_publishes_it_again_may(safe_map: Map) -> None:
    place = safe_map.exact
    recall(place.translation_key)
    Page.objects.get(pk=place.pk).specific.save_revision().publish()
    record()
    assert states(place.translation_key) == {"en": "live"}
    Page.objects.get(pk=place.pk).specific.unpublish()
    record()
    assert states(place.translation_key) == {"en": "withdrawn"}
    assert not Recalled.objects.exists()


def test_a_check_does_not_bring_it_back(safe_map: Map) -> None:
    """Nor one that had left the map by itself before: whoever presses “Checked today” publishes nothing."""
    place = safe_map.exact
    place.copy_for_translation(locale("ar"), copy_parents=True, alias=True)
    pages = Page.objects.filter(translation_key=place.translation_key)
    pages.update(live=False, expired=True)
    record()
    recall(place.translation_key)
    in_a_year = timezone.localdate() + datetime.timedelta(days=365)
    assert place.pk not in {one.place.pk for one in due(SafeSpacePage.objects.all(), in_a_year)}
    check(SafeSpacePage.objects.get(pk=place.pk))
    assert not pages.filter(live=True).exists()


def test_a_backup_does_not_bring_it_back(safe_map: Map, journal_file: Path) -> None:
    before = transaction.savepoint()
    recall(safe_map.area.translation_key)
    transaction.savepoint_rollback(before)
    assert len(places("en")) == 3
    call_command("apply_journal", verbosity=0)
    assert len(places("en")) == 2
    assert states(safe_map.area.translation_key) == {"en": "recalled"}
    assert journal_file.stat().st_mode & 0o077 == 0
    # Published again on purpose, it stays.
    Page.objects.get(pk=safe_map.area.pk).specific.save_revision().publish()
    call_command("apply_journal", verbosity=0)
    record()
    assert len(places("en")) == 3


def test_a_partner_confirms_by_asking_for_what_comes_after(safe_map: Map, client: Client) -> None:
    key, token = keys.issue("City of Ghent", ApiKey.Scope.FEED, None)
    keys.issue("Never came", ApiKey.Scope.FEED, None)
    headers = {"authorization": f"Bearer {token}"}
    cursor = client.get("/api/v2/changes/?limit=500", headers=headers).json()["next"]
    client.get(f"/api/v2/changes/?after={cursor}", headers=headers)
    recall(safe_map.exact.translation_key)
    outbox.deliver()
    waiting = Outgoing.objects.filter(channel="partner")
    assert [(row.name, row.confirmed_at) for row in waiting] == [(key.prefix, None)]
    cursor = client.get(f"/api/v2/changes/?after={cursor}", headers=headers).json()["next"]
    outbox.deliver()
    assert waiting.get().confirmed_at is None
    client.get(f"/api/v2/changes/?after={cursor}")
    outbox.deliver()
    assert waiting.get().confirmed_at is None
    client.get(f"/api/v2/changes/?after={cursor}", headers=headers)
    outbox.deliver()
    assert waiting.get().confirmed_at is not None


def test_staff_are_mailed_without_a_word_of_the_page(safe_map: Map) -> None:
    UserFactory(is_superuser=True, email="chief@example.org")
    with TestCase.captureOnCommitCallbacks(execute=True):
        recall(safe_map.exact.translation_key)
    (sent,) = mail.outbox
    assert sent.to == ["chief@example.org"]
    assert "/cms/taken-back/" in sent.body
    assert safe_map.exact.title not in sent.subject + sent.body


def test_the_command(safe_map: Map, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("recall", str(safe_map.exact.translation_key))
    assert re.fullmatch(r"1 pages are off the site; \d+ confirmations wait\.\n", capsys.readouterr().out)
    for wrong in ("nonsense", str(uuid.uuid4())):
        with pytest.raises(CommandError):
            call_command("recall", wrong)
    with pytest.raises(NothingToRecall):
        recall(uuid.uuid4())


def test_the_screen(safe_map: Map) -> None:
    client = sign_in(Client(), UserFactory(is_superuser=True))
    address = f"/cms/recall/{safe_map.exact.pk}/"
    assert "Recall it now" in client.get(address).content.decode()
    assert Page.objects.get(pk=safe_map.exact.pk).live
    assert address in client.get(f"/cms/pages/{safe_map.exact.pk}/edit/").content.decode()
    assert client.post(address).status_code == 302
    assert not Page.objects.get(pk=safe_map.exact.pk).live
    shown = client.get("/cms/taken-back/").content.decode()
    assert safe_map.exact.title in shown
    assert "not yet" in shown
    assert Client().post(address).status_code == 302
    assert Publication.objects.filter(state="recalled").count() == 1
