"""Ways in which something that was public comes to be hidden."""

import datetime

from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from tests.equalcity.api.hidden.never_public import KINDS, close
from tests.equalcity.api.hidden.stage import PRACTICE, TOOLBOX, Hidden, add, fill, publish, relate, settle
from tests.factories import Tree, locale


def shown(site: Tree) -> Hidden:
    """Publish it in three languages, one page really translated, and let public pages name it."""
    hidden = add(site)
    publish(hidden)
    practice = hidden.pages[PRACTICE]
    practice.refresh_from_db()
    practice.copy_for_translation(locale("fr"), copy_parents=True).get_latest_revision().publish()
    fill()
    relate(site, hidden)
    for page in (site.about, site.practices[0]):
        page.specific_class.objects.get(pk=page.pk).save()
    settle()
    return hidden


def delete(hidden: Hidden) -> None:
    """The world to compare with: no page is left of it. The bytes of its files must stay, to be asked for."""
    for page in hidden.fresh():
        if still := Page.objects.filter(pk=page.pk).first():
            still.specific.delete()


def unpublish(hidden: Hidden) -> None:
    """Aliases go with their originals."""
    for page in hidden.fresh():
        if page.alias_of_id is None:
            page.unpublish()


def restrict(hidden: Hidden) -> None:
    """By a password, to those who sign in, and to a group; what stands below with it."""
    for page, kind in zip(hidden.tops, KINDS, strict=True):
        close(page, kind)


def restrict_one_by_one(hidden: Hidden) -> None:
    for page in hidden.pages.values():
        close(page, PageViewRestriction.PASSWORD)


def restrict_another_language(hidden: Hidden) -> None:
    """Of most pages the restriction stands on an alias, of the practice on its translation."""
    for page in hidden.tops:
        close(page.get_translation(locale("fr")), PageViewRestriction.LOGIN)


def expire(hidden: Hidden) -> None:
    """Its time has come, and nobody has noticed yet."""
    past = timezone.now() - datetime.timedelta(seconds=1)
    Page.objects.filter(pk__in=[page.pk for page in hidden.fresh()]).update(expire_at=past)


def expire_and_notice(hidden: Hidden) -> None:
    expire(hidden)
    call_command("publish_scheduled")


def rename_and_unpublish(hidden: Hidden) -> None:
    """Wagtail sends visitors of the old address to the new one."""
    for page in (hidden.pages[pk] for pk in (TOOLBOX, PRACTICE)):
        renamed = page.specific_class.objects.get(pk=page.pk)
        renamed.slug = f"{renamed.slug}-renamed"
        renamed.save_revision().publish()
    unpublish(hidden)


WAYS = (
    unpublish,
    restrict,
    restrict_one_by_one,
    restrict_another_language,
    expire_and_notice,
    rename_and_unpublish,
)

# One for each condition of the predicate: live, restricted, expired.
CONDITIONS = (unpublish, restrict_another_language, expire_and_notice)
