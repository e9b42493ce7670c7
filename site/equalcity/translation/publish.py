"""Publishing what stands in the translation memory, without the faults of `Translation.save_target`.

`save_target` fills every gap with the source language and publishes that; writes drafts over the live row; and
deletes a translation's own restriction. Nothing in this project calls it. `publish` refuses gaps, touches the
live row only by publishing a revision, and leaves restrictions alone.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.coreutils import find_available_slug
from wagtail.models import Page, PageViewRestriction, TranslatableMixin
from wagtail_localize.models import Translation, TranslationLog, TranslationSource

from equalcity.core.models import User
from equalcity.translation.memory import leave_empty, mark_errors, waiting
from equalcity.translation.turns import take_turn


class UntranslatedError(Exception):
    """Texts without a translation stand in the way; `paths` says where, `str()` says it to a person."""

    def __init__(self, paths: list[str]) -> None:
        self.paths = paths
        super().__init__(
            _("Not published: %(count)d texts wait for a translation. What is public stays as it is.")
            % {"count": len(paths)}
        )


def publish(translation: Translation, user: User | None = None) -> TranslatableMixin:
    """Publish the translated texts; return the page or term.

    Raises `UntranslatedError` when texts are missing, `ValidationError` when the page refuses one (the editor
    then shows which), `PermissionDenied` when `user` may not publish there. Nothing is written in those cases.
    """
    missing = [segment.context.path for segment in waiting(translation)]
    if missing:
        raise UntranslatedError(missing)
    try:
        with transaction.atomic():
            take_turn(translation.source.object_id)
            translation.source.refresh_from_db()
            present = translation.get_target_instance()
            target = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
            leave_empty(translation, target)
            revision = None
            if isinstance(target, Page):
                _choose_slug(translation, target, present.slug)
                revision = target.save_revision(user=user)
                revision.publish(user=user)
            else:
                target.full_clean()
                target.save()
            TranslationLog.objects.create(
                source=translation.source, locale=translation.target_locale, revision=revision
            )
    except ValidationError as error:
        mark_errors(translation, error)
        raise
    return translation.get_target_instance()


def _choose_slug(translation: Translation, target: Page, present: str) -> None:
    """Take the translated address, made free and valid; without one, keep the address the page has."""
    segments = translation.source.stringsegment_set.annotate_translation(translation.target_locale)
    translated = segments.filter(context__path="slug").values_list("translation", flat=True).first()
    wanted = slugify(translated or "") or present
    target.slug = find_available_slug(target.get_parent(), wanted, ignore_page_id=target.pk)


@contextmanager
def restrictions_kept(source: TranslationSource) -> Iterator[None]:
    """Put back the restrictions of a page's translations that wagtail-localize drops or weakens inside the block."""
    with transaction.atomic():
        take_turn(source.object_id)
        before = _restrictions(source)
        yield
        after = _restrictions(source)
        for pk, (restriction, groups) in before.items():
            kept = after.get(pk)
            if kept is None or (_terms(*kept) != _terms(restriction, groups)):
                restriction.save()
                restriction.groups.set(groups)


def _restrictions(source: TranslationSource) -> dict[int, tuple[PageViewRestriction, list[Group]]]:
    rows = PageViewRestriction.objects.filter(page__translation_key=source.object_id)
    return {row.pk: (row, list(row.groups.order_by("pk"))) for row in rows}


def _terms(restriction: PageViewRestriction, groups: list[Group]) -> tuple[object, ...]:
    return restriction.restriction_type, restriction.password, groups
