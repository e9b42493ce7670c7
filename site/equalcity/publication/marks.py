"""Signals -> Dirty marks, and nothing else.

A mark is written in the transaction of the change it speaks of, so neither can exist without the other. Wagtail
sends `page_published` and its like after commit, or (for aliases, synchronised trees, expiry, wagtail-localize) not
at all; `post_save` and `post_delete` come always.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from wagtail.models import Page, PageViewRestriction, Site

from equalcity.core.models import CustomDocument, CustomImage, ImageText, Term
from equalcity.publication.models import Dirty

ON_COMMIT_LIMIT = 50
ASLEEP = "asleep"

# What Wagtail writes to a page when a draft is saved or locked: nothing of it can be seen outside.
OF_DRAFTS = frozenset(
    {
        "draft_title",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "locked",
        "locked_at",
        "locked_by",
    }
)

# What Wagtail writes when a page becomes an alias, or an alias a page of its own.
OF_ALIASES = frozenset({"alias_of", "alias_of_id"})

_postponed = ContextVar("postponed", default=False)

log = logging.getLogger(__name__)


def connect() -> None:
    """Connect the receivers; called by `AppConfig.ready` only."""
    for signal in (post_save, post_delete):
        signal.connect(on_change, dispatch_uid="publication.on_change")
    pre_delete.connect(on_leaving, dispatch_uid="publication.on_leaving")
    pre_save.connect(on_replacing, dispatch_uid="publication.on_replacing")
    m2m_changed.connect(on_terms_of_page, dispatch_uid="publication.on_terms_of_page")


def mark(kind: str, object_id: int, name: str = "", *, echo: bool = False, record_later: bool = True) -> None:
    """Note that something may have changed; it is recorded after commit, at the latest by the worker."""
    Dirty.objects.create(kind=kind, object_id=object_id, name=name, echo=echo)
    if record_later:
        _record_after_commit([(kind, object_id)])


def mark_pages(pks: list[int], *, echo: bool = False) -> None:
    """Mark many pages in one statement. `echo`: only what they say of others may have changed."""
    if pks:
        Dirty.objects.bulk_create([Dirty(kind="page", object_id=pk, echo=echo) for pk in pks], batch_size=500)
        _record_after_commit([("page", pk) for pk in pks])


def mark_for_later(page_id: int) -> None:
    """Mark a page that is to be read again when another change was recorded: until then the mark sleeps."""
    Dirty.objects.create(kind=ASLEEP, object_id=page_id, echo=True)


def awake() -> None:
    """Let the sleeping marks be recorded."""
    Dirty.objects.filter(kind=ASLEEP).update(kind="page")


@contextmanager
def recording_postponed() -> Iterator[None]:
    """Leave recording to one round at the end of bulk work: marks are written, nothing is rendered in between."""
    token = _postponed.set(True)
    try:
        yield
    finally:
        _postponed.reset(token)


def on_change(
    sender: type[Any], instance: Any, raw: bool = False, update_fields: frozenset[str] | None = None, **kwargs: Any
) -> None:
    if raw or (update_fields and update_fields <= OF_DRAFTS):
        return
    match instance:
        case Page():
            _on_page(sender, instance, deleted="created" not in kwargs)
            if update_fields and not OF_ALIASES.isdisjoint(update_fields):
                # What restricts its original stands before its tree from now on, or no longer does.
                mark("tree", instance.pk)
        case PageViewRestriction():
            mark("tree", instance.page_id)
        case Term():
            mark(instance.vocabulary, instance.pk)
        case CustomImage():
            mark("image", instance.pk, instance.sha256)
        case ImageText():
            mark("image", instance.image_id, instance.image.sha256)
        case CustomDocument():
            mark("document", instance.pk, instance.sha256)
        case Site():
            mark("site", instance.pk)


def on_leaving(sender: type[Any], instance: Any, **kwargs: Any) -> None:
    """The aliases of a page outlive it, and what restricted it no longer stands before their trees."""
    if isinstance(instance, Page):
        for pk in instance.aliases.values_list("pk", flat=True):
            mark("tree", pk)


def on_replacing(sender: type[Any], instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """A picture or document that gets another file is known by its old name to those who embed it."""
    if isinstance(instance, CustomImage | CustomDocument) and instance.pk is not None and not raw:
        known = type(instance)._default_manager.filter(pk=instance.pk).values_list("sha256", flat=True).first()
        if known is not None and known != instance.sha256:
            mark("image" if isinstance(instance, CustomImage) else "document", instance.pk, known)


def on_terms_of_page(sender: type[Any], instance: Any, action: str, **kwargs: Any) -> None:
    """Relations that are set on a saved page without saving it."""
    if isinstance(instance, Page) and action.startswith("post_"):
        mark("page", instance.pk)


def _on_page(sender: type[Any], page: Page, *, deleted: bool) -> None:
    """Moves, unpublishing and expiry arrive with the sender `Page`: what stands below changes with them."""
    mark("tree" if sender is Page and not deleted else "page", page.pk)
    if deleted:
        mark("gone", page.pk, str(page.translation_key))


class AfterCommit:
    """What one transaction marked, recorded once it is committed.

    Whatever others marked is theirs or the worker's: if everybody recorded everything, most renderings would be
    thrown away.
    """

    def __init__(self) -> None:
        self.objects: list[tuple[str, int]] = []
        self.done = False

    def record(self) -> None:
        from equalcity.publication.record import record_marked

        self.done = True
        record_marked(self.objects, ON_COMMIT_LIMIT)


def _record_after_commit(objects: list[tuple[str, int]]) -> None:
    """Ask for one round of recording after the commit, however many marks a transaction writes."""
    if _postponed.get():
        return
    owners = (getattr(entry[1], "__self__", None) for entry in connection.run_on_commit)
    waiting = next((one for one in owners if isinstance(one, AfterCommit) and not one.done), None)
    if waiting is not None:
        waiting.objects += objects
        return
    first = AfterCommit()
    first.objects += objects
    transaction.on_commit(first.record, robust=True)
