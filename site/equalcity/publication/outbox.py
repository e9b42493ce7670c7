"""What must still forget something that was taken back, until each of them has confirmed (safety rule 3).

Taking back is one transaction in the database. Search servers, caches, files and partners are outside of it: for each a
row is written in the same transaction, and the periodic command knocks until it is confirmed. Channels are
registered by the applications that know them, in `AppConfig.ready`.
"""

import logging
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import OperationalError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise

from equalcity.publication.models import Outgoing

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Channel:
    """A kind of place that keeps copies.

    `names` are those that must confirm now, `deliver` does what can be done from here and returns whether the copy is
    gone for certain; it may raise, and is asked again.
    """

    label: str | Promise
    names: Callable[[], Iterable[str]]
    deliver: Callable[[Outgoing], bool]


CHANNELS: dict[str, Channel] = {}


def write(key: uuid.UUID, why: str, seq: int) -> list[Outgoing]:
    """Write a row for everybody who must hear of this; belongs into the transaction that takes it back."""
    return Outgoing.objects.bulk_create(
        Outgoing(key=key, why=why, channel=channel, name=name, seq=seq)
        for channel, one in CHANNELS.items()
        for name in one.names()
    )


def deliver() -> int:
    """Try every row that is open; return how many are open still. Safe to run by several machines."""
    for row in waiting():
        channel = CHANNELS.get(row.channel)
        try:
            done, problem = (channel.deliver(row), "") if channel else (False, "nobody knows this channel any more")
        except OperationalError:
            raise  # our own database
        except Exception as error:
            log.warning("%s is not confirmed: %s", row, error)
            done, problem = False, f"{type(error).__name__}: {error}"[:500]
        Outgoing.objects.filter(pk=row.pk, confirmed_at=None).update(
            confirmed_at=timezone.now() if done else None, problem=problem
        )
    return waiting().count()


def waiting() -> "QuerySet[Outgoing]":
    """Return what is not confirmed yet, the oldest first."""
    return Outgoing.objects.filter(confirmed_at=None).order_by("id")
