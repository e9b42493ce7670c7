"""HTML and publications hold the same predicate; each upstream fault is shown beside the guard against it."""

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db.models.signals import pre_save
from django.test import Client
from django.utils import timezone
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.actions.copy_page import CopyPageAction
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail.rich_text import expand_db_html
from wagtail_localize.synctree import synchronize_tree

from equalcity.publication import guards
from equalcity.publication.models import Publication
from equalcity.publication.predicate import is_public, public_pages
from tests.factories import Tree, UserFactory
from tests.factories.staff import sign_in
from toolbox_pages.models import BestPracticePage

Settle = Callable[..., Any]


def fresh(page: Page) -> Any:
    return type(page).objects.get(pk=page.pk)


def alias_of(page: Page) -> Page:
    return Page.objects.get(translation_key=page.translation_key, locale__language_code="fr")


@pytest.fixture
def with_aliases(published: Tree, settle: Settle) -> Tree:
    settle(lambda: synchronize_tree(Locale.objects.get(language_code="en"), Locale.objects.get(language_code="fr")))
    return published


def hide_draft(page: BestPracticePage) -> None:
    page.unpublish()


def hide_restricted(page: BestPracticePage) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.PASSWORD, password="x")


def hide_ancestor(page: BestPracticePage) -> None:
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN)


def hide_expired(page: BestPracticePage) -> None:
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - datetime.timedelta(seconds=1))


@pytest.mark.parametrize("hide", [hide_draft, hide_restricted, hide_ancestor, hide_expired])
def test_hidden_pages_answer_like_pages_that_never_were(
    with_aliases: Tree, client: Client, hide: Callable[[BestPracticePage], None]
) -> None:
    page = BestPracticePage.objects.get(pk=with_aliases.practices[0].pk)
    own, alias = page.url, alias_of(page).url
    assert [client.get(url).status_code for url in (own, alias)] == [200, 200]
    hide(page)
    for url, never in ((own, own[:-2] + "x/"), (alias, alias[:-2] + "x/")):
        hidden, absent = client.get(url), client.get(never)
        assert (hidden.status_code, hidden.headers.items()) == (404, absent.headers.items())
        assert hidden.content.replace(url.encode(), b"") == absent.content.replace(never.encode(), b"")


def test_wagtail_still_serves_the_alias_of_a_restricted_page(with_aliases: Tree) -> None:
    """Upstream: a restriction knows one page. When this fails, the guard on translation sets may be reviewed."""
    page = with_aliases.practices[0]
    hide_restricted(page)
    assert Page.objects.live().public().filter(pk=alias_of(page).pk).exists()
    assert not is_public(alias_of(page))


def test_wagtail_still_makes_aliases_of_a_scheduled_draft_live(published: Tree) -> None:
    """wagtail#11344. When this fails, the condition on an alias's source may be reviewed."""
    draft = BestPracticePage(
        title="Embargo", slug="embargo", live=False, city=published.city, locale=published.home.locale
    )
    published.index.refresh_from_db()
    published.index.add_child(instance=draft)
    draft.save_revision()
    synchronize_tree(Locale.objects.get(language_code="en"), Locale.objects.get(language_code="fr"))
    draft = BestPracticePage.objects.get(pk=draft.pk)
    draft.go_live_at = timezone.now() + datetime.timedelta(days=1)
    draft.save_revision().publish()
    alias = alias_of(draft)
    assert alias.live
    assert not is_public(alias)


@pytest.mark.parametrize("by", ["code", "cms"])
def test_copying_a_section_keeps_the_restrictions_below_it(
    published: Tree, settle: Settle, client: Client, by: str
) -> None:
    hide_restricted(published.practices[0])
    if by == "code":
        settle(lambda: fresh(published.index).copy(recursive=True, update_attrs={"slug": "copy"}, keep_live=True))
    else:
        sign_in(client, UserFactory(is_superuser=True))
        form = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": published.toolbox.pk}
        form |= {"copy_subpages": "on", "publish_copies": "on"}
        settle(lambda: client.post(f"/cms/pages/{published.index.pk}/copy/", form))
    copies = Page.objects.filter(url_path__contains="/copy/", depth=published.practices[0].depth)
    assert {page.slug: is_public(page) for page in copies} == {
        page.slug: page.pk != published.practices[0].pk for page in published.practices
    }
    kept = PageViewRestriction.objects.get(page__in=copies)
    assert (kept.restriction_type, kept.password) == (PageViewRestriction.PASSWORD, "x")


def test_wagtail_still_forgets_the_restrictions_below_a_copied_page(published: Tree) -> None:
    """Upstream copies those of the page where copying began. When this fails, `core/copying.py` can go."""
    hide_restricted(published.practices[0])
    index = fresh(published.index)
    copied = CopyPageAction(index, recursive=True, update_attrs={"slug": "copy"}, keep_live=True).execute()
    assert all(is_public(page) for page in copied.get_children())


def test_a_copy_of_a_restricted_section_stays_restricted(published: Tree) -> None:
    hide_restricted(published.index)
    copied = fresh(published.index).copy(recursive=True, update_attrs={"slug": "copy"}, keep_live=True)
    assert not any(is_public(page) for page in [copied, *copied.get_children()])


@pytest.fixture
def waiting(published: Tree) -> Page:
    """An alias that stands ready for a practice that waits for its time."""
    practice = BestPracticePage(
        title="Embargo", slug="embargo", live=False, city=published.city, locale=published.home.locale
    )
    fresh(published.index).add_child(instance=practice)
    practice.save_revision()
    alias: Page = practice.create_alias(update_slug="ready")
    practice.go_live_at = timezone.now() + datetime.timedelta(days=1)
    practice.save_revision().publish()
    return fresh(alias)


def test_wagtail_still_makes_the_copy_of_a_waiting_alias_public(waiting: Page) -> None:
    """Upstream: the alias is live, and so is a copy of it. When this fails, `keep_waiting` can go."""
    copied = CopyPageAction(waiting, update_attrs={"slug": "copy"}, keep_live=True).execute()
    assert (is_public(waiting), is_public(copied)) == (False, True)


@pytest.mark.parametrize("recursive", [False, True], ids=["by itself", "with its section"])
@pytest.mark.parametrize("by", ["code", "cms"])
def test_a_copy_of_a_waiting_alias_waits(
    waiting: Page, published: Tree, settle: Settle, client: Client, by: str, recursive: bool
) -> None:
    copied = fresh(published.index) if recursive else fresh(waiting)
    if by == "code":
        settle(lambda: copied.copy(recursive=recursive, update_attrs={"slug": "copy"}, keep_live=True))
    else:
        sign_in(client, UserFactory(is_superuser=True))
        above = published.toolbox if recursive else published.index
        title = "Copy" if recursive else "Embargo"
        form = {"new_title": title, "new_slug": "copy", "new_parent_page": above.pk}
        form |= {"copy_subpages": "on"} if recursive else {}
        settle(lambda: client.post(f"/cms/pages/{copied.pk}/copy/", form | {"publish_copies": "on"}))
    copies = Page.objects.filter(url_path__contains="/copy/")
    embargoed = copies.filter(title="Embargo") if recursive else copies
    assert {page.live for page in embargoed} == {False}
    assert not any(is_public(page) for page in embargoed)
    assert len(embargoed) == (2 if recursive else 1)
    others = copies.exclude(pk__in=embargoed.values("pk"))
    assert all(is_public(page) for page in others)
    assert len(others) == (1 + len(published.practices) if recursive else 0)
    assert not Publication.objects.filter(object_id__in=embargoed.values("pk"), state="live").exists()


@contextmanager
def without_guard(receiver: Callable[..., None]) -> Iterator[None]:
    """Show what upstream does by itself."""
    uid = f"publication.{receiver.__name__}"
    assert pre_save.disconnect(dispatch_uid=uid)
    try:
        yield
    finally:
        pre_save.connect(receiver, dispatch_uid=uid)


def test_wagtail_still_makes_aliases_of_aliases(published: Tree) -> None:
    first = published.practices[0].create_alias(update_slug="first")
    with without_guard(guards.alias_the_original):
        assert first.create_alias(update_slug="second").alias_of_id == first.pk


def test_an_alias_of_an_alias_is_one_of_the_original(published: Tree, settle: Settle) -> None:
    original = published.practices[0]
    first = settle(lambda: original.create_alias(update_slug="first"))
    second = settle(lambda: first.create_alias(update_slug="second"))
    assert fresh(second).alias_of_id == original.pk


def converted(original: BestPracticePage) -> Any:
    """What becomes of an alias that was made a page of its own after its original was restricted."""
    alias = original.create_alias(update_slug="alias")
    hide_restricted(original)
    ConvertAliasPageAction(fresh(alias)).execute()
    return fresh(alias)


def test_wagtail_still_shows_the_converted_alias_of_a_hidden_page(published: Tree) -> None:
    with without_guard(guards.hide_converted_alias):
        assert is_public(converted(published.practices[0]))


def test_a_converted_alias_of_a_hidden_page_is_a_draft(published: Tree, settle: Settle) -> None:
    page = settle(lambda: converted(published.practices[0]))
    assert (page.alias_of_id, page.live) == (None, False)


def test_a_converted_alias_of_a_public_page_stays_public(published: Tree, settle: Settle) -> None:
    alias = settle(lambda: published.practices[0].create_alias(update_slug="alias"))
    settle(lambda: ConvertAliasPageAction(fresh(alias)).execute())
    assert is_public(alias)


def test_a_translation_does_not_need_its_original_to_be_live(published: Tree) -> None:
    page = published.practices[0]
    french = page.copy_for_translation(Locale.objects.get(language_code="fr"), copy_parents=True)
    french.save_revision().publish()
    BestPracticePage.objects.get(pk=page.pk).unpublish()
    assert is_public(french)


def test_the_predicate_is_one_query_without_and_with_restrictions(
    with_aliases: Tree, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        everything = list(public_pages(Page.objects.all()))
    hide_restricted(with_aliases.practices[0])
    with django_assert_num_queries(1):
        rest = list(public_pages(Page.objects.all()))
    assert len(everything) - len(rest) == 2


def test_links_to_hidden_pages_keep_their_words_only(published: Tree) -> None:
    page = published.practices[0]
    stored = f'<p>Read <a linktype="page" id="{page.pk}">this</a>.</p>'
    assert expand_db_html(stored) == f'<p>Read <a href="{page.url}">this</a>.</p>'
    BestPracticePage.objects.get(pk=page.pk).unpublish()
    assert expand_db_html(stored) == "<p>Read <a>this</a>.</p>"
