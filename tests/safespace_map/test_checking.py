"""Checks: told once, done with one press in every language, and a number that did not work counts for nobody."""

import datetime
import uuid
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from equalcity.publication.record import record
from safespace_map.checking import check, due, remind
from safespace_map.dead_numbers import MOST
from safespace_map.freshness import State
from safespace_map.models import DeadNumber, SafeSpacePage
from safespace_map.places import places
from tests.factories import UserFactory, locale
from tests.factories.map import Map
from tests.factories.staff import sign_in

pytestmark = pytest.mark.django_db
TOLD = "/en/safe-spaces/number-did-not-work/"
OUR_OWN = {"sec-fetch-site": "same-origin"}


def age(place: SafeSpacePage, days: int) -> SafeSpacePage:
    """Let the day of the next check lie so many days back."""
    today = timezone.localdate()
    place = SafeSpacePage.objects.get(pk=place.pk)
    place.checked_on, place.check_again_by = (
        today - datetime.timedelta(days=days + 60),
        today - datetime.timedelta(days),
    )
    place.save_revision().publish()
    return SafeSpacePage.objects.get(pk=place.pk)


def states() -> dict[str, State]:
    return {one.place.title: one.state for one in due(SafeSpacePage.objects.all(), timezone.localdate())}


def test_what_is_due(safe_map: Map) -> None:
    assert states() == {}
    age(safe_map.exact, -10)
    age(safe_map.area, 3)
    age(safe_map.phone, 20)
    call_command("publish_scheduled", verbosity=0)
    assert states() == {
        "Open Door Counter": State.DUE, "The Lantern Room": State.STALE, "Night Line": State.GONE,
    }  # fmt: skip


def test_checked_today_counts_in_every_language_and_publishes_nothing_else(safe_map: Map) -> None:
    place = age(safe_map.area, 20)
    place.copy_for_translation(locale("fr"), copy_parents=True).get_latest_revision().publish()
    place.copy_for_translation(locale("ar"), copy_parents=True, alias=True)
    before, place.summary = place.summary, "Not for readers yet"
    place.save_revision()
    call_command("publish_scheduled", verbosity=0)
    record()
    assert "The Lantern Room" not in [one.title for code in ("en", "fr", "ar") for one in places(code)]
    again = check(SafeSpacePage.objects.get(pk=place.pk))
    record()
    assert again == timezone.localdate() + datetime.timedelta(days=60)
    for code in ("en", "fr", "ar"):
        (shown,) = [one for one in places(code) if one.title == "The Lantern Room"]
        assert (shown.checked_on, shown.check_again_by, shown.summary) == (timezone.localdate(), again, before)
    draft = Page.objects.get(pk=place.pk).specific.get_latest_revision_as_object()
    assert (draft.summary, draft.check_again_by) == ("Not for readers yet", again)


def test_staff_are_told_once(safe_map: Map) -> None:
    UserFactory(is_superuser=True, email="chief@example.org")
    age(safe_map.exact, -10)
    age(safe_map.area, 3)
    today = timezone.localdate()
    assert (remind(today), remind(today)) == (2, 0)
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["chief@example.org"], "2 safe spaces are due for a check")
    assert "Lantern" not in sent.body
    assert remind(today + datetime.timedelta(days=12)) == 2


def test_the_screens(safe_map: Map) -> None:
    age(safe_map.area, 3)
    client = sign_in(Client(), UserFactory(is_superuser=True))
    for address in ("/cms/", "/cms/safe-spaces/checks/"):
        assert "The Lantern Room" in client.get(address).content.decode()
    assert client.post(f"/cms/safe-spaces/{safe_map.area.pk}/checked/").status_code == 302
    assert states() == {}
    assert Client().post(f"/cms/safe-spaces/{safe_map.exact.pk}/checked/").status_code == 302


def tell(client: Client, phone: Any, **headers: str) -> Any:
    return client.post(TOLD, {"phone": str(phone)}, headers=headers or OUR_OWN)


def test_a_number_that_did_not_work(safe_map: Map, client: Client) -> None:
    phone = safe_map.exact.phones.get().translation_key
    told = [tell(client, phone) for _ in range(2)]
    assert {(one.status_code, one.headers["Location"]) for one in told} == {(303, TOLD)}
    assert list(DeadNumber.objects.values_list("phone", "day", "count")) == [(phone, timezone.localdate(), 2)]
    thanks = client.get(TOLD)
    assert (thanks.status_code, thanks.cookies) == (200, {})
    staff = sign_in(Client(), UserFactory(is_superuser=True)).get("/cms/safe-spaces/checks/").content.decode()
    assert "+00 0000 0101" in staff


def test_the_answer_tells_nothing(safe_map: Map, client: Client) -> None:
    hidden = safe_map.area.phones.get().translation_key
    SafeSpacePage.objects.filter(pk=safe_map.area.pk).update(live=False)
    phone = safe_map.exact.phones.get().translation_key
    answers = [tell(client, one) for one in (phone, hidden, uuid.uuid4(), "nonsense", "")]
    assert len({(one.status_code, one.content, tuple(sorted(one.headers.items()))) for one in answers}) == 1
    assert DeadNumber.objects.count() == 1


def test_other_sites_cannot_tell_and_nobody_floods(safe_map: Map, client: Client) -> None:
    phone = safe_map.exact.phones.get().translation_key
    assert tell(client, phone, **{"sec-fetch-site": "cross-site"}).status_code == 403
    for _ in range(MOST + 5):
        assert tell(client, phone).status_code == 303
    assert DeadNumber.objects.get().count == MOST


def test_it_is_kept_for_thirty_days(safe_map: Map) -> None:
    today = timezone.localdate()
    for days in (29, 30, 31, 90):
        DeadNumber.objects.create(phone=uuid.uuid4(), day=today - datetime.timedelta(days), count=1)
    call_command("remind_checks", verbosity=0)
    assert DeadNumber.objects.count() == 2
