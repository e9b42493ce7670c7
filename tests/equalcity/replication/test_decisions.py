"""What people decide, through the screens of the CMS."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Page, PageLogEntry

from equalcity.replication.models import Conflict, Replica
from home.setup import make_roles
from tests.equalcity.replication.conftest import Pull
from tests.equalcity.replication.upstream import Upstream
from tests.factories import UserFactory
from tests.factories.staff import sign_in
from toolbox_pages.models import BestPracticePage

SLUG = "a-warm-handover"


@pytest.fixture
def staff(client: Client) -> Client:
    """Somebody who may do everything."""
    return sign_in(client, UserFactory(is_superuser=True))


@pytest.fixture
def conflict(partner: Upstream, pull_once: Pull) -> Conflict:
    pull_once()
    page = BestPracticePage.objects.get(slug=SLUG)
    page.title = "Ours"
    page.save_revision()
    partner.edit(SLUG, title="Theirs", summary="New there.")
    pull_once()
    return Conflict.objects.get()


def draft() -> BestPracticePage:
    found: BestPracticePage = BestPracticePage.objects.get(slug=SLUG).get_latest_revision_as_object()
    return found


def test_the_overview_shows_what_waits(conflict: Conflict, staff: Client) -> None:
    answer = staff.get("/cms/partners/")
    assert answer.status_code == 200
    text = answer.content.decode()
    assert [words in text for words in ("Partner", f"conflicts/{conflict.pk}/", "A warm handover")] == [True] * 3


def test_both_versions_stand_side_by_side(conflict: Conflict, staff: Client) -> None:
    rows = staff.get(f"/cms/partners/conflicts/{conflict.pk}/").context_data["rows"]
    assert [(row.label, row.mine, row.theirs) for row in rows] == [
        ("summary", "A warm handover, in short.", "New there."),
        ("title", "Ours", "Theirs"),
    ]


def test_ours_is_kept_and_still_known_as_ours(
    conflict: Conflict, staff: Client, partner: Upstream, pull_once: Pull
) -> None:
    staff.post(f"/cms/partners/conflicts/{conflict.pk}/", {"choice": "mine"})
    conflict.refresh_from_db()
    assert (conflict.choice, draft().title, pull_once().writes) == ("mine", "Ours", 0)

    partner.edit(SLUG, title="Theirs again")
    pull_once()
    assert (Conflict.objects.filter(choice="").count(), draft().title) == (1, "Ours")


def test_theirs_is_taken_as_a_draft(conflict: Conflict, staff: Client, partner: Upstream, pull_once: Pull) -> None:
    staff.post(f"/cms/partners/conflicts/{conflict.pk}/", {"choice": "theirs"})
    conflict.refresh_from_db()
    page = BestPracticePage.objects.get(slug=SLUG)
    assert (conflict.choice, draft().title, page.live) == ("theirs", "Theirs", False)
    assert "Ours" in [revision.as_object().title for revision in page.revisions.all()]

    partner.edit(SLUG, title="Theirs again")
    assert pull_once().counts["updated"] == 1


def test_a_decided_conflict_is_not_decided_again(conflict: Conflict, staff: Client) -> None:
    staff.post(f"/cms/partners/conflicts/{conflict.pk}/", {"choice": "mine"})
    staff.post(f"/cms/partners/conflicts/{conflict.pk}/", {"choice": "theirs"})
    assert draft().title == "Ours"


@pytest.mark.parametrize(("choice", "live"), [("accept", False), ("dismiss", True)])
def test_a_withdrawal_is_accepted_or_not(
    partner: Upstream, pull_once: Pull, staff: Client, choice: str, live: bool
) -> None:
    pull_once()
    page = BestPracticePage.objects.get(slug=SLUG)
    page.get_latest_revision().publish()
    partner.withdraw(SLUG)
    pull_once()
    replica = Replica.objects.get(object_id=page.pk)

    staff.post(f"/cms/partners/proposals/{replica.pk}/", {"choice": choice})

    page.refresh_from_db()
    replica.refresh_from_db()
    assert (page.live, replica.proposal) == (live, "")


def test_a_move_is_accepted(partner: Upstream, pull_once: Pull, staff: Client) -> None:
    pull_once()
    index = partner.find("guide-of-best-practices")
    index["parent"] = partner.find("en")["key"]
    partner.touch(index)
    pull_once()
    page = Page.objects.get(slug="guide-of-best-practices")
    replica = Replica.objects.get(object_id=page.pk)

    staff.post(f"/cms/partners/proposals/{replica.pk}/", {"choice": "accept"})

    page.refresh_from_db()
    assert (page.get_parent().slug, Page.objects.get(slug=SLUG).get_parent().pk) == ("en", page.pk)


def test_translators_cannot_take_a_page_offline(partner: Upstream, pull_once: Pull, client: Client) -> None:
    make_roles()
    pull_once()
    page = BestPracticePage.objects.get(slug=SLUG)
    page.get_latest_revision().publish()
    partner.withdraw(SLUG)
    pull_once()
    replica = Replica.objects.get(object_id=page.pk)

    translator = UserFactory()
    translator.groups.add(Group.objects.get(name="Translators"))
    sign_in(client, translator).post(f"/cms/partners/proposals/{replica.pk}/", {"choice": "accept"})

    page.refresh_from_db()
    assert page.live is True


def test_visitors_see_nothing_of_it(conflict: Conflict, client: Client) -> None:
    for path in ("/cms/partners/", f"/cms/partners/conflicts/{conflict.pk}/"):
        assert client.get(path).status_code == 302


def test_the_editor_says_where_a_page_comes_from(conflict: Conflict, staff: Client) -> None:
    page = BestPracticePage.objects.get(slug=SLUG)
    text = staff.get(f"/cms/pages/{page.pk}/edit/").content.decode()
    assert ["Pulled from Partner: " in text, "theirs waits for you" in text] == [True, True]


def test_the_history_says_so_too(conflict: Conflict) -> None:
    found = PageLogEntry.objects.filter(action="replication.pull")
    assert {entry.formatter.format_message(entry) for entry in found} == {"Pulled from Partner"}
