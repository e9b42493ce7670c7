"""A partner that has a toolbox, and this instance, which has only its homes."""

from collections.abc import Callable, Iterator

import pytest

from equalcity.core.models import City
from equalcity.replication.models import Peer
from equalcity.replication.peers import client_of
from equalcity.replication.pull import Report, pull
from tests.equalcity.replication.upstream import Upstream, serve
from tests.factories import ExpertReviewFactory, PracticeResourceFactory, Tree

Pull = Callable[..., Report]


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    made = Upstream()
    server = serve(made)
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture
def partner(tree: Tree, upstream: Upstream) -> Upstream:
    """The partner has the factories' tree with rows; here only the homes are left of it."""
    ExpertReviewFactory(page=tree.practices[0])
    PracticeResourceFactory(page=tree.practices[0])
    upstream.take_feed()
    tree.toolbox.refresh_from_db()
    tree.toolbox.delete()
    tree.about.refresh_from_db()
    tree.about.delete()
    City.objects.all().delete()
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
