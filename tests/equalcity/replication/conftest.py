"""A partner that has a toolbox, and this instance, which has only its homes."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import pytest
from django.db import transaction
from wagtail.models import Page

from equalcity.core.sites import align_site
from equalcity.replication.models import Peer
from equalcity.replication.peers import client_of
from equalcity.replication.pull import Report, pull
from home.models import HomePage
from tests.equalcity.replication.upstream import Upstream, serve
from tests.factories import (
    ExpertReviewFactory,
    HomePageFactory,
    PracticeResourceFactory,
    make_locales,
    make_tree,
)
from tests.factories.kept import Keep, Kept

Pull = Callable[..., Report]


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    made = Upstream()
    server = serve(made)
    yield made
    server.shutdown()
    server.server_close()


@dataclass(frozen=True)
class Ours:
    """What this instance has before the first pull."""

    homes: dict[str, HomePage]

    @property
    def home(self) -> HomePage:
        return self.homes["en"]


def make_ours() -> Ours:
    locales = make_locales()
    root = Page.get_first_root_node()
    homes = {code: HomePageFactory(parent=root, locale=locales[code]) for code in ("en", "fr", "ar")}
    HomePage.objects.update(translation_key=homes["en"].translation_key)
    align_site(homes["en"])
    Page.objects.filter(depth=2, content_type__model="page").delete()
    return Ours({code: HomePage.objects.get(pk=home.pk) for code, home in homes.items()})


@pytest.fixture(scope="session")
def kept_ours(keep: Keep) -> Kept[Ours]:
    return keep(make_ours)


@pytest.fixture
def ours(db: None, kept_ours: Kept[Ours]) -> Ours:
    return kept_ours.again()


@cache
def feed_of_a_partner() -> str:
    """The feed of the factories' tree with rows; made once, because recording it takes a while."""
    made = Upstream()
    with transaction.atomic():
        tree = make_tree()
        ExpertReviewFactory(page=tree.practices[0])
        PracticeResourceFactory(page=tree.practices[0])
        made.take_feed()
        transaction.set_rollback(True)
    return json.dumps(made.items)


@pytest.fixture
def partner(upstream: Upstream, db: None, request: pytest.FixtureRequest) -> Upstream:
    """The partner has the factories' tree; this instance has its homes only."""
    upstream.items = json.loads(feed_of_a_partner())
    upstream.last = upstream.items[-1]["seq"]
    request.getfixturevalue("ours")
    return upstream


@pytest.fixture
def peer(upstream: Upstream, db: None) -> Peer:
    return Peer.objects.create(name="Partner", url=upstream.url)


@pytest.fixture
def pull_once(peer: Peer) -> Pull:
    """Pull as the command does; what it says is in `report.said`."""

    def do(**options: bool) -> Report:
        said: list[str] = []
        report = Report(say=said.append)
        report.said = said  # type: ignore[attr-defined]
        peer.refresh_from_db()
        with client_of(peer) as client:
            pull(peer, client, report, **options)
        return report

    return do
