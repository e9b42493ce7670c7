"""Canaries at a partner: a second instance pulls a map, publishes it, and hears that places are known less exactly.

Everything that it keeps is read then: each row and the raw bytes of its database, which hold the search index, its
media with their EXIF data, the names of its files, and all that its commands said.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from tests.equalcity.replication.instances import Instance
from tests.prepared import DATABASE, new_instance
from tests.safespace_map.canaries import sings

pytestmark = [pytest.mark.fault, pytest.mark.timeout(420)]

PLANT = """
from equalcity.publication.record import record
from tests.factories import make_tree
from tests.safespace_map.canaries import Cage, drafts, notes, once, pictures, private
from tests.factories.map import make_map
tree, cage = make_tree(), Cage()
made = make_map(tree)
for plant in (notes, drafts, private):
    plant(made, cage) if plant is notes else plant(tree, made, cage)
places = once(tree, made, cage)
pictures(tree, cage)
made.phone.summary = "Heard by everybody: singvogel"
made.phone.save_revision().publish()
record()
print(json.dumps([cage.birds, [str(place.translation_key) for place in places]]))
"""
LOWER = """
from safespace_map.models import SafeSpacePage
from tests.safespace_map.canaries import lower_all
keys = %r
lower_all([SafeSpacePage.objects.filter(translation_key=key).order_by("pk").first() for key in keys])
"""
PUBLISH = """
from equalcity.publication.record import record
from wagtail.models import Page
from search import indexer
for page in Page.objects.filter(live=False).exclude(latest_revision=None).order_by("depth").specific():
    page.get_latest_revision().publish()
record()
indexer.update()
"""
PRECISIONS = """
from safespace_map.models import SafeSpacePage
places = SafeSpacePage.objects.filter(title__startswith="Once", live=True).values_list("precision", flat=True)
print(json.dumps(sorted(places)))
"""
PUBLIC = "singvogel"


@dataclass
class Follower:
    """The second instance, and everything that it ever said."""

    instance: Instance
    said: str = ""

    def manage(self, *args: str) -> None:
        done = self.instance.run("manage.py", *args)
        self.said += done.stdout + done.stderr
        assert done.returncode == 0, self.said

    def pull(self) -> None:
        self.manage("peer", "pull")
        self.instance.ask(PUBLISH)

    def kept(self) -> Iterator[tuple[str, str]]:
        """Yield everything that is kept here, with where it stands."""
        yield "log", self.said
        with sqlite3.connect(self.instance.home / DATABASE) as database:
            tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            for table in tables:
                yield table, str(database.execute(f'SELECT * FROM "{table}"').fetchall())
        for path in self.files():
            yield path.name, path.read_bytes().decode("latin-1")
            yield "names", str(path)

    def files(self) -> list[Path]:
        return [path for path in sorted(self.instance.home.rglob("*")) if path.is_file()]

    def found(self, birds: list[str]) -> set[tuple[str, str]]:
        """Return where which canary sings."""
        return {(where, bird) for where, text in self.kept() for bird in birds if sings(bird, text)}


@dataclass
class Flock:
    """Two instances after the first pull; `secret` was planted at the first one, `lowered` are places there."""

    first: Instance
    follower: Follower
    secret: list[str]
    lowered: list[str]

    def lower(self) -> None:
        self.first.ask(LOWER % self.lowered)


@pytest.fixture
def flock(tmp_path: Path) -> Iterator[Flock]:
    first, second = (Instance(tmp_path / name) for name in ("first", "second"))
    for one in (first, second):
        new_instance(one.home)
    birds, lowered = first.ask(PLANT)
    follower = Follower(second)
    follower.manage("init_site")
    with first.serving():
        follower.manage("peer", "add", first.url, "--name", "First", "--with-places")
        follower.pull()
        yield Flock(first, follower, birds, lowered)


def test_a_partner_keeps_no_canary(flock: Flock) -> None:
    follower = flock.follower
    assert len(flock.secret) >= 200
    # Those of public places have come; that these are heard shows that the others would be.
    public = {bird for _where, bird in follower.found(flock.secret)}
    assert len(public) == 6 * 4
    assert follower.instance.ask(PRECISIONS) == ["exact"] * 12

    flock.lower()
    follower.pull()
    follower.manage("deliver_outgoing")

    assert follower.instance.ask(PRECISIONS) == ["area"] * 6 + ["phone"] * 6
    assert {where for where, _bird in follower.found([PUBLIC])} >= {DATABASE, "search_entry"}
    assert follower.found(flock.secret) == set()
    pictures = [path for path in follower.files() if path.suffix == ".jpg"]
    assert len(pictures) >= 12
    for path in pictures:
        with Image.open(path) as picture:
            assert not picture.getexif()
