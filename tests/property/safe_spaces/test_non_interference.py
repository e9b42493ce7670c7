"""Two databases that differ only in what is confidential answer every public request byte for byte alike (rule 3).

Hypothesis makes pairs of secrets and requests, 2,000 of them or more, and asks both worlds. `leaks` lists what is
planted to show that a difference would be seen.
"""

import datetime
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from django.conf import settings as site
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from equalcity.api.urls import endpoints
from safespace_map import places as published
from safespace_map.finding import Wanted
from safespace_map.places import Point
from tests.equalcity.api.hidden.asking import Answer, Ask
from tests.equalcity.api.test_hidden import said
from tests.property.safe_spaces.asking import ENDPOINTS, Look, Request, answer, requests
from tests.property.safe_spaces.leaks import LEAKS, Plant
from tests.property.safe_spaces.world import Address, Base, Secret, build, put

pytestmark = [pytest.mark.django_db, pytest.mark.property]
EXAMPLES, REQUESTS = 8, 260

names = st.sampled_from(["Quillon Marsh Lane", "Rue des Hérons bleus", "Via Zefirino", "Vinkelgatan", "Grünwaldstraße"])
addresses = st.builds(
    lambda name, number, latitude, longitude: Address(f"{number} {name}", f"{latitude:.5f}", f"{longitude:.5f}"),
    names, st.integers(1, 199), st.floats(50.7, 51.0), st.floats(4.2, 4.6),
)  # fmt: skip
words = st.sampled_from(["", "zephyrkiosk", "ask for Ada Quill", "moved to the blue mill", "never at night"])
secrets = st.builds(
    Secret,
    note=words, contact=words, draft=words, unpublished=st.none() | addresses, private=st.none() | addresses,
    former=addresses, dead_numbers=st.integers(0, 3), wish=st.booleans(),
)  # fmt: skip


@pytest.fixture(scope="module")
def base(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Base]:
    """The public map, and a clock that stands still an hour later."""
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(site, "EQUALCITY_HOME", tmp_path_factory.mktemp("home"))
        made = build()
        then = timezone.now().replace(microsecond=0) + datetime.timedelta(hours=1)
        patch.setattr(timezone, "now", lambda: then)
        yield made
        transaction.set_rollback(True)


def answers(base: Base, secret: Secret, asks: list[Request]) -> dict[Request, Answer]:
    """Ask the world that holds this secret; afterwards the base is as it was."""
    before = transaction.savepoint()
    try:
        put(base, secret)
        published._kept.clear()
        return {ask: answer(ask) for ask in asks}
    finally:
        transaction.savepoint_rollback(before)
        published._kept.clear()


def held(found: dict[Request, Answer]) -> list[Request]:
    """Return the same requests of somebody who has the answers already."""
    return [
        Ask(ask.address, ask.method, (("If-None-Match", one.etag),))
        for ask, one in found.items()
        if isinstance(ask, Ask) and ask.method == "GET" and one.etag
    ][::4]


def differing(base: Base, pair: tuple[Secret, Secret], asks: list[Request]) -> list[str]:
    one = answers(base, pair[0], asks)
    again = held(one)
    first, other = answers(base, pair[0], again), answers(base, pair[1], [*asks, *again])
    one |= first
    return [f"{ask}: {said(one[ask], other[ask])}" for ask in one if one[ask] != other[ask]]


def test_two_worlds_answer_alike(base: Base) -> None:
    asked, kinds = count(), set()

    @seed(20261127)
    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(st.data())
    def compare(data: st.DataObject) -> None:
        pair = data.draw(st.tuples(secrets, secrets).filter(lambda two: two[0] != two[1]))
        asks = data.draw(st.lists(requests(base, pair), min_size=REQUESTS, max_size=REQUESTS, unique=True))
        found = differing(base, pair, asks)
        assert found == []
        for ask in asks:
            next(asked)
            kinds.add(ask.code if isinstance(ask, Look) else ask.address.partition("?")[0])

    compare()
    assert next(asked) >= 2000
    assert len(kinds) > 60


def test_every_endpoint_of_the_api_is_asked() -> None:
    lists = {f"/api/v2/{one.pattern}" for one in endpoints if "<" not in str(one.pattern)}
    assert lists - set(ENDPOINTS) == set()


PAIR = (
    Secret(
        note="zephyrkiosk",
        contact="ask for Ada Quill",
        draft="moved",
        unpublished=Address("5 Via Zefirino", "50.81111", "4.31111"),
        private=Address("6 Vinkelgatan", "50.82222", "4.32222"),
        former=Address("7 Quillon Marsh Lane", "50.83333", "4.33333"),
        dead_numbers=3,
        wish=True,
    ),
    Secret("", "", "", None, None, Address("8 Rue des Hérons bleus", "50.94444", "4.44444"), 0, False),
)


def few(base: Base) -> list[Request]:
    """Enough of every kind to see each of the leaks."""
    asks: list[Request] = [
        Ask(one)
        for one in (
            "/api/v2/pages/?type=safespace_map.SafeSpacePage&fields=*", "/api/v2/changes/?limit=500",
            "/api/v2/search/?q=ring", "/en/safe-spaces/example-association/not-yet-open/",
            "/en/safe-spaces/example-association/members-only/", "/api/v2/terms/",
            f"/api/v2/pages/{base.once_exact.pk}/",
        )
    ]  # fmt: skip
    return [*asks, Look("en", Wanted(near=Point(50.8, 4.3))), Look("fr")]


def test_a_few_requests_see_nothing_without_a_leak(base: Base) -> None:
    assert differing(base, PAIR, few(base)) == []


@pytest.mark.parametrize("plant", LEAKS, ids=lambda plant: plant.__name__)
def test_a_planted_leak_is_seen(base: Base, plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch)
    assert differing(base, PAIR, few(base)) != []
