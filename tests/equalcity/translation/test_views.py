"""The screens of the CMS go through our verbs."""

from http import HTTPStatus

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.messages import get_messages
from django.test import Client
from wagtail.models import GroupPagePermission, PageViewRestriction
from wagtail_localize.models import Translation

from equalcity.core.models import User
from equalcity.publication.predicate import is_public
from equalcity.translation.translate import translate, write_translation
from equalcity.translation.tree import synchronize
from home.models import StandardPage
from tests.factories import Tree, UserFactory, locale
from tests.factories.staff import sign_in
from toolbox_pages.models import BestPracticePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client) -> Client:
    return sign_in(client, UserFactory(is_superuser=True))


def in_french(practice: BestPracticePage) -> BestPracticePage:
    return BestPracticePage.objects.get(translation_key=practice.translation_key, locale=locale("fr"))


def said(answer) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def fill(page: BestPracticePage) -> None:
    page.title, page.slug, page.summary = "Titre", "titre", "En bref."
    page.context, page.aim = "<p>Contexte.</p>", "<p>But.</p>"


def translator(tree: Tree) -> User:
    """May edit everywhere and start translations, and publish nowhere."""
    group = Group.objects.create(name="Translators")
    group.permissions.add(
        Permission.objects.get(codename="access_admin"), Permission.objects.get(codename="submit_translation")
    )
    change = Permission.objects.get(codename="change_page", content_type__app_label="wagtailcore")
    GroupPagePermission.objects.create(group=group, page=tree.root, permission=change)
    user = UserFactory()
    user.groups.add(group)
    return user


def test_translate_this_page_publishes_nothing(staff: Client, tree: Tree) -> None:
    practice = tree.practices[0]
    synchronize(locale("en"))
    answer = staff.post(f"/cms/localize/submit/page/{practice.pk}/", {"locales": [locale("fr").pk]})

    french = in_french(practice)
    assert answer["Location"] == f"/cms/pages/{french.pk}/edit/"
    assert (french.live, french.alias_of_id) == (False, None)
    assert staff.get(answer["Location"]).status_code == HTTPStatus.OK


def test_with_its_subtree_every_page_becomes_a_draft(staff: Client, tree: Tree) -> None:
    synchronize(locale("en"))
    staff.post(
        f"/cms/localize/submit/page/{tree.toolbox.pk}/",
        {"locales": [locale("fr").pk, locale("ar").pk], "include_subtree": "on"},
    )
    assert Translation.objects.count() == 10
    assert [(page.live, page.alias_of_id) for page in map(in_french, tree.practices)] == [(False, None)] * 3


def test_the_screen_has_no_script_that_our_policy_stops(staff: Client, tree: Tree) -> None:
    page = staff.get(f"/cms/localize/submit/page/{tree.practices[0].pk}/")
    assert page.status_code == HTTPStatus.OK
    html = page.content.decode()
    assert ('name="select_all"' in html, "translation/select-all.js" in html) == (True, True)
    assert "DOMContentLoaded" not in html


def test_publish_in_the_editor_refuses_gaps(staff: Client, tree: Tree) -> None:
    (french,) = translate(tree.practices[0], [locale("fr")])
    answer = staff.post(f"/cms/pages/{french.pk}/edit/", {"action": "publish"})

    assert answer["Location"] == f"/cms/pages/{french.pk}/edit/"
    assert [line for line in said(answer) if "4 texts wait" in line] == said(answer)
    assert not in_french(tree.practices[0]).live


def test_publish_in_the_editor_publishes_what_is_complete(staff: Client, tree: Tree) -> None:
    french = write_translation(tree.practices[0], locale("fr"), fill, publish=False)
    staff.post(f"/cms/pages/{french.pk}/edit/", {"action": "publish"})

    published = in_french(tree.practices[0])
    assert (published.title, is_public(published)) == ("Titre", True)


def test_translators_do_not_publish(client: Client, tree: Tree) -> None:
    french = write_translation(tree.practices[0], locale("fr"), fill, publish=False)
    sign_in(client, translator(tree))
    assert client.get(f"/cms/pages/{french.pk}/edit/").status_code == HTTPStatus.OK

    client.post(f"/cms/pages/{french.pk}/edit/", {"action": "publish"})

    assert not in_french(tree.practices[0]).live


def test_a_locked_page_is_not_published(staff: Client, tree: Tree) -> None:
    french = write_translation(tree.practices[0], locale("fr"), fill, publish=False)
    BestPracticePage.objects.filter(pk=french.pk).update(locked=True, locked_by=UserFactory())
    staff.post(f"/cms/pages/{french.pk}/edit/", {"action": "publish"})
    assert not in_french(tree.practices[0]).live


def test_sync_takes_the_new_source_and_publishes_nothing_with_gaps(staff: Client, tree: Tree) -> None:
    practice = tree.practices[0]
    write_translation(practice, locale("fr"), fill, publish=True)
    PageViewRestriction.objects.create(page=in_french(practice), restriction_type="login")
    practice.refresh_from_db()
    practice.summary = "Corrected."
    practice.save_revision().publish()
    source = Translation.objects.get().source

    answer = staff.post(f"/cms/localize/update/{source.pk}/", {"publish_translations": "on"})

    assert any("1 text waits" in line for line in said(answer))
    assert (in_french(practice).live, in_french(practice).summary) == (True, "En bref.")
    assert in_french(practice).view_restrictions.count() == 1
    assert Translation.objects.get().get_progress() == (5, 4)


def test_sync_publishes_what_has_no_gap(staff: Client, tree: Tree) -> None:
    practice = tree.practices[0]
    write_translation(practice, locale("fr"), fill, publish=True)
    practice.refresh_from_db()
    practice.months = 11
    practice.save_revision().publish()

    staff.post(f"/cms/localize/update/{Translation.objects.get().source_id}/", {"publish_translations": "on"})

    assert (in_french(practice).months, in_french(practice).summary) == (11, "En bref.")


def test_a_page_made_in_the_cms_gets_its_aliases(staff: Client, tree: Tree, django_capture_on_commit_callbacks) -> None:
    synchronize(locale("en"))
    form = {
        "title": "New", "slug": "new", "summary": "", "introduction": "", "body-count": "0",
        "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0", "action-publish": "action-publish",
    }  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        answer = staff.post(f"/cms/pages/add/home/standardpage/{tree.home.pk}/", form)
    assert answer.status_code == HTTPStatus.FOUND

    page = StandardPage.objects.get(slug="new", locale=locale("en"))
    french = StandardPage.objects.get(alias_of=page, locale=locale("fr"))
    assert is_public(french)
