"""`manage.py publish_scheduled`: Wagtail's job, page by page."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.db import DatabaseError, transaction
from django.utils import timezone
from wagtail.management.commands.publish_scheduled import Command as WagtailCommand
from wagtail.models import Page, Revision

log = logging.getLogger(__name__)


class Command(WagtailCommand):
    """Takes offline what has expired, then publishes what is due; each page whole or not at all.

    Wagtail's own stops at the first page that cannot be published, at every run, and all others wait behind it. And it
    does each page in several transactions: killed between two of them, it forgets that a page was to be published.
    """

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dryrun"]:
            super().handle(*args, **options)
            return
        now = timezone.now()
        expired = Page.objects.filter(live=True, expire_at__lt=now).order_by("expire_at")
        _each("taken offline", expired.values_list("pk", flat=True), _expire)
        due = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at")
        _each("published", due.values_list("pk", flat=True), _publish)


def _each(done: str, pks: Iterable[int], work: Callable[[int], None]) -> None:
    for pk in list(pks):
        try:
            with transaction.atomic():
                work(pk)
        except DatabaseError:
            raise
        except Exception:
            log.exception("What is due could not be %s; the others are, and it is tried again.", done)


def _expire(pk: int) -> None:
    page = Page.objects.filter(pk=pk, live=True).first()
    if page is not None:
        page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _publish(pk: int) -> None:
    revision = Revision.objects.filter(pk=pk).exclude(approved_go_live_at=None).first()
    if revision is not None:
        revision.publish(log_action="wagtail.publish.scheduled")
