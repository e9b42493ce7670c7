"""Places of a peer: only by rule, read-only, less exactly at once, more exactly never by themselves."""

from typing import Any

import pytest
from django.db import connection, transaction

from equalcity.publication.models import Outgoing
from equalcity.replication.models import HeldItem, Peer, Replica
from safespace_map.models import SafeSpacePage
from tests.equalcity.replication.conftest import Ours, Pull
from tests.equalcity.replication.upstream import Upstream
from tests.factories import UserFactory, make_tree
from tests.factories.map import make_map
from tests.safespace_map.test_lowering import stored

pytestmark = pytest.mark.django_db
EXACT, AREA = "open-door-counter", "the-lantern-room"
NOTHING = {"street": "", "postal_code": "", "way_there": "", "latitude": None, "longitude": None}


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Any) -> None:
    settings.EQUALCITY_HOME = tmp_path


@pytest.fixture
def partner(upstream: Upstream, db: None, request: pytest.FixtureRequest) -> Upstream:
    """The partner has a map with places of each precision; this instance has its homes only."""
    with transaction.atomic():
        make_map(make_tree())
        upstream.take_feed()
        transaction.set_rollback(True)
    connection.run_on_commit.clear()
    request.getfixturevalue("ours")
    return upstream


@pytest.fixture
def followed(peer: Peer) -> Peer:
    peer.with_places = True
    peer.save()
    return peer


def place(slug: str) -> SafeSpacePage:
    return SafeSpacePage.objects.get(slug=slug)


def test_places_stay_away_without_a_rule(partner: Upstream, peer: Peer, pull_once: Pull) -> None:
    pull_once()
    assert not SafeSpacePage.objects.exists()
    assert Replica.objects.filter(type="safespace_map.SafeSpaceIndexPage").exists()
    assert not HeldItem.objects.exists()
    peer.refresh_from_db()
    peer.with_places = True
    peer.save()
    pull_once()
    assert SafeSpacePage.objects.count() == 3


def test_they_arrive_as_drafts_that_leave_by_themselves_and_cannot_be_edited(
    partner: Upstream, followed: Peer, pull_once: Pull
) -> None:
    pull_once()
    page = place(EXACT)
    assert not page.live
    assert page.expire_at is not None
    assert page.expire_at.date() > page.check_again_by
    form_class = SafeSpacePage.get_edit_handler().get_form_class()
    form = form_class(instance=page, for_user=UserFactory(is_superuser=True))
    assert all(field.disabled for field in form.fields.values())


def test_lowered_there_is_lowered_here_at_once(partner: Upstream, followed: Peer, pull_once: Pull) -> None:
    pull_once()
    page = place(EXACT)
    page.get_latest_revision().publish()
    partner.edit(EXACT, **NOTHING, precision="area")
    pull_once()
    page.refresh_from_db()
    assert (page.live, page.precision, page.street, page.latitude) == (True, "area", "", None)
    assert [text for _table, _column, text in stored() if "12 Example Street" in text] == []
    assert Outgoing.objects.filter(key=page.translation_key).exists()


def test_raised_there_is_a_proposal_here(partner: Upstream, followed: Peer, pull_once: Pull, ours: Ours) -> None:
    pull_once()
    there = {"precision": "exact", "street": "9 Newly Told Way", "latitude": "50.11111", "longitude": "4.11111"}
    partner.edit(AREA, **there, summary="And a new word")
    pull_once()
    page = place(AREA)
    draft = page.get_latest_revision_as_object()
    assert (page.precision, draft.precision, draft.street, draft.summary) == ("area", "area", "", "And a new word")
    assert Replica.objects.get(object_id=page.pk).proposal == "raise"
    assert [text for _table, _column, text in stored() if "Newly Told" in text or "50.11111" in text] == []


def test_another_peer_has_no_say(partner: Upstream, followed: Peer, pull_once: Pull) -> None:
    pull_once()
    other = Peer.objects.create(name="Other", url="https://other.example", with_places=True)
    Replica.objects.update(peer=other)
    partner.edit(EXACT, **NOTHING, precision="phone", district=None)
    pull_once()
    assert place(EXACT).precision == "exact"


def test_a_recall_takes_every_language_off(partner: Upstream, followed: Peer, pull_once: Pull) -> None:
    pull_once()
    page = place(EXACT)
    page.get_latest_revision().publish()
    partner.withdraw(EXACT, state="recalled")
    pull_once()
    page.refresh_from_db()
    assert not page.live
    assert Outgoing.objects.filter(key=page.translation_key, why="recalled").exists()
