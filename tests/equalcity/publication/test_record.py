"""Every way in which a page changes ends in the right publication, whatever signals it sends."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.models import Locale, Page, PageViewRestriction, Revision, Site
from wagtail_localize.synctree import synchronize_tree

from equalcity.core.models import City
from equalcity.publication import feed, marks
from equalcity.publication.models import Dirty, Publication
from equalcity.publication.predicate import is_public
from equalcity.publication.reconcile import differences
from equalcity.publication.record import record, record_objects
from equalcity.publication.spreading import spread
from tests.factories import ToolboxPageFactory, Tree
from toolbox_pages.models import BestPracticePage, RelatedPage, ToolboxPage

Settle = Callable[..., Any]
News = Callable[[], list[tuple[str, str, str]]]


def fresh(page: Page) -> Any:
    return type(page).objects.get(pk=page.pk)


def publish(page: Page, **changes: Any) -> None:
    page = fresh(page)
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()


def live_titles(locale: str = "en") -> set[str]:
    rows = Publication.objects.filter(kind="page", locale=locale, state="live", original=None)
    return set(rows.values_list("title", flat=True))


def restrict(page: Page) -> PageViewRestriction:
    return PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def test_a_published_tree_is_recorded_once(published: Tree, news: News) -> None:
    titles = [title for title, _locale, state in news() if state == "live"]
    assert sorted(titles) == sorted(
        [
            "A safer space at the counter",
            "A warm handover",
            "About the project",
            "Brussels toolbox",
            "Equal(c)ity",
            "Equal(c)ity",
            "Equal(c)ity",
            "Evenings with parents",
            "Guide of best practices",
            "brussels",
        ]
    )
    assert news() == []


def test_publishing_again_unchanged_wakes_nobody(published: Tree, settle: Settle, news: News) -> None:
    news()
    settle(lambda: publish(published.practices[0]))
    assert news() == []


def test_an_edit_changes_one_row(published: Tree, settle: Settle, news: News) -> None:
    news()
    settle(lambda: publish(published.practices[0], summary="Something new."))
    assert news() == [("A safer space at the counter", "en", "live")]


def test_a_draft_changes_nothing(published: Tree, settle: Settle, news: News) -> None:
    news()
    page = fresh(published.practices[0])
    page.summary = "A secret draft."
    settle(lambda: page.save_revision())
    assert news() == []


def test_saving_a_draft_or_locking_a_page_marks_nothing(published: Tree, settle: Settle) -> None:
    practice = fresh(published.practices[0])
    practice.title = "Embargoed"
    with CaptureQueriesContext(connection) as queries:
        practice.save_revision()
        practice.locked = True
        practice.save(update_fields=["locked"])
    assert [query["sql"] for query in queries if "publication_" in query["sql"]] == []


def test_a_transaction_records_what_it_marked_and_leaves_the_rest_to_the_worker(
    published: Tree, django_capture_on_commit_callbacks: Any
) -> None:
    first, second, _third = published.practices
    Dirty.objects.create(kind="page", object_id=second.pk)
    with django_capture_on_commit_callbacks(execute=True):
        publish(first, title="Renewed")
    assert "Renewed" in live_titles()
    assert second.pk in set(Dirty.objects.values_list("object_id", flat=True))


def test_unpublishing_leaves_a_tombstone_without_content(published: Tree, settle: Settle, news: News) -> None:
    news()
    page = published.practices[0]
    settle(lambda: fresh(page).unpublish())
    row = Publication.objects.get(key=page.translation_key, locale="en")
    assert (row.state, row.title, row.slug, row.url_path, row.object_id) == ("withdrawn", "", "", "", None)
    assert (row.body.document, row.body.source) == ("", "")
    assert (str(page.translation_key), "en", "withdrawn") in news()


def test_a_withdrawn_page_comes_back_under_its_key(published: Tree, settle: Settle, news: News) -> None:
    page = published.practices[0]
    settle(lambda: fresh(page).unpublish())
    news()
    settle(lambda: publish(page))
    assert ("A safer space at the counter", "en", "live") in news()
    assert Publication.objects.filter(key=page.translation_key, locale="en").count() == 1


def test_deleting_a_subtree_withdraws_all_of_it(published: Tree, settle: Settle) -> None:
    settle(lambda: fresh(published.toolbox).delete())
    assert live_titles() == {"Equal(c)ity", "About the project"}


def test_deleting_through_a_queryset(published: Tree, settle: Settle) -> None:
    settle(lambda: Page.objects.filter(pk=published.index.pk).delete())
    assert live_titles() == {"Equal(c)ity", "About the project", "Brussels toolbox"}


def test_a_restriction_hides_what_stands_below_and_lifting_it_brings_it_back(
    published: Tree, settle: Settle, news: News
) -> None:
    settle(lambda: restrict(published.index))
    assert live_titles() == {"Equal(c)ity", "About the project", "Brussels toolbox"}
    news()
    settle(lambda: [one.delete() for one in PageViewRestriction.objects.all()])
    assert {title for title, _locale, state in news() if state == "live"} == {
        "A safer space at the counter",
        "A warm handover",
        "Brussels toolbox",
        "Evenings with parents",
        "Guide of best practices",
    }


def test_a_restriction_hides_the_translations_too(published: Tree, settle: Settle) -> None:
    page = published.practices[0]

    def translate() -> None:
        french = fresh(page).copy_for_translation(Locale.objects.get(language_code="fr"), copy_parents=True)
        french.title = "Un espace plus sûr"
        french.save_revision().publish()

    settle(translate)
    assert "Un espace plus sûr" in live_titles("fr")
    settle(lambda: restrict(published.index))
    assert "Un espace plus sûr" not in live_titles("fr")
    settle(lambda: fresh(published.index).delete())
    assert "Un espace plus sûr" in live_titles("fr")


@pytest.mark.parametrize("alias", [False, True])
def test_a_page_that_comes_behind_a_restriction_hides_its_other_languages(
    published: Tree, settle: Settle, alias: bool
) -> None:
    """Also one that nobody may see itself: nothing but it says that its key stands behind the wall."""
    page, arabic = published.practices[0], Locale.objects.get(language_code="ar")
    settle(lambda: restrict(published.homes["ar"]))
    assert page.title in live_titles()
    settle(lambda: fresh(page).copy_for_translation(arabic, copy_parents=True, alias=alias))
    assert not is_public(page)
    assert page.title not in live_titles()
    assert list(differences()) == []


def test_renaming_the_slug_of_a_section_moves_addresses_but_wakes_no_follower(
    published: Tree, settle: Settle, news: News
) -> None:
    news()
    settle(lambda: publish(published.toolbox, slug="bruxelles"))
    assert news() == [("Brussels toolbox", "en", "live")]
    row = Publication.objects.get(object_id=published.practices[0].pk, kind="page")
    assert row.url_path == fresh(published.practices[0]).url_path
    assert "/bruxelles/" in row.body.document


def test_moving_a_page_moves_its_row_and_its_parents(published: Tree, settle: Settle, news: News) -> None:
    other = ToolboxPage(
        title="Other", slug="other", city=published.city, audience="For all", locale=published.home.locale
    )
    fresh(published.home).add_child(instance=other)
    settle()
    news()
    settle(lambda: fresh(published.index).move(fresh(other), pos="last-child"))
    moved = {title for title, _locale, _state in news()}
    assert moved == {
        "A safer space at the counter",
        "A warm handover",
        "Brussels toolbox",
        "Evenings with parents",
        "Guide of best practices",
        "Other",
    }


def test_moving_a_branch_tells_followers_of_all_of_it_at_once(published: Tree, settle: Settle) -> None:
    other = ToolboxPageFactory.build(title="Rome toolbox", slug="rome", city=published.city)
    published.home.add_child(instance=other)
    settle()
    before = feed.changes(None, limit=500).next
    index = fresh(published.index)
    keys = [str(page.translation_key) for page in published.practices]
    index.move(fresh(other), pos="last-child")
    with marks.recording_postponed():
        spread("tree", index.pk)
    with CaptureQueriesContext(connection) as queries:
        record_objects([("page", index.pk)])
    updates = [query["sql"] for query in queries if "ROW_NUMBER" in query["sql"]]
    assert len(updates) == 1
    items = {str(item.key): item for item in feed.changes(before, limit=500, subtree=other.translation_key).items}
    assert [items[key].state for key in keys] == ["live"] * 3
    assert [items[key].seq for key in keys] == sorted(items[key].seq for key in keys)
    left = {str(item.key): item.state for item in feed.changes(before, subtree=published.toolbox.translation_key).items}
    assert [left[key] for key in keys] == ["elsewhere"] * 3
    after = feed.changes(None, limit=500).next
    settle()
    # What follows is the pages' new addresses, which no follower sees.
    moved = {str(item.key) for item in feed.changes(after, limit=500).items}
    assert moved.isdisjoint(keys)


def test_a_tombstone_remembers_where_it_stood(published: Tree, settle: Settle) -> None:
    """Withdrawn in one branch, public again in another: a follower of the first must hear that it left."""
    practice = published.practices[0]
    before = feed.changes(None, limit=500).next
    settle(lambda: fresh(practice).unpublish())
    settle(lambda: fresh(practice).move(fresh(published.home), pos="last-child"))
    settle(lambda: publish(practice))
    items = feed.changes(before, subtree=published.toolbox.translation_key).items
    assert {str(item.key): item.state for item in items}[str(practice.translation_key)] == "elsewhere"


def test_reordering_siblings_changes_the_parents_row_only(published: Tree, settle: Settle, news: News) -> None:
    news()
    first, _second, third = published.practices
    settle(lambda: fresh(third).move(fresh(first), pos="left"))
    assert news() == [("Guide of best practices", "en", "live")]
    row = Publication.objects.get(object_id=published.index.pk, kind="page")
    assert row.children == [str(one.translation_key) for one in (third, first, _second)]


def test_moving_into_a_restricted_branch_withdraws(published: Tree, settle: Settle) -> None:
    hidden = ToolboxPage(title="Hidden", slug="hidden", city=published.city, audience="x", locale=published.home.locale)
    fresh(published.home).add_child(instance=hidden)
    settle(lambda: restrict(hidden))
    settle(lambda: fresh(published.index).move(fresh(hidden), pos="last-child"))
    assert live_titles() == {"Equal(c)ity", "About the project", "Brussels toolbox"}


def test_moving_a_draft_with_live_pages_below_into_a_restricted_branch(published: Tree, settle: Settle) -> None:
    settle(lambda: fresh(published.index).unpublish())
    hidden = ToolboxPage(title="Hidden", slug="hidden", city=published.city, audience="x", locale=published.home.locale)
    fresh(published.home).add_child(instance=hidden)
    settle(lambda: restrict(hidden))
    settle(lambda: fresh(published.index).move(fresh(hidden), pos="last-child"))
    assert live_titles() == {"Equal(c)ity", "About the project", "Brussels toolbox"}


def test_a_renamed_term_reaches_the_documents(published: Tree, settle: Settle) -> None:
    city = City.objects.get(code="brussels", locale__language_code="en")
    city.name = "Brussels-Capital"
    settle(lambda: city.save())
    row = Publication.objects.get(object_id=published.practices[0].pk, kind="page")
    assert '"Brussels-Capital"' in row.body.document


def test_a_new_address_of_the_site_renders_documents_anew_and_wakes_nobody(
    published: Tree, settle: Settle, news: News, settings: Any
) -> None:
    news()
    settings.SITE_URL = settings.WAGTAILAPI_BASE_URL = "https://new.example"
    site = Site.objects.get()
    site.hostname, site.port = "new.example", 443
    settle(lambda: site.save())
    assert news() == []
    row = Publication.objects.get(object_id=published.practices[0].pk, kind="page")
    assert "https://new.example/" in row.body.document
    assert "testserver" not in row.body.document


def test_scheduled_publishing_and_expiry(published: Tree, settle: Settle) -> None:
    page = fresh(published.practices[0])
    page.title = "Tomorrow's title"
    page.go_live_at = timezone.now() + datetime.timedelta(hours=1)
    settle(lambda: page.save_revision().publish())
    assert "Tomorrow's title" not in live_titles()
    for revision in Revision.objects.exclude(approved_go_live_at=None):
        past = timezone.now() - datetime.timedelta(minutes=1)
        revision.content["go_live_at"] = past.isoformat()
        revision.approved_go_live_at = past
        revision.save()
    settle(lambda: call_command("publish_scheduled"))
    assert "Tomorrow's title" in live_titles()
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - datetime.timedelta(minutes=1))
    settle(lambda: call_command("publish_scheduled"))
    assert "Tomorrow's title" not in live_titles()


def test_a_hidden_reference_comes_and_goes_without_a_word(published: Tree, settle: Settle) -> None:
    first, second, _third = published.practices
    settle(lambda: publish(first, related_pages=[RelatedPage(target=second)]))
    settle(lambda: restrict(second))
    settle(lambda: fresh(second).delete())
    refs = Publication.objects.get(object_id=first.pk, state="live").refs
    assert str(second.translation_key) not in set(refs.values_list("name", flat=True))


def test_the_feed_names_no_hidden_parent(published: Tree, settle: Settle) -> None:
    child = published.practices[0]
    settle(lambda: fresh(published.index).unpublish())
    (item,) = [item for item in feed.changes(None, limit=500).items if item.key == child.translation_key]
    assert (item.state, item.parent) == ("live", None)


def test_copies_are_publications_of_their_own(published: Tree, settle: Settle) -> None:
    settle(lambda: fresh(published.practices[0]).copy(update_attrs={"slug": "copy", "title": "Copy"}, keep_live=True))
    assert "Copy" in live_titles()


# Aliases ---------------------------------------------------------------------------------------------------


def aliases(locale: str = "fr") -> set[str]:
    rows = Publication.objects.filter(kind="page", locale=locale, state="live", original__isnull=False)
    return set(rows.values_list("title", flat=True))


def synchronize() -> None:
    synchronize_tree(Locale.objects.get(language_code="en"), Locale.objects.get(language_code="fr"))


def test_aliases_have_rows_but_no_place_in_the_feed(published: Tree, settle: Settle, news: News) -> None:
    news()
    settle(synchronize)
    assert "A safer space at the counter" in aliases()
    assert {locale for _title, locale, _state in news()} <= {"en"}


def test_an_alias_follows_its_original(published: Tree, settle: Settle) -> None:
    settle(synchronize)
    settle(lambda: publish(published.practices[0], title="Renamed"))
    assert "Renamed" in aliases()
    settle(lambda: fresh(published.practices[0]).unpublish())
    assert "Renamed" not in aliases()


def test_an_alias_was_modified_when_its_original_was(published: Tree, settle: Settle) -> None:
    practice = published.practices[0]
    settle(
        lambda: fresh(practice).copy_for_translation(
            Locale.objects.get(language_code="fr"), copy_parents=True, alias=True
        )
    )
    # A renamed term renders the original anew, without a word to its alias.
    settle(lambda: City.objects.filter(pk=published.city.pk).first().save())
    settle(lambda: publish(practice, title="Renewed"))
    row, alias = Publication.objects.filter(key=practice.translation_key).order_by("original_id")
    assert alias.original_id == row.pk or row.original_id == alias.pk
    assert row.modified_at == alias.modified_at


def test_restricting_a_page_hides_its_aliases(published: Tree, settle: Settle) -> None:
    settle(synchronize)
    settle(lambda: restrict(published.practices[0]))
    assert "A safer space at the counter" not in aliases()


def test_a_converted_alias_becomes_a_publication(published: Tree, settle: Settle) -> None:
    settle(synchronize)
    alias = BestPracticePage.objects.get(
        translation_key=published.practices[0].translation_key, locale__language_code="fr"
    )
    settle(lambda: ConvertAliasPageAction(alias).execute())
    assert "A safer space at the counter" in live_titles("fr")
    assert "A safer space at the counter" not in aliases()


def test_an_alias_where_a_translation_was_withdrawn(published: Tree, settle: Settle) -> None:
    page = published.practices[0]
    french = Locale.objects.get(language_code="fr")
    settle(lambda: fresh(page).copy_for_translation(french, copy_parents=True).save_revision().publish())
    settle(lambda: BestPracticePage.objects.get(translation_key=page.translation_key, locale=french).delete())
    settle(synchronize)
    rows = Publication.objects.filter(key=page.translation_key, locale="fr").order_by("state")
    assert [(row.state, row.original_id is None) for row in rows] == [("live", False), ("withdrawn", True)]


def test_deleting_a_hidden_original_does_not_set_its_aliases_free(published: Tree, settle: Settle) -> None:
    draft = BestPracticePage(
        title="Embargo", slug="embargo", live=False, city=published.city, locale=published.home.locale
    )
    fresh(published.index).add_child(instance=draft)
    draft.save_revision()
    settle(synchronize)
    draft = fresh(draft)
    draft.go_live_at = timezone.now() + datetime.timedelta(days=1)
    draft.summary = "Not before tomorrow."
    settle(lambda: draft.save_revision().publish())
    assert Page.objects.get(translation_key=draft.translation_key, locale__language_code="fr").live, (
        "upstream no longer makes aliases of scheduled drafts live: the guard can go"
    )
    settle(lambda: fresh(draft).delete())
    assert "Embargo" not in live_titles("fr") | aliases("fr")


def test_what_stood_behind_the_alias_of_a_restricted_section_comes_back(published: Tree, settle: Settle) -> None:
    """The original is gone, its Arabic alias is a page of its own, and only that still stands behind the wall."""
    guide, practice = published.index, published.practices[0]
    french = practice.copy_for_translation(Locale.objects.get(language_code="fr"), copy_parents=True)
    settle(lambda: french.save_revision().publish())
    settle(lambda: fresh(french).move(fresh(published.homes["fr"]), pos="last-child"))
    arabic = Locale.objects.get(language_code="ar")
    settle(lambda: practice.copy_for_translation(arabic, copy_parents=True, alias=True))
    wall = PageViewRestriction(page=guide, restriction_type=PageViewRestriction.LOGIN)
    settle(wall.save)
    settle(lambda: fresh(practice).delete())
    assert not is_public(french)
    settle(wall.delete)
    assert is_public(french)
    assert fresh(french).title in live_titles("fr")


@pytest.mark.parametrize("way", ["converted", "outlived"])
def test_what_stands_below_an_alias_is_free_without_its_original(published: Tree, settle: Settle, way: str) -> None:
    guide, home = published.index, published.home
    alias = settle(lambda: fresh(guide).create_alias(parent=fresh(home), update_slug="alias"))
    practice = settle(
        lambda: fresh(published.practices[0]).copy(to=fresh(alias), update_attrs={"slug": "own", "title": "Own"})
    )
    wall = PageViewRestriction(page=guide, restriction_type=PageViewRestriction.LOGIN)
    settle(wall.save)
    assert not is_public(practice)
    settle(lambda: ConvertAliasPageAction(fresh(alias)).execute() if way == "converted" else fresh(guide).delete())
    assert is_public(practice)
    assert "Own" in live_titles()


# Marks -----------------------------------------------------------------------------------------------------


def test_a_page_that_cannot_be_rendered_is_parked_and_blocks_nobody(
    published: Tree, settle: Settle, monkeypatch: Any
) -> None:
    broken, fine = published.practices[:2]
    Page.objects.filter(pk=fine.pk).update(title="Fine")
    # A body that names a block of a future version in a shape that no serializer reads.
    BestPracticePage.objects.filter(pk=broken.pk).update(months=None)
    from equalcity.publication import prepare as module

    real = module.document_of

    def document_of(page: Page, *rest: Any) -> dict[str, Any]:
        if page.pk == broken.pk:
            raise ValueError("cannot be rendered")
        return real(page, *rest)

    monkeypatch.setattr(module, "document_of", document_of)
    settle(lambda: [fresh(broken).save(), fresh(fine).save()], verify=False)
    parked = Dirty.objects.exclude(parked_at=None)
    assert {(mark.object_id, mark.error) for mark in parked} == {(broken.pk, "ValueError: cannot be rendered")}
    assert "Fine" in live_titles()


def test_a_newer_mark_is_not_swallowed(published: Tree, settle: Settle, monkeypatch: Any) -> None:
    """The page changes while it is being rendered: what was rendered is thrown away, the newer state recorded."""
    from equalcity.publication import prepare as module

    page = published.practices[0]
    real = module.document_of
    done: list[bool] = []

    def document_of(rendered: Page, *rest: Any) -> dict[str, Any]:
        document = real(rendered, *rest)
        if rendered.pk == page.pk and not done:
            done.append(True)
            later = fresh(page)
            later.title = "Later"
            later.save()
        return document

    monkeypatch.setattr(module, "document_of", document_of)
    first = fresh(page)
    first.title = "Earlier"
    first.save()
    record()
    assert "Later" in live_titles()
    assert "Earlier" not in live_titles()


def test_a_page_that_moves_while_it_is_read_is_read_again(published: Tree, settle: Settle, monkeypatch: Any) -> None:
    """Nothing is written of a page whose ancestors were read before it moved, and whose own row after."""
    from equalcity.publication import prepare as module

    page, real = published.practices[0], module.line_to
    moved: list[bool] = []

    def line_to(given: int) -> list[Any]:
        line = real(given)
        if given == page.pk and not moved:
            moved.append(True)
            with marks.recording_postponed():
                fresh(page).move(fresh(published.about), pos="first-child")
        return line

    def place() -> tuple[str, str]:
        row = Publication.objects.get(object_id=page.pk, kind="page")
        return row.path, row.trail

    before = place()
    monkeypatch.setattr(module, "line_to", line_to)
    with marks.recording_postponed():
        marks.mark_pages([page.pk])
    record_objects([("page", page.pk)])
    assert (moved, place()) == ([True], before)
    settle()
    assert str(published.about.translation_key) in place()[1]


def test_what_changes_whenever_it_is_read_does_not_keep_the_worker_for_ever(
    published: Tree, monkeypatch: Any, caplog: Any
) -> None:
    from equalcity.publication import prepare as module

    page, real = published.practices[0], module.line_to

    def line_to(given: int) -> list[Any]:
        if given == page.pk:
            raise module.Overtaken
        return real(given)

    monkeypatch.setattr(module, "line_to", line_to)
    with marks.recording_postponed():
        publish(page, title="Never the same")
        publish(published.about, title="Another")
    assert record().written == 1
    assert "time after time" in caplog.text
    assert set(Dirty.objects.values_list("kind", "object_id")) >= {("page", page.pk)}
    monkeypatch.undo()
    record()
    assert {"Never the same", "Another"} <= live_titles()
    assert Dirty.objects.count() == 0


def test_marks_of_which_nothing_is_to_be_written_are_all_read(published: Tree, monkeypatch: Any, caplog: Any) -> None:
    """More rounds than the worker's patience, each of a draft: nothing is written of it, and its mark goes."""
    from equalcity.publication import record as module

    with marks.recording_postponed():
        for number in range(module.PATIENCE + 5):
            draft = BestPracticePage(
                title="Draft", slug=f"draft-{number}", live=False, city=published.city, locale=published.home.locale
            )
            fresh(published.index).add_child(instance=draft)
    monkeypatch.setattr(module, "BATCH", 1)
    assert Dirty.objects.filter(kind="page").count() > module.PATIENCE
    record()
    assert Dirty.objects.count() == 0
    assert "time after time" not in caplog.text


def test_an_older_rendering_never_overwrites_a_newer_one(published: Tree, monkeypatch: Any) -> None:
    """While one worker renders, the page changes and another worker records it: the first one's work is void."""
    from equalcity.publication import prepare as module

    page = published.practices[0]
    real = module.document_of
    rendered: list[str] = []

    def document_of(given: Page, *rest: Any) -> dict[str, Any]:
        document = real(given, *rest)
        if given.pk == page.pk:
            rendered.append(given.title)
            if len(rendered) == 1:
                later = fresh(page)
                later.title = "Later"
                later.save()
                record()
        return document

    monkeypatch.setattr(module, "document_of", document_of)
    first = fresh(page)
    first.title = "Earlier"
    first.save()
    record()
    assert rendered[:2] == ["Earlier", "Later"]
    row = Publication.objects.get(object_id=page.pk, kind="page")
    assert (row.title, "Later" in row.body.document) == ("Later", True)
