"""What every instance needs before anybody signs in: languages, a home page in each, and the roles of staff.

Safe to run again: what is there stays as people made it.
"""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Locale, Page, Site

from equalcity.core.models import VOCABULARIES
from equalcity.core.sites import align_site
from home.models import HomePage

EDITORS, MODERATORS, TRANSLATORS = "Editors", "Moderators", "Translators"
PAGES = {
    EDITORS: ("add_page", "change_page"),
    MODERATORS: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
    TRANSLATORS: ("change_page",),
}
FILES = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")


@dataclass(frozen=True)
class Prepared:
    """How many things were made; all 0 when everything was there."""

    locales: int
    homes: int
    roles: int


@transaction.atomic
def prepare() -> Prepared:
    """Make what is missing and return how much that was."""
    locales = make_locales()
    homes = make_homes()
    return Prepared(locales, homes, make_roles())


def make_locales() -> int:
    """Make the locale of every configured language."""
    made = [Locale.objects.get_or_create(language_code=code)[1] for code, _name in settings.LANGUAGES]
    return sum(made)


def make_homes() -> int:
    """Make a published home page in every language, translations of each other; the default one is the site's root."""
    made = 0
    first = HomePage.objects.order_by("pk").first()
    for code in sorted(dict(settings.LANGUAGES), key=lambda code: code != settings.LANGUAGE_CODE):
        locale = Locale.objects.get(language_code=code)
        present = HomePage.objects.filter(locale=locale).exists()
        if not present:
            home = new_home(locale)
            if first is None:
                first = home
            home.translation_key = first.translation_key
            Page.get_first_root_node().add_child(instance=home)
            home.save_revision().publish()
            made += 1
        if code == settings.LANGUAGE_CODE:
            align_site(HomePage.objects.filter(locale=locale).order_by("pk").first())
            remove_welcome()
    return made


def new_home(locale: Locale) -> HomePage:
    """Return a home page with the first words in its own language, not saved."""
    with translation.override(locale.language_code):
        return HomePage(
            locale=locale,
            title=settings.INSTANCE_NAME,
            slug=locale.language_code,
            hero_title=gettext("You have the right to be safe."),
            hero_lead=gettext("Practices against gender-based violence, for everybody who works with people."),
            hero_search_hint=gettext("Search by topic, city or role."),
        )


def remove_welcome() -> None:
    """Remove the page that every new Wagtail starts with, once nothing needs it."""
    roots = Site.objects.values("root_page")
    for page in Page.objects.filter(depth=2, numchild=0, content_type__model="page").exclude(pk__in=roots):
        page.delete()


def make_roles() -> int:
    """Make the roles the first time; later changes by staff stay.

    Editors write, moderators publish, translators change texts and submit them but publish nothing.
    """
    if Group.objects.filter(name=TRANSLATORS).exists():
        return 0
    for name, codenames in PAGES.items():
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.add(*permissions("wagtailadmin", "access_admin"))
        group.permissions.add(*permissions("wagtail_localize", "submit_translation"))
        for permission in permissions("wagtailcore", *codenames):
            GroupPagePermission.objects.get_or_create(
                group=group, page=Page.get_first_root_node(), permission=permission
            )
        if name != TRANSLATORS:
            group.permissions.add(*permissions("core", *_term_permissions()))
            group.permissions.add(*permissions("home", "add_sitetexts", "change_sitetexts", "view_sitetexts"))
            group.permissions.add(*permissions("search", "add_synonyms", "change_synonyms", "delete_synonyms"))
            for permission in permissions("wagtailimages", *FILES) | permissions("wagtaildocs", *FILES):
                GroupCollectionPermission.objects.get_or_create(
                    group=group, collection=Collection.get_first_root_node(), permission=permission
                )
    return len(PAGES)


def permissions(app: str, *codenames: str) -> set[Permission]:
    return set(Permission.objects.filter(content_type__app_label=app, codename__in=codenames))


def _term_permissions() -> list[str]:
    return [f"{verb}_{model._meta.model_name}" for model in VOCABULARIES.values() for verb in ("add", "change", "view")]
