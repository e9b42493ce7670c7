"""What one pull after another makes of a partner's feed."""

import uuid

import pytest
from wagtail.models import Page, Revision

from equalcity.publication.models import Origin, Outgoing, Publication
from equalcity.publication.record import record
from equalcity.publication.source import source_of
from equalcity.replication.models import Conflict, HeldItem, Peer, Replica
from equalcity.replication.pull import FuseBlown
from tests.equalcity.replication.conftest import Ours, Pull
from tests.equalcity.replication.upstream import PARTNER, Upstream
from tests.factories import (
    BestPracticeIndexPageFactory,
    BestPracticePageFactory,
    ExpertReviewFactory,
    StandardPageFactory,
    ToolboxPageFactory,
)
from toolbox_pages.models import BestPracticeIndexPage, BestPracticePage, ToolboxPage


def test_new_pages_arrive_as_drafts_in_their_places(partner: Upstream, pull_once: Pull, ours: Ours) -> None:
    report = pull_once()

    assert dict(report.counts) == {"created": 6, "term": 1, "skipped": 3, "linked": 0}
    toolbox = ToolboxPage.objects.get()
    assert toolbox.get_parent().pk == ours.home.pk
    assert [(page.title, page.live) for page in toolbox.get_descendants()] == [
        ("Guide of best practices", False),
        ("A safer space at the counter", False),
        ("A warm handover", False),
        ("Evenings with parents", False),
    ]
    assert HeldItem.objects.count() == 0


def test_a_pulled_page_holds_what_its_origin_sent(partner: Upstream, pull_once: Pull) -> None:
    item = partner.find("a-safer-space-at-the-counter")
    pull_once()

    page = BestPracticePage.objects.get(slug="a-safer-space-at-the-counter")
    key = uuid.UUID(item["key"])
    assert page.translation_key == uuid.uuid5(PARTNER, str(key))
    assert Origin.objects.get(local_key=page.translation_key).key == key
    assert source_of(page) == item["source"]
    assert source_of(page.get_latest_revision_as_object()) == item["source"]
    assert [review.comment for review in page.reviews.all()] == ["Needs one room with a door."]
    assert page.city.origin == PARTNER


def test_a_second_pull_writes_nothing(partner: Upstream, pull_once: Pull) -> None:
    pull_once()
    before = (Page.objects.count(), Revision.objects.count(), sorted(Replica.objects.values_list("pulled_at")))

    report = pull_once()

    assert report.writes == 0
    assert before == (
        Page.objects.count(),
        Revision.objects.count(),
        sorted(Replica.objects.values_list("pulled_at")),
    )


def test_a_feed_that_starts_anew_writes_nothing_either(partner: Upstream, pull_once: Pull, peer: Peer) -> None:
    pull_once()
    Peer.objects.update(cursor="")

    report = pull_once()

    assert report.writes == 0
    assert report.counts["unchanged"] == 7


def test_one_edit_upstream_changes_one_page(partner: Upstream, pull_once: Pull) -> None:
    pull_once()
    page = BestPracticePage.objects.get(slug="a-warm-handover")
    page.get_latest_revision().publish()
    revisions = Revision.objects.count()
    partner.edit("a-warm-handover", title="A warmer handover")

    report = pull_once()

    assert (report.counts["updated"], report.writes, Revision.objects.count()) == (1, 1, revisions + 1)
    page.refresh_from_db()
    assert (page.title, page.live, page.has_unpublished_changes) == ("A warm handover", True, True)
    assert page.get_latest_revision_as_object().title == "A warmer handover"


def test_what_was_edited_here_stays_and_becomes_a_conflict(partner: Upstream, pull_once: Pull) -> None:
    pull_once()
    page = BestPracticePage.objects.get(slug="a-warm-handover")
    page.title = "Ours"
    page.save_revision()
    revisions = Revision.objects.count()
    item = partner.edit("a-warm-handover", title="Theirs")

    report = pull_once()

    assert (report.counts["conflict"], Revision.objects.count()) == (1, revisions)
    assert page.get_latest_revision_as_object().title == "Ours"
    conflict = Conflict.objects.get()
    assert ('"title":"Ours"' in conflict.mine, '"title":"Theirs"' in conflict.theirs) == (True, True)
    assert (conflict.theirs_etag, conflict.choice) == (item["etag"], "")


def test_a_newer_version_replaces_what_waits_in_the_conflict(partner: Upstream, pull_once: Pull) -> None:
    test_what_was_edited_here_stays_and_becomes_a_conflict(partner, pull_once)
    partner.edit("a-warm-handover", title="Theirs again")

    pull_once()

    assert [('"title":"Theirs again"' in one.theirs) for one in Conflict.objects.all()] == [True]


def test_a_conflict_ends_when_upstream_takes_its_change_back(partner: Upstream, pull_once: Pull) -> None:
    test_what_was_edited_here_stays_and_becomes_a_conflict(partner, pull_once)
    partner.edit("a-warm-handover", title="A warm handover")

    pull_once()

    assert [one.choice for one in Conflict.objects.all()] == ["mine"]


def test_the_same_change_on_both_sides_is_no_conflict(partner: Upstream, pull_once: Pull) -> None:
    pull_once()
    page = BestPracticePage.objects.get(slug="a-warm-handover")
    page.title = "Both"
    page.save_revision()
    item = partner.edit("a-warm-handover", title="Both")

    pull_once()

    assert Conflict.objects.count() == 0
    assert Replica.objects.get(object_id=page.pk).base_etag == item["etag"]


def test_a_withdrawal_becomes_a_proposal(partner: Upstream, pull_once: Pull) -> None:
    pull_once()
    page = BestPracticePage.objects.get(slug="a-warm-handover")
    page.get_latest_revision().publish()
    partner.withdraw("a-warm-handover")

    report = pull_once()

    page.refresh_from_db()
    assert (page.live, Replica.objects.get(object_id=page.pk).proposal) == (True, "withdraw")
    assert (report.counts["proposal"], HeldItem.objects.count(), pull_once().writes) == (1, 0, 0)


def test_a_page_that_comes_back_is_no_longer_proposed_for_withdrawal(partner: Upstream, pull_once: Pull) -> None:
    pull_once()
    live = {**partner.find("a-warm-handover")}
    item = partner.withdraw("a-warm-handover")
    pull_once()
    item.update(live)
    partner.touch(item)

    pull_once()

    assert set(Replica.objects.values_list("proposal", flat=True)) == {""}


def test_a_recall_takes_the_page_offline_at_once(partner: Upstream, pull_once: Pull) -> None:
    pull_once()
    page = BestPracticePage.objects.get(slug="a-warm-handover")
    page.get_latest_revision().publish()
    partner.withdraw("a-warm-handover", state="recalled")

    pull_once()

    page.refresh_from_db()
    assert (page.live, Replica.objects.get(object_id=page.pk).proposal) == (False, "recall")


def test_a_recall_there_takes_nothing_of_ours_along(partner: Upstream, pull_once: Pull) -> None:
    pull_once()
    guide = BestPracticeIndexPage.objects.get(slug="guide-of-best-practices")
    guide.get_latest_revision().publish()
    own = BestPracticePageFactory(parent=guide, title="Written here")
    partner.withdraw("guide-of-best-practices", state="recalled")

    pull_once()

    guide.refresh_from_db()
    own.refresh_from_db()
    assert (guide.live, own.live) == (False, True)


def test_a_recall_of_what_was_deleted_here_reaches_who_has_it_from_here(partner: Upstream, pull_once: Pull) -> None:
    pull_once()
    page = BestPracticePage.objects.get(slug="a-warm-handover")
    page.get_latest_revision().publish()
    record()
    page.delete()
    record()
    assert Publication.objects.get(key=page.translation_key).state == "withdrawn"
    partner.withdraw("a-warm-handover", state="recalled")

    pull_once()

    assert Publication.objects.get(key=page.translation_key).state == "recalled"
    assert Outgoing.objects.filter(key=page.translation_key, why="recalled").exists()


def test_many_withdrawals_stop_and_ask(partner: Upstream, pull_once: Pull, peer: Peer) -> None:
    pull_once()
    for slug in ("a-warm-handover", "evenings-with-parents", "a-safer-space-at-the-counter"):
        partner.withdraw(slug)

    for _again in range(2):
        with pytest.raises(FuseBlown, match="takes back 3 of the 6 pages"):
            pull_once()
        assert set(Replica.objects.values_list("proposal", flat=True)) == {""}
    peer.refresh_from_db()
    assert "--force" in peer.last_error

    report = pull_once(force=True)
    assert (report.counts["proposal"], HeldItem.objects.count()) == (3, 0)


def test_a_move_is_proposed_and_nothing_moves(partner: Upstream, pull_once: Pull) -> None:
    pull_once()
    index = Page.objects.get(slug="guide-of-best-practices")
    home = partner.find("en")
    item = partner.find("guide-of-best-practices")
    item["parent"] = home["key"]
    partner.touch(item)

    report = pull_once()

    replica = Replica.objects.get(object_id=index.pk)
    assert (replica.proposal, str(replica.proposed_parent)) == ("move", home["key"])
    assert Page.objects.get(pk=index.pk).path == index.path
    assert (report.counts["proposal"], pull_once().writes) == (1, 0)


def test_translations_are_linked_and_follow_their_parents(partner: Upstream, pull_once: Pull, ours: Ours) -> None:
    partner.translate("brussels-toolbox", "fr", title="Boîte à outils", slug="boite-a-outils")
    pull_once()

    toolbox = ToolboxPage.objects.get(locale__language_code="fr")
    assert toolbox.get_parent().pk == ours.homes["fr"].pk
    assert toolbox.translation_key == ToolboxPage.objects.get(locale__language_code="en").translation_key


def test_below_a_parent_that_is_not_translated_an_alias_holds_the_place(partner: Upstream, pull_once: Pull) -> None:
    partner.translate("a-warm-handover", "fr", title="Une passation", slug="une-passation")
    pull_once()

    page = BestPracticePage.objects.get(slug="une-passation")
    above = page.get_parent().specific
    assert (above.locale.language_code, above.alias_of.slug, above.live) == ("fr", "guide-of-best-practices", False)

    partner.translate("guide-of-best-practices", "fr", title="Le guide", slug="le-guide")
    pull_once()

    above.refresh_from_db()
    assert (above.alias_of_id, above.get_latest_revision_as_object().title) == (None, "Le guide")


def test_a_translation_never_shows_the_text_of_the_alias_it_replaces(partner: Upstream, pull_once: Pull) -> None:
    partner.translate("a-warm-handover", "fr", title="Une passation", slug="une-passation")
    pull_once()
    above = BestPracticePage.objects.get(slug="une-passation").get_parent()
    above.alias_of.specific.get_latest_revision().publish()
    above.refresh_from_db()
    assert (above.live, above.title) == (True, "Guide of best practices")

    partner.translate("guide-of-best-practices", "fr", title="Le guide", slug="le-guide")
    pull_once()

    above.refresh_from_db()
    assert (above.live, above.alias_of_id) == (False, None)


def test_languages_that_we_do_not_have_are_passed_over(partner: Upstream, pull_once: Pull) -> None:
    partner.translate("a-warm-handover", "el", title="Παράδοση", slug="paradosi")

    assert pull_once().counts["skipped"] == 4
    assert BestPracticePage.objects.filter(slug="paradosi").count() == 0


def test_siblings_stand_in_their_parents_order_however_they_arrive(partner: Upstream, pull_once: Pull) -> None:
    middle = partner.find("a-warm-handover")
    partner.items.remove(middle)
    pull_once()
    partner.items.append(middle)
    partner.touch(middle)
    pull_once()

    index = Page.objects.get(slug="guide-of-best-practices")
    assert [page.slug for page in index.get_children()] == [
        "a-safer-space-at-the-counter",
        "a-warm-handover",
        "evenings-with-parents",
    ]


def test_a_taken_slug_gets_a_number_and_is_no_local_edit(partner: Upstream, pull_once: Pull, ours: Ours) -> None:
    StandardPageFactory(parent=ours.home, title="Ours", slug="brussels-toolbox")
    pull_once()
    assert ToolboxPage.objects.get().slug == "brussels-toolbox-2"
    partner.edit("brussels-toolbox", audience="Everybody")

    report = pull_once()

    draft = ToolboxPage.objects.get().get_latest_revision_as_object()
    assert (report.counts["updated"], draft.slug, draft.audience) == (1, "brussels-toolbox-2", "Everybody")


def test_a_page_deleted_here_stays_deleted(partner: Upstream, pull_once: Pull) -> None:
    pull_once()
    BestPracticePage.objects.get(slug="a-warm-handover").delete()
    partner.edit("a-warm-handover", title="Again")

    assert pull_once().writes == 0
    assert BestPracticePage.objects.count() == 2


def test_rows_whose_keys_we_have_already_arrive_under_others(partner: Upstream, pull_once: Pull, ours: Ours) -> None:
    """Two instances that began with the same demonstration share the keys of its rows."""
    review = partner.find("a-safer-space-at-the-counter")["source"]["children"]["reviews"][0]
    index = BestPracticeIndexPageFactory(parent=ToolboxPageFactory(parent=ours.home, title="Ours"))
    practice = BestPracticePageFactory(parent=index, title="Ours too")
    ExpertReviewFactory(page=practice, translation_key=review["key"], comment="Ours")

    pull_once()
    partner.edit("a-safer-space-at-the-counter", summary="Changed there.")
    report = pull_once()

    pulled = BestPracticePage.objects.get(slug="a-safer-space-at-the-counter").get_latest_revision_as_object()
    key = uuid.uuid5(pulled.translation_key, review["key"])
    assert [(row.translation_key, row.comment) for row in pulled.reviews.all()] == [
        (key, "Needs one room with a door.")
    ]
    assert [row.comment for row in practice.reviews.all()] == ["Ours"]
    assert (report.counts["updated"], HeldItem.objects.count()) == (1, 0)
