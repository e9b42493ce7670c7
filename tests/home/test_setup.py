"""What `init_site` makes, and that it makes it once."""

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import Locale, Page, Site

from home.models import HomePage
from home.setup import prepare
from tests.factories import UserFactory

CODES = [code for code, _name in settings.LANGUAGES]


@pytest.fixture
def site(db: None) -> Site:
    prepare()
    return Site.objects.get()


def test_every_language_has_a_published_home(site: Site) -> None:
    homes = HomePage.objects.select_related("locale")
    assert sorted(home.locale.language_code for home in homes) == sorted(CODES)
    assert {(home.live, home.slug == home.locale.language_code) for home in homes} == {(True, True)}
    assert len({home.translation_key for home in homes}) == 1


def test_the_site_starts_at_the_default_language(site: Site) -> None:
    root = site.root_page.specific
    assert (type(root), root.locale.language_code) == (HomePage, settings.LANGUAGE_CODE)
    assert Page.objects.filter(depth=2).count() == len(CODES)


def test_running_it_again_makes_nothing(site: Site) -> None:
    HomePage.objects.filter(slug="en").update(title="As we like it")
    again = prepare()
    assert (again.locales, again.homes, again.roles) == (0, 0, 0)
    assert HomePage.objects.get(slug="en").title == "As we like it"


def test_a_new_language_gets_a_home_of_the_same_set(site: Site) -> None:
    HomePage.objects.get(slug="ar").delete()
    Locale.objects.filter(language_code="ar").delete()
    assert prepare().homes == 1
    assert len(set(HomePage.objects.values_list("translation_key", flat=True))) == 1


def test_roles_can_do_what_their_names_say(site: Site) -> None:
    home = HomePage.objects.get(slug="en")
    found = {}
    for name in ("Editors", "Moderators", "Translators"):
        user = UserFactory()
        user.groups.add(Group.objects.get(name=name))
        may = home.permissions_for_user(user)
        found[name] = (
            user.has_perm("wagtailadmin.access_admin"),
            may.can_edit(),
            may.can_add_subpage(),
            may.can_publish(),
            user.has_perm("core.change_theme"),
        )
    assert found == {
        "Editors": (True, True, True, False, True),
        "Moderators": (True, True, True, True, True),
        "Translators": (True, True, False, False, False),
    }


def test_the_command_says_what_it_made(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("init_site")
    call_command("init_site")
    first, second = capsys.readouterr().out.splitlines()
    assert first.endswith(f"{len(CODES)} home pages and 3 roles made.")
    assert second == "0 languages, 0 home pages and 0 roles made."
