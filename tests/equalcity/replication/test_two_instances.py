"""The main job between two real instances, and a pull that is killed in the middle."""

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.equalcity.replication.instances import Instance
from tests.prepared import new_instance

pytestmark = [pytest.mark.fault, pytest.mark.timeout(420)]

TREE = """
import os
os.environ.setdefault("SITE_URL", "")
from io import BytesIO
from django.core.files.base import ContentFile
from PIL import Image
from equalcity.core.models import CustomImage
from equalcity.publication.record import record
from home.models import HomePage
from tests.factories import (BestPracticeIndexPageFactory, BestPracticePageFactory, ExpertReviewFactory,
                             ToolboxPageFactory, CityFactory, locale)
out = BytesIO(); Image.new("RGB", (40, 30), "purple").save(out, "PNG")
image = CustomImage(title="Counter", file=ContentFile(out.getvalue(), "x.png"), description="A counter")
image.save()
city = CityFactory(code="rome", name="Roma", locale=locale())
home = HomePage.objects.get(locale__language_code="en")
toolbox = ToolboxPageFactory(parent=home, city=city, title="Rome toolbox", locale=home.locale)
index = BestPracticeIndexPageFactory(parent=toolbox, title="Guide", locale=home.locale)
body = [{"type": "picture", "id": "aa000000-0000-4000-8000-000000000001",
         "value": {"image": {"image": image.pk, "alt_text": "A counter", "decorative": False}, "caption": ""}}]
pages = [BestPracticePageFactory(parent=index, city=city, title=f"Practice {n}", locale=home.locale) for n in range(%d)]
pages[0].body = body
pages[0].save()
ExpertReviewFactory(page=pages[0], locale=home.locale)
for page in [toolbox, index, *pages]:
    page.save_revision().publish()
french = toolbox.copy_for_translation(locale("fr"))
french.title, french.slug = "Boîte à outils", "boite"
french.save_revision().publish()
record()
print(json.dumps(str(toolbox.translation_key)))
"""
COUNTS = """
from wagtail.models import Page, Revision
from equalcity.core.models import CustomImage
from equalcity.replication.models import HeldItem, Replica
print(json.dumps({
    "pages": Page.objects.filter(depth__gt=2).count(), "live": Page.objects.filter(depth__gt=2, live=True).count(),
    "revisions": Revision.objects.count(), "images": CustomImage.objects.count(),
    "replicas": Replica.objects.filter(anchor=False).count(), "held": HeldItem.objects.count(),
    "orphans": Page.objects.filter(depth__gt=2, latest_revision=None).count(),
    "problems": [len(found) for found in Page.find_problems()],
}))
"""
PRACTICES = 12


@pytest.fixture(scope="module")
def upstream(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    made = installed(tmp_path_factory.mktemp("upstream"))
    made.manage("init_site")
    made.toolbox = made.ask(TREE % PRACTICES)  # type: ignore[attr-defined]
    with made.serving():
        yield made


def installed(folder: Path, settings: dict[str, str] | None = None) -> Instance:
    new_instance(folder / "var")
    return Instance(folder / "var", settings or {})


@pytest.fixture
def follow(tmp_path: Path, upstream: Instance) -> Callable[..., Instance]:
    """Make an instance that follows the first: `options` are those of `peer add`, `settings` the environment."""

    def do(*options: str, **settings: str) -> Instance:
        made = installed(tmp_path, settings)
        made.manage("init_site")
        made.manage("peer", "add", upstream.url, "--name", "Upstream", *options)
        return made

    return do


def test_a_partner_pulls_once_then_nothing_then_one_page(follow: Callable[..., Instance], upstream: Instance) -> None:
    partner = follow()

    first = partner.manage("peer", "pull")

    assert f"{PRACTICES + 3} created, 0 updated" in first
    state = partner.ask(COUNTS)
    assert (state["pages"], state["live"], state["images"]) == (PRACTICES + 3, 0, 1)
    assert (state["orphans"], state["held"], state["problems"]) == (0, 0, [0, 0, 0, 0, 0])

    assert partner.manage("peer", "pull").rstrip().endswith("; 0 writes")
    assert partner.ask(COUNTS) == state
    assert f"manifest: the same {PRACTICES + 10} pages" in partner.manage("peer", "status")

    upstream.ask(
        "from toolbox_pages.models import BestPracticePage\n"
        "page = BestPracticePage.objects.get(slug='practice-3'); page.title = 'Practice three'\n"
        "page.save_revision().publish()"
    )
    assert "0 not here, 1 changed there since, 0 no longer there" in partner.manage("peer", "status")
    assert "0 created, 1 updated" in (again := partner.manage("peer", "pull"))
    assert again.rstrip().endswith("; 1 writes")
    assert partner.ask(COUNTS) == {**state, "revisions": state["revisions"] + 1}
    assert "last success 20" in partner.manage("peer", "status")


def test_a_pull_that_is_killed_goes_on_where_it_was(follow: Callable[..., Instance]) -> None:
    partner = follow()
    lottery = random.Random(3)
    for _kill in range(3):
        pulling = partner.start("manage.py", "peer", "pull")
        assert pulling.stdout is not None
        pulling.stdout.readline()
        time.sleep(lottery.uniform(0.05, 0.8))
        pulling.kill()
        pulling.communicate(timeout=20)
        state = partner.ask(COUNTS)
        assert (state["orphans"], state["problems"], state["pages"]) == (0, [0, 0, 0, 0, 0], state["replicas"])

    partner.manage("peer", "pull")

    state = partner.ask(COUNTS)
    assert (state["pages"], state["replicas"], state["images"]) == (PRACTICES + 3, PRACTICES + 3, 1)
    assert (state["orphans"], state["problems"], state["held"]) == (0, [0, 0, 0, 0, 0], 0)
    assert partner.manage("peer", "pull").rstrip().endswith("; 0 writes")


def test_an_instance_in_other_languages_pulls_a_toolbox(follow: Callable[..., Instance], upstream: Instance) -> None:
    """LOCALES=el,en and no demonstration, below a page of its own."""
    subtree = upstream.toolbox  # type: ignore[attr-defined]
    partner = follow("--subtree", subtree, "--under", "/en/", LOCALES="el,en")

    assert f"{PRACTICES + 2} created" in partner.manage("peer", "pull")

    found = partner.ask(
        "from toolbox_pages.models import ToolboxPage\n"
        "toolbox = ToolboxPage.objects.get()\n"
        "print(json.dumps([toolbox.get_parent().slug, toolbox.city.name, toolbox.city.locale.language_code,\n"
        "                  toolbox.get_children().get().get_children().count(), toolbox.live]))"
    )
    assert found == ["en", "Roma", "el", PRACTICES, False]
    assert partner.manage("peer", "pull").rstrip().endswith("; 0 writes")


def test_what_was_deleted_there_is_recalled_there_later(follow: Callable[..., Instance], upstream: Instance) -> None:
    """Deleted in a hurry, it stays with who has it; recalled by what remains, it goes at the next pull."""
    partner = follow()
    partner.manage("peer", "pull")
    partner.ask("from wagtail.models import Page\nPage.objects.get(slug='practice-11').get_latest_revision().publish()")
    state = (
        "from wagtail.models import Page\nfrom equalcity.replication.models import Replica\n"
        "page = Page.objects.get(slug='practice-11')\n"
        "print(json.dumps([page.live, Replica.objects.get(object_id=page.pk).proposal]))"
    )
    key = upstream.ask(
        "from toolbox_pages.models import BestPracticePage\n"
        "page = BestPracticePage.objects.get(slug='practice-11'); page.delete()\n"
        "print(json.dumps(str(page.translation_key)))"
    )
    partner.manage("peer", "pull")
    assert partner.ask(state) == [True, "withdraw"]

    assert "0 pages are off the site" in upstream.manage("recall", key)
    partner.manage("peer", "pull")

    assert partner.ask(state) == [False, "recall"]
    assert [home.read_text().count('"act":"recall"') for home in journals(upstream, partner)] == [1, 1]
    assert partner.manage("peer", "pull").rstrip().endswith("; 0 writes")


def journals(*instances: Instance) -> list[Path]:
    return [one.home / "taken-back.jsonl" for one in instances]
