"""The cache as a keeper of copies: it holds PDFs of pages, each under the hash of its words, for a day.

PDFs of safe spaces are not among them: whoever lowers what may be known of a place waits for no other process.
"""

import datetime

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from equalcity.core.pdf import KEPT_SECONDS
from equalcity.publication.models import Outgoing
from equalcity.publication.outbox import Channel


def empty(row: Outgoing) -> bool:
    """Empty the cache. One in the memory of each process is reached in this process only: the others forget in time."""
    cache.clear()
    is_shared = not str(settings.CACHES["default"]["BACKEND"]).endswith("LocMemCache")
    is_over = timezone.now() - row.created_at > datetime.timedelta(seconds=KEPT_SECONDS)
    return is_shared or is_over or row.why == Outgoing.Why.LOWERED


CHANNEL = Channel(_("Cache"), lambda: [""], empty)
