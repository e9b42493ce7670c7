"""Two people lift the same restriction in the CMS at the same moment.

Runs on the database that the environment names, and prints what each was answered, whether the second was held up until
the first had ended, and how many restrictions are left.
"""

import json
import sys
import threading
from typing import Any

from django.db import connections, transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction

from tests.equalcity.publication.concurrency.watching import PATIENCE, somebody_waits
from tests.factories import UserFactory, make_tree
from tests.factories.staff import sign_in


def main() -> None:
    """Lift it twice; the second begins before the first has ended."""
    page = make_tree().practices[0]
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    staff = [sign_in(Client(raise_request_exception=False), UserFactory(is_superuser=True)) for _one in range(2)]
    address = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
    ended, statuses = threading.Event(), []
    lift = PageViewRestriction.delete

    def lift_when_the_first_has_ended(self: Any, *args: Any, **kwargs: Any) -> Any:
        # The second stands here only if it found the restriction that the first has lifted and not committed yet.
        if threading.current_thread() is second:
            ended.wait(2 * PATIENCE)
        return lift(self, *args, **kwargs)

    def ask(client: Client) -> None:
        answer = client.post(address, {"restriction_type": PageViewRestriction.NONE, "password": ""})
        statuses.append(answer.status_code)

    def elsewhere() -> None:
        try:
            ask(staff[1])
        finally:
            connections.close_all()

    second = threading.Thread(target=elsewhere)
    PageViewRestriction.delete = lift_when_the_first_has_ended  # type: ignore[method-assign]
    with transaction.atomic():
        ask(staff[0])
        second.start()
        waited = somebody_waits(second)
    ended.set()
    second.join()
    sys.stdout.write(json.dumps([statuses, waited, PageViewRestriction.objects.count()]))
