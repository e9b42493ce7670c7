"""Lowering the precision of a place: at once and everywhere, what may not be known any longer is gone (safety rule 3).

One transaction removes it from the database: pages in every language, revisions, drafts in previews, translation
memory, publications, index, log, comments, tasks, sessions, pulls. What lies outside hears of it through the outbox
(`equalcity.publication.outbox`), and the journal keeps a restored backup from bringing it back. What staff wrote of
the address into other texts becomes a visible gap.
"""

import uuid
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from modelcluster.models import get_all_child_relations
from wagtail.admin.models import FormState
from wagtail.contrib.redirects.models import Redirect
from wagtail.coreutils import find_available_slug
from wagtail.log_actions import log
from wagtail.models import (
    COMMENTS_RELATION_NAME,
    Comment,
    CommentReply,
    ModelLogEntry,
    Page,
    PageLogEntry,
    Revision,
    TaskState,
)
from wagtail.search import index

from equalcity.core.models import User
from equalcity.publication import journal, outbox
from equalcity.publication.mailing import tell_publishers
from equalcity.publication.models import Outgoing
from equalcity.publication.scrub import clean_texts, scrub
from safespace_map import memory
from safespace_map.models import RaiseRequest, RemovedStreet, SafeSpacePage
from safespace_map.precision import blank_for, is_more_exact
from safespace_map.secrets import Secrets, digests

ACT = "lower"
LOG_ACTION = "safespace_map.lower"
# Where a page stands and what it is called there: set apart from its texts.
ADDRESS = {"slug", "url_path", "path", "translation_key"}
NAMELESS = "place"


class NotLower(Exception):
    """The place is known that little already."""


@transaction.atomic
def lower(place: SafeSpacePage, to: str, user: User | None = None, *, by: str = "") -> None:
    """Let no more be known of a place than `to` says, in every language at once. Raises `NotLower`.

    `by` names who asked when no user here did: a partner.
    """
    key = place.translation_key
    pages = _locked(key)
    if not any(is_more_exact(page.precision, to) for page in pages):
        raise NotLower
    journal.write(ACT, key, to)
    _lower(key, pages, to, user, by)
    transaction.on_commit(lambda: tell_publishers(key, Outgoing.Why.LOWERED), robust=True)


@transaction.atomic
def carry_out(entry: journal.Entry) -> None:
    """Lower once more what a restored database has forgotten; a place that is not there or not higher needs nothing."""
    pages = _locked(entry.key)
    if any(is_more_exact(page.precision, entry.to) for page in pages):
        _lower(entry.key, pages, entry.to, None, "journal")


def _locked(key: uuid.UUID) -> list[SafeSpacePage]:
    return list(SafeSpacePage.objects.select_for_update().filter(translation_key=key).order_by("pk"))


def _lower(key: uuid.UUID, pages: list[SafeSpacePage], to: str, user: User | None, by: str) -> None:
    pks = [page.pk for page in pages]
    held = [{"street": page.street, "latitude": page.latitude, "longitude": page.longitude} for page in pages]
    secrets = Secrets.of([*held, *memory.contents(key, pks)])
    blank = blank_for(to)
    before = pages[0].precision

    def change(content: dict[str, Any]) -> dict[str, Any]:
        """Of a page as revisions, the memory and documents hold it."""
        blanks = {name: nothing for name, nothing in {**blank, "precision": to}.items() if name in content}
        cleaned: dict[str, Any] = clean_texts({**content, **blanks}, secrets.clean)
        if (slug := content.get("slug")) and (left := secrets.clean_slug(slug)) != slug:
            cleaned["slug"] = slugs.get(content.get("pk"), left or NAMELESS)
        elif slug:
            cleaned["slug"] = slug
        return cleaned

    def change_source(source: dict[str, Any]) -> dict[str, Any]:
        return {**clean_texts(source, secrets.clean), "fields": change(source["fields"])}

    slugs = {page.pk: _slug(page, secrets) for page in pages}
    for page in pages:
        _change_page(page, {**blank, "precision": to}, slugs[page.pk], secrets)
    memory.rewrite(key, pks, change)
    memory.forget(key, set(blank), secrets)
    _forget_elsewhere(pks, secrets)
    RemovedStreet.objects.bulk_create(
        [RemovedStreet(key=key, digest=digest, words=words) for digest, words in digests(secrets)],
        ignore_conflicts=True,
    )
    RaiseRequest.objects.filter(key=key, closed_at=None).update(closed_at=timezone.now())
    for page in SafeSpacePage.objects.filter(pk__in=pks):
        index.insert_or_update_object(page)
        log(page, LOG_ACTION, user=user, data={"from": before, "to": to, "by": by}, content_changed=True)
    seq = scrub(key, pks, document=change, source=change_source, clean=secrets.clean, blank=blank)
    outbox.write(key, Outgoing.Why.LOWERED, seq)


# The pages and their rows ---------------------------------------------------------------------------------------


def _slug(page: SafeSpacePage, secrets: Secrets) -> str:
    cleaned = secrets.clean_slug(page.slug)
    if cleaned == page.slug:
        return page.slug
    free: str = find_available_slug(page.get_parent(), cleaned or NAMELESS, ignore_page_id=page.pk)
    return free


def _change_page(page: SafeSpacePage, values: dict[str, Any], slug: str, secrets: Secrets) -> None:
    """Write the row without the page's own checks: they refuse to change the precision."""
    values |= {name: text for name, text in _texts(page, secrets).items() if name not in values}
    if slug != page.slug:
        values |= {"slug": slug, "url_path": page.get_parent().url_path + slug + "/"}
        Redirect.objects.filter(redirect_page_id=page.pk).delete()
    SafeSpacePage.objects.filter(pk=page.pk).update(**values)
    for relation in get_all_child_relations(SafeSpacePage):
        if relation.get_accessor_name() == COMMENTS_RELATION_NAME:
            continue
        for row in relation.related_model.objects.filter(**{relation.field.name: page.pk}):
            if changed := _texts(row, secrets):
                type(row)._default_manager.filter(pk=row.pk).update(**changed)


def _texts(row: models.Model, secrets: Secrets) -> dict[str, str]:
    """Return the texts of a row that change, by column."""
    columns = [
        one
        for one in row._meta.concrete_fields
        if isinstance(one, models.CharField | models.TextField) and one.name not in ADDRESS
    ]
    texts = {one.name: getattr(row, one.attname) for one in columns}
    return {name: cleaned for name, text in texts.items() if text and (cleaned := secrets.clean(text)) != text}


# What speaks of them --------------------------------------------------------------------------------------------


def _forget_elsewhere(pks: list[int], secrets: Secrets) -> None:
    names = [str(pk) for pk in pks]
    kinds = ContentType.objects.get_for_models(Page, SafeSpacePage).values()
    of_pages = Q(page__in=pks)
    _clean_rows(Revision.page_revisions.filter(object_id__in=names), ("object_str",), secrets)
    _clean_rows(PageLogEntry.objects.filter(of_pages), ("label", "data"), secrets)
    _clean_rows(ModelLogEntry.objects.filter(content_type__in=kinds, object_id__in=names), ("label", "data"), secrets)
    _clean_rows(Comment.objects.filter(of_pages), ("text",), secrets)
    _clean_rows(CommentReply.objects.filter(comment__page__in=pks), ("text",), secrets)
    states = TaskState.objects.filter(workflow_state__content_type__in=kinds, workflow_state__object_id__in=names)
    _clean_rows(states, ("comment",), secrets)
    # What stands in forms that somebody has open: of these places, and of one that is just being made.
    FormState.objects.filter(content_type__in=kinds, object_id__in=[*names, ""]).delete()
    _clean_rows(DBTaskResult.objects.all(), ("args_kwargs", "return_value", "traceback"), secrets)
    # An old address that holds the street, wherever it leads.
    for pk, path in Redirect.objects.values_list("pk", "old_path"):
        if secrets.clean(path) != path:
            Redirect.objects.filter(pk=pk).delete()
    for session in Session.objects.all():
        held = session.get_decoded()
        if (cleaned := clean_texts(held, secrets.clean)) != held:
            Session.objects.filter(pk=session.pk).update(session_data=Session.objects.encode(cleaned))


def _clean_rows(rows: "models.QuerySet[Any]", names: tuple[str, ...], secrets: Secrets) -> None:
    for row in list(rows):
        values = {name: getattr(row, name) for name in names}
        changed = {name: new for name, old in values.items() if old and (new := clean_texts(old, secrets.clean)) != old}
        if changed:
            type(row)._default_manager.filter(pk=row.pk).update(**changed)
