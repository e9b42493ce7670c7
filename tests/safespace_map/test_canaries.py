"""Canaries: 200 streets, positions, telephones and file names stand where only staff may see them; a crawl finds none.

The crawl reads every public address, the search index, the export, the feed that partners copy, and the log. That it
can find one is shown by planting one in a public field.
"""

import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client, TestCase
from pypdf import PdfReader
from wagtail.models import Page

from equalcity.core.models import CustomImage
from equalcity.publication.models import Publication
from equalcity.publication.record import record
from equalcity.replication.models import HeldItem
from safespace_map.hunting import hunt
from safespace_map.models import SafeSpacePage
from search import indexer
from tests.equalcity.replication.upstream import Upstream
from tests.factories import Tree, make_tree
from tests.factories.map import Map, make_map
from tests.safespace_map.canaries import Cage, drafts, lower_all, notes, once, pictures, private, sings

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Planted:
    tree: Tree
    map: Map
    cage: Cage
    log: list[str]


@pytest.fixture(scope="module")
def planted(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Planted]:
    """A public map, and 200 canaries in everything that is confidential."""
    handler, log = _Kept(), []
    handler.lines = log
    logging.getLogger().addHandler(handler)
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "EQUALCITY_HOME", tmp_path_factory.mktemp("home"))
        tree = make_tree()
        made, cage = make_map(tree), Cage()
        with TestCase.captureOnCommitCallbacks(execute=True):
            notes(made, cage)
            drafts(tree, made, cage)
            private(tree, made, cage)
            places = once(tree, made, cage)
            settle()
            lower_all(places)
            pictures(tree, cage)
        settle()
        yield Planted(tree, made, cage, log)
        transaction.set_rollback(True)
    logging.getLogger().removeHandler(handler)


class _Kept(logging.Handler):
    lines: list[str]

    def emit(self, entry: logging.LogRecord) -> None:
        self.lines.append(self.format(entry))


def settle() -> None:
    record()
    indexer.update()


# The crawl ------------------------------------------------------------------------------------------------------

EVERYWHERE = (
    "/", "/sitemap.xml", "/robots.txt", "/api/v2/", "/api/v2/pages/?limit=100&fields=*", "/api/v2/images/?fields=*",
    "/api/v2/documents/", "/api/v2/changes/?limit=500", "/api/v2/manifest/", "/api/v2/terms/", "/api/v2/export.ndjson",
    "/api/v2/schema/", "/api/v2/safe-spaces/", "/api/v2/safe-spaces.csv", "/api/v2/hsds/services",
    "/api/v2/hsds/services?full=true", "/api/v2/hsds/service_at_locations", "/api/v2/hsds/organizations",
    "/api/v2/hsds/taxonomies", "/api/v2/hsds/taxonomy_terms", "/api/v2/suggest/?q=la", "/api/v2/search/?q=lane",
    "/api/v2/search/?q=once", "/api/v2/search/?q=soon", "/api/v2/search/?q=members",
)  # fmt: skip
# They are asked all the same, for the day on which they are there.
NOT_YET = {"/", "/api/v2/", "/sitemap.xml", "/robots.txt", "/api/v2/export.ndjson"}
BELOW_LANGUAGES = (
    "", "feed.atom", "help/", "search/?q=lane", "search/?q=bell", "search/?q=once", "safe-spaces/", "never-was/",
    "safe-spaces/pack/brussels/", "safe-spaces/print/", "safe-spaces/pdf/", "safe-spaces/card/",
)  # fmt: skip
BELOW_PLACES = ("print/", "pdf/", "card/")


def crawl(planted: Planted) -> Iterator[tuple[str, str]]:
    """Yield everything that anybody from outside can read, with where it stood."""
    client = Client(raise_request_exception=False)
    addresses = [*EVERYWHERE, *(f"/{code}/{path}" for code in ("en", "fr", "ar") for path in BELOW_LANGUAGES)]
    for page in Page.objects.filter(depth__gt=1).order_by("pk"):
        addresses += [page.url or "/", f"/api/v2/pages/{page.pk}/?fields=*"]
        if page.specific_class is SafeSpacePage:
            addresses += [f"{page.url}{path}" for path in BELOW_PLACES]
    for sha256, name in CustomImage.objects.values_list("sha256", "file"):
        addresses += [f"/api/v2/media/{sha256}", f"/media/{name}"]
    for address in addresses:
        response = client.get(address)
        yield address, f"{response.status_code} {response.headers} {text_of(response)}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT title, summary, other_words, names, body, text FROM search_entry")
        yield "index", str(cursor.fetchall())
    partner = Upstream()
    with transaction.atomic():
        partner.take_feed()
        yield "replica", str(partner.items)
        transaction.set_rollback(True)
    yield "log", "\n".join(planted.log)


def text_of(response: Any) -> str:
    body: bytes = b"".join(response.streaming_content) if response.streaming else response.content
    if response.headers["Content-Type"] != "application/pdf":
        return body.decode("utf-8", "replace")
    read = PdfReader(io.BytesIO(body))
    return f"{read.metadata} {' '.join(page.extract_text() for page in read.pages)}"


def found(planted: Planted) -> list[tuple[str, str]]:
    return [(where, bird) for where, text in crawl(planted) for bird in planted.cage.birds if sings(bird, text)]


def test_two_hundred_are_planted(planted: Planted) -> None:
    assert len(planted.cage.birds) >= 200
    assert len(set(planted.cage.birds)) == len(planted.cage.birds)


def test_no_canary_is_found(planted: Planted) -> None:
    read = dict(crawl(planted))
    assert [(where, bird) for where, text in read.items() for bird in planted.cage.birds if sings(bird, text)] == []
    # It read what is there: the map in English in each of its forms, and each place that is public.
    there = [
        *(one for one in EVERYWHERE if one not in NOT_YET),
        *(f"/en/{path}" for path in BELOW_LANGUAGES if path != "never-was/"),
    ]
    there += [f"{place.url}{path}" for place in planted.map.places for path in ("", *BELOW_PLACES)]
    absent = [address for address in there if not read[address].startswith("200 ")]
    assert " ".join(absent) == ""
    assert Publication.objects.filter(state="live", title__startswith="Once").count() == 12
    assert not HeldItem.objects.exists()


def test_the_hunt_finds_none_either(planted: Planted) -> None:
    assert list(hunt()) == []


PUBLIC_FIELDS = ("summary", "other_words", "arrival", "title")


@pytest.fixture(scope="module")
def told(planted: Planted, django_db_blocker: Any) -> dict[str, set[str]]:
    """Where one is found that stands in a public field, by field."""
    birds = dict(zip(PUBLIC_FIELDS, planted.cage.birds, strict=False))
    with django_db_blocker.unblock():
        before = transaction.savepoint()
        place = SafeSpacePage.objects.get(pk=planted.map.phone.pk)
        for field, bird in birds.items():
            setattr(place, field, f"Singing {bird}")
        place.save_revision().publish()
        settle()
        read = found(planted)
        transaction.savepoint_rollback(before)
    return {field: {address for address, one in read if one == bird} for field, bird in birds.items()}


@pytest.mark.parametrize("where", PUBLIC_FIELDS)
def test_one_in_a_public_field_is_found(planted: Planted, told: dict[str, set[str]], where: str) -> None:
    page = planted.map.phone.url
    everywhere = {"index", "replica", "/api/v2/changes/?limit=500", page}
    # What people call it is for those who look for it: nobody needs it on paper.
    on_paper = {f"{page}print/", f"{page}pdf/"} if where != "other_words" else set()
    in_the_pack = {"/en/safe-spaces/pack/brussels/"} if where == "title" else set()
    assert everywhere | on_paper | in_the_pack <= told[where]


def test_one_in_a_lowered_place_is_hunted_down(planted: Planted) -> None:
    before = transaction.savepoint()
    place = SafeSpacePage.objects.filter(title="Once 1", locale__language_code="en").get()
    street = next(bird for bird in planted.cage.birds[::-1] if bird.endswith("Lane"))
    SafeSpacePage.objects.filter(pk=place.pk).update(summary=f"near {street.lower()}", cost="at 61.12345, 4.12345")
    told = {(one.table, one.column) for one in hunt()}
    transaction.savepoint_rollback(before)
    assert told >= {("safespace_map.SafeSpacePage", "summary"), ("safespace_map.SafeSpacePage", "cost")}
