"""What people decide about what was pulled: conflicts and proposals. Every decision ends in a draft, or in one act of
theirs; the version that was not chosen stays in the page's history or in the decided conflict."""

import orjson
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from equalcity.core.models import User
from equalcity.replication.importer import take_version
from equalcity.replication.models import Conflict, Replica
from equalcity.replication.places import check_place


class NotPossible(Exception):
    """A decision cannot be carried out now; the text says why."""


@transaction.atomic
def keep_mine(conflict: Conflict) -> None:
    """Go on from our version: the next merge starts from what they have now, and still knows that we differ."""
    replica = conflict.replica
    replica.base = conflict.theirs
    replica.base_etag = conflict.theirs_etag
    replica.applied = ""
    replica.save()
    _decide(conflict, Conflict.Choice.MINE)


@transaction.atomic
def take_theirs(conflict: Conflict, user: User | None) -> None:
    """Put their version into a new draft; ours stays in the page's history. Raises `NotPossible`."""
    page = conflict.replica.page()
    if page is None:
        raise NotPossible(_("The page was deleted here."))
    theirs = orjson.loads(conflict.theirs)
    take_version(conflict.replica, page.get_latest_revision_as_object(), theirs, conflict.theirs_etag, user)
    _decide(conflict, Conflict.Choice.THEIRS)


@transaction.atomic
def accept(replica: Replica, user: User | None) -> None:
    """Do what the peer did: take the page offline, or move it. Raises `NotPossible`."""
    page = replica.page()
    if replica.proposal == Replica.Proposal.RAISE:
        raise NotPossible(_("Two people decide that here: under “How exactly it may be known”, above the place."))
    if page is not None and replica.proposal == Replica.Proposal.MOVE:
        _move(replica, page, user)
    elif page is not None and page.live:
        page.unpublish(user=user)
    dismiss(replica)


def dismiss(replica: Replica) -> None:
    """Leave the page as and where it is."""
    replica.proposal = Replica.Proposal.NONE
    replica.proposed_parent = None
    replica.save()


def _move(replica: Replica, page: Page, user: User | None) -> None:
    target = Replica.objects.filter(
        peer=replica.peer, peer_key=replica.proposed_parent or replica.peer_key, locale=replica.locale
    ).first()
    parent = target.page() if target else None
    if parent is None or parent.pk == page.pk or parent.is_descendant_of(page):
        raise NotPossible(_("The page that it moved below is not here."))
    check_place(type(page), parent)
    page.move(parent, pos="last-child", user=user)


def _decide(conflict: Conflict, choice: str) -> None:
    conflict.choice = choice
    conflict.decided_at = timezone.now()
    conflict.save()
