"""Canaries: 200 streets, positions, telephones and file names stand where only staff may see them; a crawl finds none.

The crawl reads every public address, the search index, the export, the feed that partners copy, and the log. That it
can find one is shown by planting one in a public field.
"""

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import count
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.test import Client, TestCase
from PIL import Image
from wagtail.models import Page, PageViewRestriction

from equalcity.core.models import CustomImage
from equalcity.publication.models import Publication
from equalcity.publication.record import record
from equalcity.replication.models import HeldItem
from safespace_map.hunting import hunt
from safespace_map.lowering import lower
from safespace_map.models import SafeSpacePage, StaffNote
from search import indexer
from tests.equalcity.replication.upstream import Upstream
from tests.factories import ExactPlaceFactory, PhoneLineFactory, SafeSpacePageFactory, Tree, locale, make_tree
from tests.factories.map import Map, make_map

pytestmark = pytest.mark.django_db
NUMBERS = count(1)
GPS = 0x8825


@dataclass
class Cage:
    """Every canary, as it was planted."""

    birds: list[str] = field(default_factory=list)

    def street(self) -> str:
        return self._keep(f"{next(NUMBERS)} Kanarienvogel{next(NUMBERS)} Lane")

    def latitude(self) -> str:
        return self._keep(f"61.{next(NUMBERS) + 10000}")

    def phone(self) -> str:
        return self._keep(f"+00 7777 {next(NUMBERS) + 10000}")

    def word(self) -> str:
        return self._keep(f"kanari{next(NUMBERS)}wort")

    def _keep(self, bird: str) -> str:
        self.birds.append(bird)
        return bird


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
            lowered(tree, made, cage)
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


def notes(made: Map, cage: Cage) -> None:
    for place in made.places:
        told = "; ".join(f"{cage.street()} {cage.latitude()} {cage.phone()} {cage.word()}" for _ in range(5))
        StaffNote.objects.create(key=place.translation_key, notes=told, vetting_contact=cage.word())


def drafts(tree: Tree, made: Map, cage: Cage) -> None:
    """Places that nobody has published, and changes of public ones that wait."""
    for number in range(10):
        place = ExactPlaceFactory(
            parent=made.organisation, city=tree.city, title=f"Soon {number} {cage.word()}", live=False,
            street=cage.street(), latitude=cage.latitude(), way_there=cage.word(),
        )  # fmt: skip
        PhoneLineFactory(page=place, number=cage.phone())
        if number % 3 == 0:
            place.copy_for_translation(locale("fr"), copy_parents=True, alias=True)
    waiting = SafeSpacePage.objects.get(pk=made.exact.pk)
    waiting.street, waiting.latitude, waiting.summary = cage.street(), cage.latitude(), cage.word()
    waiting.save_revision()


def private(tree: Tree, made: Map, cage: Cage) -> None:
    for number in range(5):
        place = SafeSpacePageFactory(parent=made.organisation, city=tree.city, title=f"Members {number}", live=False)
        PageViewRestriction.objects.create(page=place, restriction_type=PageViewRestriction.LOGIN)
        SafeSpacePage.objects.filter(pk=place.pk).update(
            precision="exact", street=cage.street(), latitude=cage.latitude(), longitude="4.1", way_there=cage.word()
        )
        PhoneLineFactory(page=place, number=cage.phone())
        SafeSpacePage.objects.get(pk=place.pk).save_revision().publish()


def lowered(tree: Tree, made: Map, cage: Cage) -> None:
    """Public with all of it, then to be known less exactly."""
    for number in range(6):
        street, latitude = cage.street(), cage.latitude()
        place = ExactPlaceFactory(
            parent=made.organisation, city=tree.city, title=f"Once {number}", street=street, latitude=latitude,
            way_there=cage.word(), postal_code=cage.word(), arrival=f"Come to {street.upper()}.",
            district=made.area.district,
        )  # fmt: skip
        PhoneLineFactory(page=place, name=f"Bell of {street}")
        place.save_revision().publish()
        place = SafeSpacePage.objects.get(pk=place.pk)
        place.copy_for_translation(locale("fr"), copy_parents=True).get_latest_revision().publish()
        settle()
        lower(SafeSpacePage.objects.get(pk=place.pk), "area" if number % 2 else "phone")


def pictures(tree: Tree, cage: Cage) -> None:
    """Public pictures that were taken with a position and a name in their comment, under telling file names."""
    blocks = []
    for number in range(12):
        data, exif = BytesIO(), Image.Exif()
        exif[0x010E], exif[0x9286] = cage.word(), cage.word()
        exif[GPS] = {1: "N", 2: (61.0, float(next(NUMBERS)), 0.0), 3: "E", 4: (4.0, 1.0, 0.0), 29: cage.word()}
        Image.new("RGB", (50 + number, 40), "purple").save(data, "JPEG", exif=exif)
        image = CustomImage(title=f"Picture {number}")
        image.file = ContentFile(data.getvalue(), name=f"{cage.word()}.jpg")
        image.save()
        value = {"image": {"image": image.pk, "decorative": True, "alt_text": ""}}
        blocks.append({"type": "picture", "value": value})
    tree.about.body = json.dumps(blocks)
    tree.about.save()
    tree.about.save_revision().publish()


# The crawl ------------------------------------------------------------------------------------------------------

EVERYWHERE = (
    "/", "/sitemap.xml", "/robots.txt", "/api/v2/", "/api/v2/pages/?limit=100&fields=*", "/api/v2/images/?fields=*",
    "/api/v2/documents/", "/api/v2/changes/?limit=500", "/api/v2/manifest/", "/api/v2/terms/", "/api/v2/export.ndjson",
    "/api/v2/schema/", "/api/v2/safe-spaces/", "/api/v2/safe-spaces.csv", "/api/v2/hsds/services",
    "/api/v2/hsds/service_at_locations", "/api/v2/hsds/organizations", "/api/v2/search/?q=lane",
    "/api/v2/search/?q=once", "/api/v2/search/?q=soon", "/api/v2/search/?q=members",
)  # fmt: skip
BELOW_LANGUAGES = (
    "", "feed.atom", "help/", "search/?q=lane", "search/?q=bell", "search/?q=once", "safe-spaces/", "never-was/",
    "safe-spaces/city-pack/brussels/",
)  # fmt: skip


def crawl(planted: Planted) -> Iterator[tuple[str, str]]:
    """Yield everything that anybody from outside can read, with where it stood."""
    client = Client(raise_request_exception=False)
    addresses = [*EVERYWHERE, *(f"/{code}/{path}" for code in ("en", "fr", "ar") for path in BELOW_LANGUAGES)]
    for page in Page.objects.filter(depth__gt=1).order_by("pk"):
        addresses += [page.url or "/", f"/api/v2/pages/{page.pk}/?fields=*"]
    for sha256, name in CustomImage.objects.values_list("sha256", "file"):
        addresses += [f"/api/v2/media/{sha256}", f"/media/{name}"]
    for address in addresses:
        response = client.get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        yield address, f"{response.headers} " + body.decode("utf-8", "replace")
    with connection.cursor() as cursor:
        cursor.execute("SELECT title, summary, names, body, text FROM search_entry")
        yield "index", str(cursor.fetchall())
    partner = Upstream()
    with transaction.atomic():
        partner.take_feed()
        yield "replica", str(partner.items)
        transaction.set_rollback(True)
    yield "log", "\n".join(planted.log)


def found(planted: Planted) -> list[tuple[str, str]]:
    return [(where, bird) for where, text in crawl(planted) for bird in planted.cage.birds if _is_in(bird, text)]


def _is_in(bird: str, text: str) -> bool:
    """A street without its number betrays it, too; a file's name has no capitals."""
    return next((word for word in bird.split() if len(word) > 9), bird).casefold() in text.casefold()


def test_two_hundred_are_planted(planted: Planted) -> None:
    assert len(planted.cage.birds) >= 200
    assert len(set(planted.cage.birds)) == len(planted.cage.birds)


def test_no_canary_is_found(planted: Planted) -> None:
    assert found(planted) == []
    assert Publication.objects.filter(state="live", title__startswith="Once").count() == 12
    assert not HeldItem.objects.exists()


def test_the_hunt_finds_none_either(planted: Planted) -> None:
    assert list(hunt()) == []


@pytest.mark.parametrize("where", ["summary", "arrival", "title"])
def test_one_in_a_public_field_is_found(planted: Planted, where: str) -> None:
    before = transaction.savepoint()
    place = SafeSpacePage.objects.get(pk=planted.map.phone.pk)
    setattr(place, where, f"Singing {planted.cage.birds[0]}")
    place.save_revision().publish()
    settle()
    told = {address for address, _bird in found(planted)}
    transaction.savepoint_rollback(before)
    assert {"index", "replica", "/api/v2/changes/?limit=500"} <= told


def test_one_in_a_lowered_place_is_hunted_down(planted: Planted) -> None:
    before = transaction.savepoint()
    place = SafeSpacePage.objects.filter(title="Once 1", locale__language_code="en").get()
    street = next(bird for bird in planted.cage.birds[::-1] if bird.endswith("Lane"))
    SafeSpacePage.objects.filter(pk=place.pk).update(summary=f"near {street.lower()}", cost="at 61.12345, 4.12345")
    told = {(one.table, one.column) for one in hunt()}
    transaction.savepoint_rollback(before)
    assert told >= {("safespace_map.SafeSpacePage", "summary"), ("safespace_map.SafeSpacePage", "cost")}
