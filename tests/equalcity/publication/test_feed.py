"""What a follower is promised, and what it is told when it asks for something impossible."""

import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from wagtail.models import Locale, PageViewRestriction

from equalcity.publication import feed
from equalcity.publication.models import FeedState, Publication
from tests.factories import Tree
from toolbox_pages.models import BestPracticePage, ToolboxPage

Settle = Callable[..., Any]


def titles(page: feed.FeedPage) -> list[str]:
    return [json.loads(item.source)["fields"].get("title", "") for item in page.items if item.source]


def test_items_come_in_the_order_of_their_numbers_each_once(published: Tree) -> None:
    seqs, cursor, rounds = [], None, 0
    while True:
        page = feed.changes(cursor, limit=3)
        seqs += [item.seq for item in page.items]
        cursor, rounds = page.next, rounds + 1
        if not page.more:
            break
    assert rounds > 2
    assert seqs == sorted(set(seqs))
    assert len(seqs) == Publication.objects.filter(original=None).count()
    assert feed.changes(cursor).items == []


def test_a_cursor_survives_its_journey() -> None:
    cursor = feed.Cursor(uuid.uuid4(), uuid.uuid4(), 12345)
    assert feed.decode(feed.encode(cursor)) == cursor


@pytest.mark.parametrize("text", ["", "x", "ä", "AAAA", "A" * 5000, "%00", "=" * 54])
def test_an_unreadable_cursor(text: str) -> None:
    with pytest.raises(feed.BadCursor):
        feed.decode(text)


def test_a_cursor_of_another_instance(published: Tree) -> None:
    now = feed.state()
    with pytest.raises(feed.BadCursor):
        feed.changes(feed.Cursor(uuid.uuid4(), now.epoch, 1))


def test_a_cursor_of_another_epoch_or_from_the_future_needs_a_resync(published: Tree) -> None:
    now = feed.state()
    for cursor in (feed.Cursor(now.instance, uuid.uuid4(), 1), feed.Cursor(now.instance, now.epoch, now.seq + 1)):
        with pytest.raises(feed.ResyncNeeded, match="resync"):
            feed.changes(cursor)


def test_a_cursor_below_what_was_pruned_is_gone(published: Tree) -> None:
    now = feed.state()
    FeedState.objects.update(pruned=5)
    with pytest.raises(feed.CursorGone):
        feed.changes(feed.Cursor(now.instance, now.epoch, 4))
    assert feed.changes(feed.Cursor(now.instance, now.epoch, 5)).items != []


def test_a_subtree_is_left_with_a_word_but_no_content(published: Tree, settle: Settle) -> None:
    other = ToolboxPage(
        title="Other", slug="other", city=published.city, audience="For all", locale=published.home.locale
    )
    ToolboxPage.objects.get(pk=published.toolbox.pk).get_parent().add_child(instance=other)
    settle()
    before = feed.changes(None, subtree=published.toolbox.translation_key)
    assert sorted(filter(None, titles(before))) == [
        "A safer space at the counter",
        "A warm handover",
        "Brussels toolbox",
        "Evenings with parents",
        "Guide of best practices",
    ]
    settle(lambda: published.index.specific.__class__.objects.get(pk=published.index.pk).move(other, pos="last-child"))
    after = feed.changes(before.next, subtree=published.toolbox.translation_key)
    gone = {item.key: item for item in after.items if item.state == "elsewhere"}
    assert set(gone) == {published.index.translation_key, *(page.translation_key for page in published.practices)}
    assert {(item.source, item.as_json()["source"], item.as_json()["etag"]) for item in gone.values()} == {
        ("", None, "")
    }
    assert titles(after) == ["Brussels toolbox"]


def test_only_the_languages_asked_for_but_every_tombstone(published: Tree, settle: Settle) -> None:
    page = published.practices[0]
    french = Locale.objects.get(language_code="fr")
    settle(lambda: page.copy_for_translation(french, copy_parents=True).save_revision().publish())
    assert {item.locale for item in feed.changes(None, locales=["fr"]).items} == {"fr"}
    settle(lambda: BestPracticePage.objects.get(pk=page.pk).unpublish())
    assert [(item.locale, item.state) for item in feed.changes(None, locales=["fr"]).items if item.state != "live"] == [
        ("en", "withdrawn")
    ]


def test_what_was_hidden_a_moment_ago_is_withdrawn_before_it_is_read(published: Tree) -> None:
    """No mark, no worker: the feed itself must not let content out, nor lose the change."""
    page = published.practices[0]
    before = feed.changes(None)
    # Signals are bypassed on purpose: `.update()` sends none.
    BestPracticePage.objects.filter(pk=page.pk).update(live=False)
    assert "A safer space at the counter" not in titles(feed.changes(None))
    told = {item.key: item.state for item in feed.changes(before.next).items}
    assert told[page.translation_key] == "withdrawn"


def test_a_restriction_works_before_anything_is_recorded(published: Tree) -> None:
    PageViewRestriction.objects.bulk_create(
        [PageViewRestriction(page=published.index, restriction_type=PageViewRestriction.LOGIN)]
    )
    assert sorted(filter(None, titles(feed.changes(None)))) == [
        "About the project",
        "Brussels toolbox",
        "Equal(c)ity",
        "Equal(c)ity",
        "Equal(c)ity",
    ]


def test_the_feed_names_no_hidden_page(published: Tree, settle: Settle) -> None:
    """A link to a draft keeps its words; neither its key nor its address is told."""
    hidden, page = published.practices[0], BestPracticePage.objects.get(pk=published.practices[1].pk)
    page.context = f'<p>See <a linktype="page" id="{hidden.pk}">the other one</a>.</p>'
    settle(lambda: page.save_revision().publish())
    source = Publication.objects.get(object_id=page.pk, kind="page").body.source
    assert f"/{hidden.translation_key}/en" in source
    settle(lambda: BestPracticePage.objects.get(pk=hidden.pk).unpublish())
    body = Publication.objects.get(object_id=page.pk, kind="page").body
    assert str(hidden.translation_key) not in body.source + body.document
    assert hidden.slug not in body.document
    assert "the other one" in body.document
