"""Who follows the feed with a key, and how far each has read: the acknowledgement of what was taken back.

Whoever asks for what comes after a number has read everything up to it.
"""

import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from equalcity.api.models import ApiKey
from equalcity.publication.feed import Cursor
from equalcity.publication.models import Outgoing
from equalcity.publication.outbox import Channel

# Asking again without news is written down this often.
SELDOM = datetime.timedelta(minutes=10)


def note_follower(key: ApiKey | None, cursor: Cursor | None) -> None:
    """Remember how far a keyed follower has read; an anonymous one leaves no trace."""
    if key is None:
        return
    now, seq = timezone.now(), cursor.seq if cursor else 0
    row = ApiKey.objects.filter(pk=key.pk)
    row.filter(Q(followed_at=None) | Q(followed_at__lt=now - SELDOM)).update(followed_at=now)
    row.filter(followed_seq__lt=seq).update(followed_seq=seq, followed_at=now)


def names() -> list[str]:
    """Return the keys that have followed the feed and still may: each must hear of what is taken back."""
    usable = Q(expires_at=None) | Q(expires_at__gt=timezone.now())
    keys = ApiKey.objects.filter(usable, revoked_at=None).exclude(followed_at=None)
    return list(keys.order_by("pk").values_list("prefix", flat=True))


def has_heard(row: Outgoing) -> bool:
    """Whether the partner's last cursor lies past it. There is nothing to send: they come by themselves."""
    return ApiKey.objects.filter(prefix=row.name, followed_seq__gte=row.seq).exists()


CHANNEL = Channel(_("Partner"), names, has_heard)
