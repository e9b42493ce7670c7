"""Recall: a page is taken back everywhere at once, because it may endanger somebody (contract, “Recall”).

Every language and alias, and what stands below, is off the site when the transaction ends. Tombstones say `recalled`,
which partners act on without asking anybody. The journal outside the database keeps a restore from undoing it; the
outbox shows who has not heard of it.

A partner names each page that is taken back there. What stands below ours here may be our own, so a page that a partner
recalls goes alone.
"""

import uuid

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from equalcity.core.models import User
from equalcity.publication import journal, marks, outbox
from equalcity.publication.counter import locked_state
from equalcity.publication.mailing import tell_publishers
from equalcity.publication.models import Outgoing, Recalled
from equalcity.publication.write import Writer

ACT = "recall"
LOG_ACTION = "publication.recall"
# What the journal says of a page that went without those below.
ALONE = "alone"


class NothingToRecall(Exception):
    """No page has this key."""


@transaction.atomic
def recall(
    key: uuid.UUID, *, user: User | None = None, by: str = "", log_action: str = LOG_ACTION, alone: bool = False
) -> int:
    """Withdraw every language and alias of a key, and unless `alone` what stands below; return how many pages went.

    `by` names who asked when no user here did: a partner. Raises `NothingToRecall`.
    """
    if not Page.objects.filter(translation_key=key).exists():
        raise NothingToRecall
    journal.write(ACT, key, ALONE if alone else "")
    taken = _withdraw(_pages(key, alone), user, by or (user.get_username() if user else ""), log_action)
    transaction.on_commit(lambda: tell_publishers(key, Outgoing.Why.RECALLED), robust=True)
    return taken


@transaction.atomic
def carry_out(entry: journal.Entry) -> None:
    """Recall once more what a restored database has forgotten; a key that is not there needs nothing."""
    if Page.objects.filter(translation_key=entry.key).exists():
        _withdraw(_pages(entry.key, entry.to == ALONE), None, "journal", LOG_ACTION)


def _withdraw(pages: list[Page], user: User | None, by: str, log_action: str) -> int:
    keys = {page.translation_key for page in pages}
    for one in keys:
        Recalled.objects.update_or_create(key=one, defaults={"at": timezone.now(), "by": by[:150]})
    # What was planned for later would bring it back.
    Revision.page_revisions.filter(object_id__in=[str(page.pk) for page in pages]).update(approved_go_live_at=None)
    live = [page for page in pages if page.live]
    for page in live:
        Page.objects.filter(pk=page.pk).update(go_live_at=None)
        page.specific.unpublish(user=user, log_action=log_action)
    counter = locked_state()
    writer = Writer(counter)
    with marks.recording_postponed():
        for page in pages:
            writer.write("page", page.pk, None, changed=True)
        writer.say_recalled(keys)
    for one in keys:
        outbox.write(one, Outgoing.Why.RECALLED, counter.seq)
    return len(live)


def _pages(key: uuid.UUID, alone: bool) -> list[Page]:
    """Return the pages of a key in every language, and unless `alone` what stands below them, locked, in one order."""
    keys = {key}
    if not alone:
        for page in Page.objects.filter(translation_key=key):
            keys.update(page.get_descendants().values_list("translation_key", flat=True))
    return list(Page.objects.select_for_update().filter(translation_key__in=keys).order_by("pk"))
