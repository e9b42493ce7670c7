"""The counter row: what this instance is called, and the number that its feed has reached."""

import uuid

from equalcity.publication.models import FeedState


def state() -> FeedState:
    """Return the feed's one row; the first call ever makes it, and with it the name of this instance."""
    return FeedState.objects.get_or_create(pk=1)[0]


def locked_state() -> FeedState:
    """Return the feed's one row locked until the transaction ends: whoever writes publications holds it."""
    found = FeedState.objects.select_for_update().filter(pk=1).first()
    return found or FeedState.objects.select_for_update().get(pk=state().pk)


def instance_id() -> uuid.UUID:
    """Return the name of this instance, the same for its whole life."""
    return state().instance
