"""The counter row: what this instance is called, and the number that its feed has reached."""

import uuid

from django.db.models import QuerySet

from equalcity.core.statements import statement
from equalcity.publication.models import FeedState


def state() -> FeedState:
    """Return the feed's one row; the first call ever makes it, and with it the name of this instance."""
    return next(iter(_row(1)), None) or FeedState.objects.get_or_create(pk=1)[0]


@statement
def _row(pk: int) -> "QuerySet[FeedState]":
    return FeedState.objects.filter(pk=pk)


def locked_state() -> FeedState:
    """Return the feed's one row locked until the transaction ends: whoever writes publications holds it."""
    found = FeedState.objects.select_for_update().filter(pk=1).first()
    return found or FeedState.objects.select_for_update().get(pk=state().pk)


def instance_id() -> uuid.UUID:
    """Return the name of this instance, the same for its whole life."""
    return state().instance
