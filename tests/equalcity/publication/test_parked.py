"""What cannot be recorded blocks nobody, is shown to those who can act on it, and goes when it works again."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.messages import get_messages
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from wagtail.models import GroupPagePermission, Page, PageViewRestriction

from equalcity.core.models import City, User
from equalcity.core.models.terms import VOCABULARIES
from equalcity.publication import prepare as preparing
from equalcity.publication import write as writing
from equalcity.publication.models import Dirty, Publication
from equalcity.publication.reconcile import differences, repair
from equalcity.publication.record import record
from equalcity.publication.write import Recorded
from tests.equalcity.publication.overtaking import Scene
from tests.factories import BestPracticePageFactory, Tree, UserFactory
from tests.factories.staff import sign_in
from toolbox_pages.models import RelatedPage

Settle = Callable[..., Any]
SAID = "<b>boom</b> & co"
PARKED = "/cms/parked/"


class Broken(set[int]):
    """Ids of pages that raise when they are rendered."""


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Broken:
    pages, real = Broken(), preparing._prepare_page

    def prepare_page(line: list[Page], *rest: Any) -> Any:
        if line[-1].pk in pages:
            raise ValueError(SAID)
        return real(line, *rest)

    monkeypatch.setattr(preparing, "_prepare_page", prepare_page)
    return pages


@pytest.fixture
def staff(client: Client, db: None) -> Client:
    return sign_in(client, UserFactory(is_superuser=True))


def rename(page: Page, title: str) -> None:
    fresh = type(page).objects.get(pk=page.pk)
    fresh.title = title
    fresh.save_revision().publish()


def parked() -> list[Dirty]:
    return list(Dirty.objects.exclude(parked_at=None).order_by("id"))


def park(page: Page, error: str = "ValueError: boom") -> Dirty:
    return Dirty.objects.create(
        kind="page", object_id=page.pk, parked_at="2026-01-01T00:00:00Z", error=error, attempts=1
    )


def titles() -> set[str]:
    return set(Publication.objects.filter(kind="page", state="live").values_list("title", flat=True))


def editor(page: Page, *actions: str) -> User:
    """Somebody who may do `actions` with this page and below, and nothing elsewhere."""
    group = Group.objects.create(name=f"Those of {page.pk}")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for action in actions:
        permission = Permission.objects.get(codename=f"{action}_page", content_type__app_label="wagtailcore")
        GroupPagePermission.objects.create(group=group, page=page, permission=permission)
    user: User = UserFactory()
    user.groups.add(group)
    return user


def said(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


# Parking -------------------------------------------------------------------------------------------------------


def test_a_page_that_cannot_be_rendered_parks_and_the_others_are_recorded(
    published: Tree, settle: Settle, broken: Broken
) -> None:
    bad, good, after = published.practices
    broken.add(bad.pk)
    settle(lambda: [rename(page, f"New {page.pk}") for page in (bad, good, after)], verify=False)
    assert [(mark.object_id, mark.error, mark.attempts > 0) for mark in parked()] == [
        (bad.pk, f"ValueError: {SAID}", True)
    ]
    assert {f"New {good.pk}", f"New {after.pk}", bad.title} <= titles()
    assert f"New {bad.pk}" not in titles()
    assert not Dirty.objects.filter(parked_at=None).exists()


def test_one_round_records_all_others(published: Tree, broken: Broken) -> None:
    bad, *others = published.practices
    broken.add(bad.pk)
    for page in (bad, *others):
        Page.objects.filter(pk=page.pk).update(title=f"New {page.pk}")
        Dirty.objects.create(kind="page", object_id=page.pk)
    result = record()
    assert result.parked == 1
    assert {f"New {page.pk}" for page in others} <= titles()


def test_what_cannot_be_written_parks_as_well(published: Tree, settle: Settle, monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good, _third = published.practices
    real = writing.Writer.write

    def write(self: Any, kind: str, object_id: int, prepared: Any, **rest: Any) -> Any:
        result = real(self, kind, object_id, prepared, **rest)
        if (kind, object_id) == ("page", bad.pk):
            raise ValueError(SAID)
        return result

    monkeypatch.setattr(writing.Writer, "write", write)
    settle(lambda: [rename(bad, "New bad"), rename(good, "New good")], verify=False)
    assert [mark.object_id for mark in parked()] == [bad.pk]
    assert "New good" in titles()
    assert "New bad" not in titles(), "what was half written is not taken back"


def test_a_database_that_does_not_answer_parks_nothing(published: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*given: Any) -> Any:
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(preparing, "_prepare_page", unreachable)
    Dirty.objects.create(kind="page", object_id=published.about.pk)
    with pytest.raises(OperationalError):
        record()
    assert (parked(), Dirty.objects.count()) == ([], 1)


def test_one_page_has_one_parked_mark_however_often_it_fails(published: Tree, settle: Settle, broken: Broken) -> None:
    page = published.practices[0]
    broken.add(page.pk)
    settle(lambda: rename(page, "Second"), verify=False)
    first = parked()[0]
    settle(lambda: rename(page, "Third"), verify=False)
    (mark,) = parked()
    assert (mark.pk, mark.created_at, mark.attempts) == (first.pk, first.created_at, first.attempts + 1)


def test_a_later_success_clears_what_was_parked(published: Tree, settle: Settle, broken: Broken) -> None:
    page, other = published.practices[:2]
    broken |= {page.pk, other.pk}
    settle(lambda: [rename(page, "Second"), rename(other, "Second other")], verify=False)
    broken.discard(page.pk)
    settle(lambda: rename(page, "Third"), verify=False)
    assert [mark.object_id for mark in parked()] == [other.pk]
    assert "Third" in titles()


def test_a_parked_page_is_withdrawn_at_once(published: Tree, settle: Settle, broken: Broken, client: Client) -> None:
    page = published.practices[0]
    broken.add(page.pk)
    settle(lambda: rename(page, "Broken title"), verify=False)
    path = f"/api/v2/pages/{page.pk}/"
    assert client.get(path).json()["title"] == page.title, "the last version that worked stays"
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(path).status_code == HTTPStatus.NOT_FOUND
    settle(verify=False)
    assert parked() == []
    assert Publication.objects.get(key=page.translation_key, locale="en").state == "withdrawn"


def test_verifying_names_what_is_parked_and_is_not_stopped_by_it(
    published: Tree, settle: Settle, broken: Broken, capsys: pytest.CaptureFixture[str]
) -> None:
    bad, lost = published.practices[:2]
    broken.add(bad.pk)
    settle(lambda: rename(bad, "Broken title"), verify=False)
    Page.objects.filter(pk=lost.pk).update(title="Unmarked")
    assert {(one.object_id, one.problem) for one in differences() if one.kind == "page"} == {
        (bad.pk, "broken"),
        (lost.pk, "stale"),
    }
    with pytest.raises(CommandError):
        call_command("verify_publications")
    out = capsys.readouterr().out
    assert f"parked: page {bad.pk}: ValueError: {SAID}" in out
    assert "1 stale, 1 broken; 1 parked." in out
    call_command("verify_publications", "--repair")
    assert "Unmarked" in titles()
    assert [mark.object_id for mark in parked()] == [bad.pk]
    broken.clear()
    call_command("verify_publications", "--repair")
    assert (parked(), list(differences())) == ([], [])


# What others say of it -----------------------------------------------------------------------------------------


def unpublished(scene: Scene) -> None:
    fresh(scene.named).unpublish()


def deleted(scene: Scene) -> None:
    fresh(scene.named).delete()


def restricted(scene: Scene) -> None:
    PageViewRestriction.objects.create(page=scene.named, restriction_type=PageViewRestriction.LOGIN)


def moved_away(scene: Scene) -> None:
    fresh(scene.named).move(Page.objects.get(pk=scene.tree.index.pk), pos="last-child")


def its_section_unpublished(scene: Scene) -> None:
    for page in (scene.named, scene.section):
        fresh(page).unpublish()


def its_section_deleted(scene: Scene) -> None:
    Page.objects.get(pk=scene.section.pk).specific.delete()


def title_taken_back(scene: Scene) -> None:
    rename(scene.named, scene.named.title)


ENDS = [unpublished, deleted, restricted, moved_away, its_section_unpublished, its_section_deleted, title_taken_back]


def fresh(page: Page) -> Page:
    return type(page).objects.get(pk=page.pk)


def rounds(settle: Settle, action: Callable[[], Any]) -> None:
    """Do something, let the worker do one round, and see that nothing is wrong but what is parked."""
    settle(action, verify=False)
    waiting = {(mark.kind, mark.object_id) for mark in parked()}
    assert [one for one in differences() if (one.kind, one.object_id) not in waiting] == []
    assert not Dirty.objects.filter(parked_at=None).exists()


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.__name__)
@pytest.mark.parametrize("mended", [False, True], ids=["still broken", "mended"])
@pytest.mark.parametrize("known", [False, True], ids=["never recorded", "recorded"])
def test_others_say_the_truth_of_what_was_parked(
    tree: Tree, settle: Settle, broken: Broken, end: Callable[[Scene], None], known: bool, mended: bool
) -> None:
    """It is named, listed and stood below, and leaves the public without ever having been recorded as it was."""
    scene = Scene(tree)
    if not known:
        scene.named = BestPracticePageFactory(parent=scene.section, city=tree.city, title="Brand new", live=False)
    broken.add(scene.named.pk)
    rounds(settle, lambda: rename(scene.named, "As nobody can have it"))
    rounds(settle, scene.publish)
    if mended:
        broken.clear()
    rounds(settle, lambda: end(scene))


def test_who_was_above_it_for_a_while_is_told(tree: Tree, settle: Settle, broken: Broken) -> None:
    """Nothing recorded says that it was there."""
    scene = Scene(tree)
    broken.add(scene.named.pk)
    for parent in (tree.index, scene.section, tree.index):
        target = Page.objects.get(pk=parent.pk)
        rounds(settle, lambda to=target: fresh(scene.named).move(to, pos="first-child"))


def test_what_stands_below_it_has_its_new_address(tree: Tree, settle: Settle, broken: Broken) -> None:
    scene = Scene(tree)
    broken.add(scene.section.pk)
    section = fresh(scene.section)
    section.slug = "elsewhere"
    rounds(settle, lambda: section.save_revision().publish())
    assert [mark.object_id for mark in parked()] == [scene.section.pk]


def test_a_term_that_is_parked_and_taken_back(tree: Tree, settle: Settle, monkeypatch: pytest.MonkeyPatch) -> None:
    scene = Scene(tree)
    real, broken = preparing._prepare_term, set[int]()

    def prepare_term(term: Any, *rest: Any) -> Any:
        if term.pk in broken:
            raise ValueError(SAID)
        return real(term, *rest)

    monkeypatch.setattr(preparing, "_prepare_term", prepare_term)
    rounds(settle, scene.publish)
    broken.add(scene.city.pk)
    scene.city.name = "Roma"
    rounds(settle, scene.city.save)
    broken.clear()
    scene.city.name = "Rome"
    rounds(settle, scene.city.save)


def test_two_that_name_each_other_and_are_both_broken_come_to_rest(tree: Tree, settle: Settle, broken: Broken) -> None:
    scene = Scene(tree)
    settle(scene.publish, verify=False)
    named = fresh(scene.named)
    named.related_pages = [RelatedPage(target=scene.page, locale=named.locale)]
    settle(lambda: named.save_revision().publish(), verify=False)
    broken |= {scene.page.pk, scene.named.pk}
    rounds(settle, lambda: [rename(scene.page, "One"), rename(scene.named, "Other")])


def test_looking_for_what_is_wrong_tells_nobody(tree: Tree, settle: Settle, broken: Broken) -> None:
    """The hourly look finds what is broken each time: it must not record everything around it each time."""
    scene = Scene(tree)
    broken.add(scene.tree.home.pk)
    rounds(settle, lambda: rename(scene.tree.home, "Broken title"))
    repair(list(differences()))
    assert record() == Recorded(parked=1)


# Shown to staff ------------------------------------------------------------------------------------------------


def test_staff_see_it_on_the_dashboard_in_the_report_and_where_they_edit(
    published: Tree, settle: Settle, broken: Broken, staff: Client
) -> None:
    page, edit = published.practices[0], f"/cms/pages/{published.practices[0].pk}/edit/"
    assert PARKED in staff.get("/cms/").content.decode(), "the menu does not lead there"
    assert not any(PARKED in line for line in said(staff.get(edit)))
    broken.add(page.pk)
    settle(lambda: rename(page, "Broken title"), verify=False)
    assert "1 page could not be passed on" in staff.get("/cms/").content.decode()
    assert any(PARKED in line for line in said(staff.get(edit)))
    shown = staff.get(PARKED).content.decode()
    assert edit in shown
    assert "Broken title" in shown
    assert "keep the last version that worked" in shown
    assert escape(f"ValueError: {SAID}") in shown
    assert SAID not in shown


def test_nothing_is_said_while_nothing_is_parked(published: Tree, staff: Client) -> None:
    assert "could not be passed on:" not in staff.get("/cms/").content.decode()
    assert "Everything was passed on." in staff.get(PARKED).content.decode()


def test_what_was_never_recorded_is_said_to_be_missing(published: Tree, staff: Client) -> None:
    page = BestPracticePageFactory(parent=published.index, city=published.city, title="Never seen")
    park(page)
    assert "do not have it yet" in staff.get(PARKED).content.decode()


def test_terms_and_what_is_gone_are_shown_too(published: Tree, staff: Client) -> None:
    city = City.objects.get(code="brussels", locale__language_code="en")
    Dirty.objects.create(kind="city", object_id=city.pk, parked_at="2026-01-01T00:00:00Z", error="x")
    Dirty.objects.create(kind="page", object_id=10**6, parked_at="2026-01-01T00:00:00Z", error="x")
    shown = staff.get(PARKED).content.decode()
    assert f"/cms/snippets/core/city/edit/{city.pk}/" in shown
    assert "(deleted)" in shown


def test_the_report_costs_the_same_for_one_three_and_thirty(published: Tree, staff: Client) -> None:
    costs = set()
    for wanted in (1, 3, 30):
        while Dirty.objects.exclude(parked_at=None).count() < wanted:
            park(
                BestPracticePageFactory(parent=published.index, city=published.city, title=f"P {Dirty.objects.count()}")
            )
        staff.get(PARKED)  # what is asked once per process
        with CaptureQueriesContext(connection) as captured:
            shown = staff.get(PARKED).content.decode()
        assert shown.count("/again/") == wanted
        costs.add(len(captured))
    assert len(costs) == 1, costs


def test_many_are_shown_page_by_page(published: Tree, staff: Client) -> None:
    for number in range(60):
        Dirty.objects.create(kind="page", object_id=10**6 + number, parked_at="2026-01-01T00:00:00Z", error="x")
    assert staff.get(PARKED).content.decode().count("<details>") == 50
    assert staff.get(PARKED, {"p": "2"}).content.decode().count("<details>") == 10


# Trying again --------------------------------------------------------------------------------------------------


def test_trying_again(published: Tree, settle: Settle, broken: Broken, staff: Client) -> None:
    page = published.practices[0]
    broken.add(page.pk)
    settle(lambda: rename(page, "Broken title"), verify=False)
    mark = parked()[0]
    failed = settle(lambda: staff.post(f"{PARKED}{mark.pk}/again/"), verify=False)
    assert any("still cannot be passed on" in line for line in said(failed))
    assert [(one.pk, one.attempts) for one in parked()] == [(mark.pk, mark.attempts + 1)]
    broken.clear()
    worked = settle(lambda: staff.post(f"{PARKED}{mark.pk}/again/"))
    assert (worked.status_code, worked["Location"]) == (HTTPStatus.FOUND, PARKED)
    assert any("is passed on now" in line for line in said(worked))
    assert parked() == []
    assert "Broken title" in titles()
    assert staff.post(f"{PARKED}{mark.pk}/again/").status_code == HTTPStatus.NOT_FOUND


def test_looking_never_tries(published: Tree, staff: Client) -> None:
    mark = park(published.practices[0])
    assert staff.get(f"{PARKED}{mark.pk}/again/").status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert parked() == [mark]


def test_visitors_see_and_do_nothing(published: Tree, client: Client) -> None:
    mark = park(published.practices[0])
    for response in (client.get(PARKED), client.post(f"{PARKED}{mark.pk}/again/")):
        assert response.status_code == HTTPStatus.FOUND
        assert response["Location"].startswith("/cms/login/")
    assert parked() == [mark]


def test_who_may_edit_elsewhere_sees_nothing(published: Tree, client: Client) -> None:
    mark = park(published.practices[0])
    sign_in(client, editor(published.about, "change", "publish"))
    assert "Everything was passed on." in client.get(PARKED).content.decode()
    assert "could not be passed on:" not in client.get("/cms/").content.decode()
    assert client.post(f"{PARKED}{mark.pk}/again/").status_code == HTTPStatus.NOT_FOUND
    assert parked() == [mark]


def test_who_may_edit_sees_it_and_who_may_publish_tries_again(published: Tree, settle: Settle, client: Client) -> None:
    mark = park(published.practices[0])
    sign_in(client, editor(published.practices[0], "change"))
    shown = client.get(PARKED).content.decode()
    assert published.practices[0].title in shown
    assert f"{PARKED}{mark.pk}/again/" not in shown
    assert client.post(f"{PARKED}{mark.pk}/again/").status_code == HTTPStatus.NOT_FOUND
    assert parked() == [mark]
    sign_in(client, editor(published.index, "change", "publish"))
    assert f"{PARKED}{mark.pk}/again/" in client.get(PARKED).content.decode()
    assert settle(lambda: client.post(f"{PARKED}{mark.pk}/again/")).status_code == HTTPStatus.FOUND
    assert parked() == []


def test_terms_are_for_those_who_may_change_them(published: Tree, settle: Settle, client: Client) -> None:
    city = City.objects.get(code="brussels", locale__language_code="en")
    mark = Dirty.objects.create(kind="city", object_id=city.pk, parked_at="2026-01-01T00:00:00Z", error="x")
    user = editor(published.about, "change")
    sign_in(client, user)
    assert client.post(f"{PARKED}{mark.pk}/again/").status_code == HTTPStatus.NOT_FOUND
    user.user_permissions.add(Permission.objects.get(codename="change_city"))
    assert settle(lambda: client.post(f"{PARKED}{mark.pk}/again/")).status_code == HTTPStatus.FOUND
    assert parked() == []


def test_every_vocabulary_has_a_page_to_edit_its_terms() -> None:
    """The report links there."""
    assert all(hasattr(model, "snippet_viewset") for model in VOCABULARIES.values())
