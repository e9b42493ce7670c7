"""Recall: a page is taken back everywhere at once, because it may endanger somebody (contract, “Recall”).

Every language and alias, and what stands below, is off the site when the transaction ends. Tombstones say `recalled`,
which partners act on without asking anybody. The journal outside the database keeps a restore from undoing it; the
outbox shows who has not heard of it.

What was deleted is recalled by what remains of it (`deleted`): partners keep their copy of a page that went in a hurry.

A partner names each page that is taken back there. What stands below ours here may be our own, so a page that a partner
recalls goes alone.
"""

import uuid

from django.db import transaction
from django.utils import timezone
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, PageLogEntry, Revision

from equalcity.core.models import User
from equalcity.publication import deleted, journal, marks, outbox
from equalcity.publication.counter import locked_state
from equalcity.publication.mailing import tell_publishers
from equalcity.publication.models import Outgoing, Publication, Recalled
from equalcity.publication.write import Writer

ACT = "recall"
LOG_ACTION = "publication.recall"
# What the journal says of a page that went without those below.
ALONE = "alone"


class NothingToRecall(Exception):
    """No page has this key, and none that was published had it."""


@transaction.atomic
def recall(
    key: uuid.UUID, *, user: User | None = None, by: str = "", log_action: str = LOG_ACTION, alone: bool = False
) -> int:
    """Withdraw every language and alias of a key, and unless `alone` what stands below; return how many pages went.

    Of what was deleted, the tombstones say so from now on. `by` names who asked when no user here did: a partner.
    Raises `NothingToRecall`.
    """
    if not _is_known(key):
        raise NothingToRecall
    journal.write(ACT, key, ALONE if alone else "")
    taken = _withdraw(_keys(key, alone), user, by or (user.get_username() if user else ""), log_action)
    transaction.on_commit(lambda: tell_publishers(key, Outgoing.Why.RECALLED), robust=True)
    return taken


@transaction.atomic
def carry_out(entry: journal.Entry) -> None:
    """Recall once more what a restored database has forgotten; a key that is not there needs nothing."""
    if _is_known(entry.key):
        _withdraw(_keys(entry.key, entry.to == ALONE), None, "journal", LOG_ACTION)


def _withdraw(keys: set[uuid.UUID], user: User | None, by: str, log_action: str) -> int:
    pages = list(Page.objects.select_for_update().filter(translation_key__in=keys).order_by("pk"))
    for one in keys:
        Recalled.objects.update_or_create(key=one, defaults={"at": timezone.now(), "by": by[:150]})
    # What was planned for later would bring it back, and so would a new date for a page whose time had run out.
    Revision.page_revisions.filter(object_id__in=[str(page.pk) for page in pages]).update(approved_go_live_at=None)
    Page.objects.filter(pk__in=[page.pk for page in pages]).update(go_live_at=None, expired=False)
    live = [page for page in pages if page.live]
    for page in live:
        # Whoever may recall it in one language does in all: a lock, or another's section, must not keep it there.
        UnpublishPageAction(page.specific, user=user, log_action=log_action).execute(skip_permission_checks=True)
    remains = list(deleted.remains().filter(key__in=keys))
    _log(keys, user, log_action)
    counter = locked_state()
    writer = Writer(counter)
    with marks.recording_postponed():
        for page in pages:
            writer.write("page", page.pk, None, changed=True)
        for row in remains:
            # Deleted so lately that it was not recorded yet.
            if row.state == Publication.State.LIVE and row.object_id is not None:
                writer.write("page", row.object_id, None, changed=True)
        writer.say_recalled(keys)
    for one in keys:
        outbox.write(one, Outgoing.Why.RECALLED, counter.seq)
    return len(live)


def _is_known(key: uuid.UUID) -> bool:
    return Page.objects.filter(translation_key=key).exists() or bool(deleted.remains_of(key))


def _keys(key: uuid.UUID, alone: bool) -> set[uuid.UUID]:
    """Return the key, and unless `alone` those of what stands below its pages in every language, or stood there."""
    keys = {key}
    if not alone:
        for page in Page.objects.filter(translation_key=key):
            keys.update(page.get_descendants().values_list("translation_key", flat=True))
        keys |= deleted.keys_below(key)
    return keys


def _log(keys: set[uuid.UUID], user: User | None, action: str) -> None:
    """Write to the log of deleted pages what unpublishing writes to that of the others."""
    # In bulk, because `save` refuses a page that is not there any more.
    PageLogEntry.objects.bulk_create(
        PageLogEntry(
            content_type_id=entry.content_type_id,
            page_id=entry.page_id,
            label=entry.label,
            action=action,
            user=user,
            timestamp=timezone.now(),
            deleted=True,
        )
        for entry in deleted.deletions(keys).values()
    )
