"""What is written again is what was made: the rows of every table, and objects that no other test has."""

from django.core.management import call_command
from django.db import transaction
from wagtail.models import Page

from equalcity.publication.record import record
from home.models import StandardPage
from tests.factories import StandardPageFactory, Tree, make_tree
from tests.factories.kept import Kept, everything


def test_every_table_is_as_it_was_when_it_was_made(db: None) -> None:
    def make() -> Tree:
        tree = make_tree()
        record()
        call_command("update_index", verbosity=0)
        return tree

    before = transaction.savepoint()
    kept = Kept.of(make)
    made = everything()
    transaction.savepoint_rollback(before)
    assert everything() != made
    tree = kept.again()
    assert everything() == made
    # Numbers go on after those that were written, and the full-text index knows what was.
    assert StandardPageFactory(parent=tree.home, title="One more").pk not in made[Page]
    assert [page.pk for page in StandardPage.objects.all().search(tree.about.title)] == [tree.about.pk]


def test_no_test_has_the_objects_of_another(db: None, kept_tree: Kept[Tree]) -> None:
    first = kept_tree.again()
    first.home.title = "Changed"
    first.practices.clear()
    second = kept_tree.again()
    assert second.home.title != "Changed"
    assert len(second.practices) == 3
