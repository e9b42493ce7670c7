"""A page is read before a change and written after it: it must not keep what it was told before.

The page names something for the first time, so whoever records the change cannot know yet that it is to be told.
Two processes are played by hand: one prepares the page; the other changes what the page names and records that;
then the first writes. With two real processes: `concurrency/test_late_commits.py`.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Page

from equalcity.publication import prepare as preparing
from equalcity.publication import record as recording
from equalcity.publication.models import Dirty, PublicationBody
from equalcity.publication.reconcile import differences
from equalcity.publication.record import record, record_objects
from equalcity.publication.telling import is_early
from safespace_map.lowering import lower
from safespace_map.models import SafeSpacePage
from tests.equalcity.publication.overtaking import CHANGES, TAKEN_BACK, Change, Scene
from tests.factories import BestPracticePageFactory, Tree
from tests.factories.map import make_map


@pytest.fixture
def between(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, Callable[[], None]], list[int]]:
    """Let something happen once, after this page was prepared and before it is written."""

    def arrange(page_id: int, happens: Callable[[], None]) -> list[int]:
        real, happened = recording.prepare, []

        def prepare(kind: str, object_id: int) -> Any:
            prepared = real(kind, object_id)
            if (kind, object_id) == ("page", page_id) and not happened:
                happened.append(object_id)
                happens()
            return prepared

        monkeypatch.setattr(recording, "prepare", prepare)
        return happened

    return arrange


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_what_it_names_changes_while_it_is_recorded(tree: Tree, between: Any, change: Change) -> None:
    scene = Scene(tree)
    scene.before(change)
    scene.publish()

    def meanwhile() -> None:
        change(scene)
        scene.record_others()

    happened = between(scene.page.pk, meanwhile)
    record_objects([("page", scene.page.pk)])
    assert happened
    record()
    assert list(differences()) == []
    assert not Dirty.objects.exists()


@pytest.mark.parametrize("change", TAKEN_BACK, ids=lambda change: change.__name__)
@pytest.mark.parametrize("when", ["later", "before it is written"])
def test_a_change_is_taken_back_before_it_was_recorded(tree: Tree, between: Any, change: Any, when: str) -> None:
    """Whoever records the changed thing sees no change; what the page says of it is true no more."""
    scene = Scene(tree)
    course = change(scene)
    next(course)
    scene.publish()

    def meanwhile() -> None:
        next(course, None)
        scene.record_others()

    if when == "later":
        record_objects([("page", scene.page.pk)])
        next(course, None)
    else:
        happened = between(scene.page.pk, meanwhile)
        record_objects([("page", scene.page.pk)])
        assert happened
    record()
    assert list(differences()) == []
    assert not Dirty.objects.exists()


def test_what_it_lists_cannot_be_recorded_and_moves_away(
    tree: Tree, between: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing recorded says that it stood here, and it stands here no longer when the list is written."""
    scene = Scene(tree)
    new: Any = BestPracticePageFactory(parent=tree.index, city=tree.city, title="Brand new")
    real = preparing._prepare_page

    def prepare_page(line: list[Any], *rest: Any) -> Any:
        if line[-1].pk == new.pk:
            raise ValueError
        return real(line, *rest)

    monkeypatch.setattr(preparing, "_prepare_page", prepare_page)
    record_objects([("page", new.pk)])
    scene.page = tree.index

    def meanwhile() -> None:
        Page.objects.get(pk=new.pk).move(Page.objects.get(pk=scene.section.pk), pos="last-child")
        scene.record_others()

    happened = between(tree.index.pk, meanwhile)
    record_objects([("page", tree.index.pk)])
    assert happened
    record()
    assert [one.object_id for one in differences()] == [new.pk]


def naming_a_place(tree: Tree) -> Scene:
    """Return a page that names a place whose title holds its street."""
    place: Any = make_map(tree).exact
    place.street, place.title = "47 Quillon Marsh Lane", "Heron at Quillon Marsh Lane 47"
    place.save_revision().publish()
    scene = Scene(tree)
    scene.named = SafeSpacePage.objects.get(pk=place.pk)
    scene.publish()
    return scene


def test_a_place_is_lowered_while_somebody_names_it(tree: Tree, between: Any) -> None:
    """Its title held the street: whoever had read it writes nothing of it any more, not even for a moment."""
    scene = naming_a_place(tree)
    happened = between(scene.page.pk, lambda: lower(scene.named, "area"))
    record_objects([("page", scene.page.pk)])
    assert happened
    assert not PublicationBody.objects.filter(document__icontains="quillon").exists()
    record()
    assert list(differences()) == []
    assert not Dirty.objects.exists()


def test_who_names_a_place_that_is_lowered_is_told(tree: Tree) -> None:
    scene = naming_a_place(tree)
    record()
    assert PublicationBody.objects.get(publication__object_id=scene.page.pk).document.count("Quillon")
    lower(scene.named, "area")
    record()
    assert not PublicationBody.objects.filter(document__icontains="quillon").exists()
    assert list(differences()) == []


@pytest.mark.parametrize(
    ("kind", "whose", "mark", "early"),
    [
        ("page", "index", {}, True),
        ("tree", "about", {}, True),
        ("tree", "about", {"parked_at": timezone.now()}, False),
        ("page", "index", {"echo": True}, False),
        ("page", "index", {"parked_at": timezone.now()}, False),
        ("page", "practice", {}, False),
        ("page", "about", {}, False),
        ("theme", "index", {}, False),
    ],
)
def test_only_a_change_that_waits_of_what_it_names_makes_it_early(
    published: Tree, kind: str, whose: str, mark: dict[str, Any], early: bool
) -> None:
    practice = published.practices[0]
    named = {"index": published.index, "about": published.about, "practice": practice}[whose]
    prepared = preparing.prepare("page", practice.pk)
    assert prepared is not None
    Dirty.objects.create(kind=kind, object_id=named.pk, **mark)
    assert is_early(prepared) == early
    # The same while a change waits that is none of its business.
    Dirty.objects.create(kind="page", object_id=published.about.pk)
    assert is_early(prepared) == early
