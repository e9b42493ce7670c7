"""Why changing the shape of the tree takes turns here: Wagtail puts old places back. Stock models only.

Each test fails when upstream mends its fault; then `turns.py` can go.
"""

import pytest
from django.db import IntegrityError, transaction
from wagtail.models import Page

from tests.factories import BestPracticeIndexPageFactory, Tree


def test_a_page_read_before_its_move_and_saved_after_it_goes_back(tree: Tree) -> None:
    """Nobody gets an error; the new parent counts a child that it does not have."""
    practice = tree.practices[0]
    other = BestPracticeIndexPageFactory(parent=tree.toolbox, title="Another guide")
    read_before = practice.save_revision().as_object()
    Page.objects.get(pk=practice.pk).move(Page.objects.get(pk=other.pk), pos="last-child")
    read_before.save()
    assert Page.objects.get(pk=practice.pk).path == practice.path
    other.refresh_from_db()
    assert (other.numchild, other.get_children().count()) == (1, 0)


def test_a_page_read_before_its_branch_moved_cannot_be_saved(tree: Tree) -> None:
    read_before = tree.practices[0].save_revision().as_object()
    Page.objects.get(pk=tree.index.pk).move(Page.objects.get(pk=tree.home.pk), pos="last-child")
    with pytest.raises(Page.DoesNotExist):
        read_before.save()


def test_a_page_published_beside_a_new_child_forgets_the_child(tree: Tree) -> None:
    seen_by_one = Page.objects.get(pk=tree.about.pk).specific
    parent = Page.objects.get(pk=tree.about.pk)
    parent.add_child(instance=Page(title="New", slug="new", locale=parent.locale))
    seen_by_one.save()
    about = Page.objects.get(pk=tree.about.pk)
    assert about.numchild == 0
    assert Page.objects.filter(path__startswith=about.path, depth=about.depth + 1).count() == 1


def test_two_pages_made_at_once_get_one_place(tree: Tree) -> None:
    """Both ask for the last child first; the second one to save gets an error."""
    places = []
    for title in ("One", "Another"):
        parent = Page.objects.get(pk=tree.home.pk)
        with transaction.atomic():
            places.append(parent.add_child(instance=Page(title=title, slug=title.lower(), locale=parent.locale)).path)
            transaction.set_rollback(True)
    assert places[0] == places[1]
    Page.objects.get(pk=tree.home.pk).add_child(instance=Page(title="One", slug="one", locale=tree.home.locale))
    late = Page(title="Another", slug="another", locale=tree.home.locale, path=places[1], depth=tree.home.depth + 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        late.save(clean=False)
