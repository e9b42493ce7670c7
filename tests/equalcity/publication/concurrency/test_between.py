"""A page that moves between two questions of one rendering: what is read of it must not be put together wrongly."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from wagtail.models import Page

from equalcity.publication import prepare
from equalcity.publication.models import Dirty, Publication
from equalcity.publication.reconcile import differences
from equalcity.publication.record import record
from tests.factories import BestPracticeIndexPageFactory, Tree
from toolbox_pages.models import BestPracticeIndexPage, BestPracticePage


@pytest.fixture
def published_twice(tree: Tree) -> Tree:
    """Two guides, so that a practice can move."""
    BestPracticeIndexPageFactory(parent=tree.toolbox, title="Another guide")
    record()
    return tree


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Page, Callable[[], Any]], list[int]]:
    """Let something happen the first time that the pages along a page's path are read: after the path was."""

    def arrange(page: Page, happens: Callable[[], Any]) -> list[int]:
        real, asked = prepare._along, []

        def along(paths: list[str], now: datetime) -> Any:
            if paths[-1] == page.path and not asked:
                asked.append(page.pk)
                happens()
            return real(paths, now)

        monkeypatch.setattr(prepare, "_along", along)
        return asked

    return arrange


def test_a_page_that_moves_while_it_is_rendered(published_twice: Tree, meanwhile: Any) -> None:
    """Its old place is nobody's by then: ancestors found by it are not its own."""
    tree = published_twice
    practice = BestPracticePage.objects.get(pk=tree.practices[0].pk)
    guide = BestPracticeIndexPage.objects.get(pk=tree.index.pk)
    trail = Publication.objects.get(kind="page", object_id=guide.pk).trail
    other = BestPracticeIndexPage.objects.exclude(pk=guide.pk).get()
    practice.title = "Changed"
    practice.save()
    asked = meanwhile(practice, lambda: Page.objects.get(pk=practice.pk).move(other, pos="last-child"))
    record()
    assert asked
    assert Publication.objects.get(kind="page", object_id=guide.pk).trail == trail
    assert list(differences()) == []
    assert Dirty.objects.count() == 0
