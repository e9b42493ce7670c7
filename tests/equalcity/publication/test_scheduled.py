"""What is due is done page by page: a page that cannot be done does not hold the others up."""

import datetime
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command, get_commands
from django.utils import timezone
from wagtail.models import Page, Revision

from tests.factories import Tree
from toolbox_pages.models import BestPracticePage

PAST = timezone.now() - datetime.timedelta(days=1)


def schedule(page: BestPracticePage, title: str, when: datetime.datetime = PAST) -> None:
    page = BestPracticePage.objects.get(pk=page.pk)
    page.title = title
    page.go_live_at = timezone.now() + datetime.timedelta(days=1)
    revision = page.save_revision()
    revision.publish()
    revision = Revision.objects.get(pk=revision.pk)
    revision.content["go_live_at"] = when.isoformat()
    revision.approved_go_live_at = when
    revision.save()


@pytest.fixture
def due(tree: Tree) -> Tree:
    for page in tree.practices:
        page.save_revision().publish()
    first, second, third = tree.practices
    schedule(first, "First", PAST)
    schedule(second, "Second", PAST + datetime.timedelta(minutes=1))
    Page.objects.filter(pk=third.pk).update(expire_at=PAST)
    return tree


def state(tree: Tree) -> list[tuple[str, bool]]:
    return [Page.objects.values_list("title", "live").get(pk=page.pk) for page in tree.practices]


def test_the_job_is_ours() -> None:
    assert get_commands()["publish_scheduled"] == "equalcity.publication"


def test_what_is_due_is_published_and_what_has_expired_taken_offline(due: Tree) -> None:
    call_command("publish_scheduled", verbosity=0)
    assert state(due) == [("First", True), ("Second", True), (due.practices[2].title, False)]
    assert Page.objects.get(pk=due.practices[2].pk).expired
    assert not Revision.objects.exclude(approved_go_live_at=None).exists()


def test_what_is_not_due_waits(tree: Tree) -> None:
    tree.practices[0].save_revision().publish()
    schedule(tree.practices[0], "Later", timezone.now() + datetime.timedelta(hours=1))
    call_command("publish_scheduled", verbosity=0)
    assert state(tree)[0] == (tree.practices[0].title, True)
    assert Revision.objects.exclude(approved_go_live_at=None).count() == 1


@pytest.mark.parametrize("failing", ["First", "Second"])
def test_a_page_that_cannot_be_published_holds_nobody_up(
    due: Tree, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, failing: str
) -> None:
    real = BestPracticePage.full_clean

    def full_clean(self: BestPracticePage, *args: Any, **kwargs: Any) -> None:
        if self.title == failing:
            raise ValidationError("no")
        real(self, *args, **kwargs)

    monkeypatch.setattr(BestPracticePage, "full_clean", full_clean)
    call_command("publish_scheduled", verbosity=0)
    assert {title for title, _live in state(due)} == (
        {"First", "Second", due.practices[2].title} - {failing} | {due.practices[0 if failing == "First" else 1].title}
    )
    assert state(due)[2][1] is False
    assert Revision.objects.exclude(approved_go_live_at=None).count() == 1, "what failed is not tried again"
    assert "could not be published" in caplog.text


def test_a_dry_run_changes_nothing(due: Tree) -> None:
    before, out = state(due), StringIO()
    call_command("publish_scheduled", "--dryrun", stdout=out)
    assert state(due) == before
    assert "First" in out.getvalue()
