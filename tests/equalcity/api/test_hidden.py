"""Hidden is absent: what is hidden answers everywhere, to the last byte and header, like what never was.

Two worlds are asked the same some hundred things: one holds something hidden, the other never held it. Everything
that was never public must leave no trace at all, not even in numbers and times. What was public once leaves a
tombstone in the feed; there the world to compare with is the one in which it was deleted.
"""

import datetime
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import TestCase
from django.utils import timezone

from tests.equalcity.api.hidden import never_public, once_public
from tests.equalcity.api.hidden.asking import Answer, Ask, about, always, gets, kept, replay, unordered
from tests.equalcity.api.hidden.stage import WORD, Hidden, build, render_again, settle
from tests.factories import Tree

pytestmark = pytest.mark.django_db


def asked_of(conditions: tuple[Callable[..., Any], ...], ways: tuple[Callable[..., Any], ...]) -> list[Any]:
    """Return all ways; PostgreSQL, which has the predicate in SQL of its own, is asked once for each condition."""
    return [way if way in conditions else pytest.param(way, marks=pytest.mark.embedded) for way in ways]


# What lists pages, in JSON and HTML.
LISTS = ("/api/v2/pages/?", "/api/v2/search/", "/api/v2/images/", "/api/v2/documents/", "/en/", "/fr/", "/ar/")


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[Tree]:
    """A public site, in a transaction that ends with this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


class Without:
    """The world that never held what is hidden; each question is asked once."""

    def __init__(self, site: Tree) -> None:
        self.asks = always(site)
        self.known = replay(self.asks)

    def answers(self, asks: list[Ask]) -> dict[Ask, Answer]:
        self.known |= replay([ask for ask in asks if ask not in self.known])
        return {ask: self.known[ask] for ask in asks}


@pytest.fixture(scope="module")
def without(site: Tree, django_db_blocker: Any) -> Without:
    with django_db_blocker.unblock():
        return Without(site)


@pytest.mark.parametrize("way", asked_of(never_public.CONDITIONS, never_public.WAYS), ids=lambda way: way.__name__)
def test_what_was_never_public_leaves_no_trace(
    site: Tree,
    without: Without,
    way: Callable[[Tree], Hidden],
) -> None:
    before = transaction.savepoint()
    hidden = settle_after(lambda: way(site))
    render_again()
    asks = [*without.asks, *about(hidden)]
    found = replay(asks)
    transaction.savepoint_rollback(before)
    assert differing(found, without.answers(asks)) == []


def test_whoever_holds_the_answers_keeps_them(site: Tree, without: Without) -> None:
    """Every answer with an ETag is a 304 still when something hidden has come."""
    settle_after(lambda: never_public.drafts_with_aliases(site))
    held = replay(kept(without.known))
    assert len(held) > 100
    assert {one.status for one in held.values()} == {304}


@pytest.fixture(scope="module")
def once(site: Tree, without: Without, django_db_blocker: Any) -> Iterator[Hidden]:
    """What stands public beside the rest, until a test hides it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield once_public.shown(site)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def an_hour_later() -> Iterator[None]:
    """The clock stands still then: the feed says when something went."""
    then = timezone.now().replace(microsecond=0) + datetime.timedelta(hours=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: then)
        yield


@dataclass(frozen=True)
class Deleted:
    """What one hears of what was deleted."""

    asks: list[Ask]
    answers: dict[Ask, Answer]


@pytest.fixture(scope="module")
def deleted(site: Tree, once: Hidden, an_hour_later: None, django_db_blocker: Any) -> Deleted:
    with django_db_blocker.unblock():
        # The first two of the feed are others when the order is another.
        asks = [ask for ask in (*always(site), *about(once)) if "limit=2" not in ask.address]
        before = transaction.savepoint()
        settle_after(lambda: once_public.delete(once))
        answers = replay(asks)
        transaction.savepoint_rollback(before)
    return Deleted(asks, answers)


def test_what_was_public_was_to_be_seen(once: Hidden) -> None:
    """Else the tests below compare nothing with nothing."""
    found = replay(about(once)[:4])
    assert [one.status for one in found.values()] == [200] * 4
    assert all(WORD.encode() in one.body for one in found.values())


@pytest.mark.parametrize("way", asked_of(once_public.CONDITIONS, once_public.WAYS), ids=lambda way: way.__name__)
def test_what_was_public_once_is_as_if_deleted(once: Hidden, deleted: Deleted, way: Callable[[Hidden], None]) -> None:
    settle_after(lambda: way(once))
    assert differing(unordered(replay(deleted.asks)), unordered(deleted.answers)) == []


def test_what_has_expired_is_gone_before_anybody_notices(once: Hidden, deleted: Deleted) -> None:
    """Before any job ran: not by its name, and not in any list, title or link."""
    once_public.expire(once)
    by_name = [ask for ask in about(once) if "/changes/" not in ask.address]
    assert differing(replay(by_name), {ask: deleted.answers[ask] for ask in by_name}) == []
    lists = [ask for ask in deleted.asks if ask.address.startswith(LISTS)]
    # What an address itself says comes back in the answer.
    told = replay(ask for ask in lists if WORD[:6].lower() not in ask.address.lower())
    assert [ask for ask, one in told.items() if WORD.lower().encode() in one.body.lower()] == []


def test_a_hidden_page_is_not_named_by_what_stands_below(site: Tree) -> None:
    """What stands below a draft can be public; then its own address is all that speaks of the draft."""
    page = site.index.specific_class.objects.get(pk=site.index.pk)
    settle_after(page.unpublish)
    told = replay(gets(one for page in site.practices for one in (f"/api/v2/pages/{page.pk}/", page.url)))
    assert {one.status for one in told.values()} == {200}
    for name in (page.title, str(page.translation_key)):
        assert [ask for ask, one in told.items() if name.encode() in one.body] == []
    [feed] = replay([Ask("/api/v2/changes/?locale=en&limit=500")]).values()
    below = {str(one.translation_key) for one in site.practices}
    named = {item["key"]: item["parent"] for item in json.loads(feed.body)["items"] if item["key"] in below}
    assert named == dict.fromkeys(below)


def settle_after(action: Callable[[], Any]) -> Any:
    """Do something, what waits for its commit, and the worker's round."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        result = action()
    settle()
    return result


def differing(found: dict[Ask, Answer], expected: dict[Ask, Answer]) -> list[str]:
    return [f"{ask}: {said(found[ask], expected[ask])}" for ask in found if found[ask] != expected[ask]]


def said(one: Answer, other: Answer) -> str:
    """Return where two answers part."""
    if one.status != other.status:
        return f"{one.status} instead of {other.status}"
    if one.body != other.body:
        start = next((n for n, (a, b) in enumerate(zip(one.body, other.body, strict=False)) if a != b), 0)
        here, there = (body[max(0, start - 80) : start + 200] for body in (one.body, other.body))
        return f"{here!r} instead of {there!r}"
    return f"headers {sorted(set(one.headers) ^ set(other.headers))}"
