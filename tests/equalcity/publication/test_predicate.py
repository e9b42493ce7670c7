"""What lists leave out is what is not public, however a page was hidden, before anything is recorded."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction

from equalcity.publication.marks import recording_postponed
from equalcity.publication.models import Publication
from equalcity.publication.predicate import delivered_pages, listed_pages
from equalcity.publication.record import record
from tests.factories import Tree
from toolbox_pages.models import BestPracticePage


@pytest.fixture
def practice(published: Tree) -> BestPracticePage:
    """A practice with an alias and a translation, all recorded."""
    practice = BestPracticePage.objects.get(pk=published.practices[0].pk)
    practice.create_alias(update_slug="alias")
    french = practice.copy_for_translation(Locale.objects.get(language_code="fr"), copy_parents=True)
    french.save_revision().publish()
    for page in french.get_ancestors().filter(live=False):
        page.specific.save_revision().publish()
    record()
    return practice


def ids(rows: "QuerySet[Publication]") -> set[int | None]:
    return set(rows.values_list("object_id", flat=True))


def french_of(page: Page) -> Page:
    return Page.objects.get(translation_key=page.translation_key, locale__language_code="fr", alias_of=None)


def restrict(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def unpublish(page: BestPracticePage) -> None:
    page.unpublish()


def only_the_source_is_live_no_more(page: BestPracticePage) -> None:
    Page.objects.filter(pk=page.pk).update(live=False)


def expire(page: BestPracticePage) -> None:
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - datetime.timedelta(seconds=1))


def restrict_it(page: BestPracticePage) -> None:
    restrict(page)


def restrict_above(page: BestPracticePage) -> None:
    restrict(page.get_parent())


def restrict_the_translation(page: BestPracticePage) -> None:
    restrict(french_of(page))


def restrict_the_alias(page: BestPracticePage) -> None:
    restrict(page.aliases.get())


def restrict_above_the_translation(page: BestPracticePage) -> None:
    restrict(french_of(page).get_parent())


def move_behind_a_restriction(page: BestPracticePage) -> None:
    about = Page.objects.get(slug="about-the-project")
    restrict(about)
    page.move(about, pos="first-child")


def delete(page: BestPracticePage) -> None:
    page.delete()


def delete_the_guide(page: BestPracticePage) -> None:
    page.get_parent().delete()


WAYS = (
    unpublish,
    only_the_source_is_live_no_more,
    expire,
    restrict_it,
    restrict_above,
    restrict_the_translation,
    restrict_the_alias,
    restrict_above_the_translation,
    move_behind_a_restriction,
    delete,
    delete_the_guide,
)


@pytest.mark.parametrize("hide", WAYS, ids=lambda hide: hide.__name__)
def test_lists_leave_out_what_is_hidden(practice: BestPracticePage, hide: Callable[[Any], None]) -> None:
    before = ids(delivered_pages())
    assert ids(listed_pages()) == before
    with recording_postponed():
        hide(practice)
    assert before - ids(delivered_pages())
    assert ids(listed_pages()) == ids(delivered_pages())


def test_a_time_to_come_hides_nothing(practice: BestPracticePage) -> None:
    Page.objects.filter(pk=practice.pk).update(expire_at=timezone.now() + datetime.timedelta(hours=1))
    assert practice.pk in ids(listed_pages()) == ids(delivered_pages())
