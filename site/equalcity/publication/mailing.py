"""Mails to staff: that something was taken back, or is due. They hold links into the CMS and no word of a page.

Whoever reads somebody's mail must not learn from it which place is meant.
"""

import uuid
from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse
from django.utils.translation import gettext as _
from django_tasks import task
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from equalcity.core.models import User
from equalcity.publication import deleted
from equalcity.publication.models import Outgoing


def tell_publishers(key: uuid.UUID, why: str) -> None:
    """Tell everybody who may publish the page of this key, or where it was, that it was taken back."""
    page = Page.objects.filter(translation_key=key).order_by("pk").first() or deleted.nearest(key)
    if page is None:
        return
    said = {
        Outgoing.Why.RECALLED: _("A page was recalled. It is off the site in every language."),
        Outgoing.Why.LOWERED: _("A place is to be known less exactly. Its address was removed everywhere here."),
    }[Outgoing.Why(why)]
    send_to(publishers(page), said, f"{said}\n\n{link(reverse('taken_back:outgoing'))}")


def publishers(page: Page) -> list[User]:
    """Return who may publish a page and has an address."""
    users = page_permission_policy.users_with_any_permission_for_instance(["publish"], page)
    return list(users.filter(is_active=True).exclude(email="").order_by("pk"))


def send_to(users: Iterable[User], subject: str, text: str) -> None:
    """Mail each of these on their own, in the worker: nobody waits for a mail server."""
    for address in {user.email for user in users}:
        send.enqueue(address, subject, text)


def link(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


@task()
def send(address: str, subject: str, text: str) -> None:
    """Send one mail. Without `EMAIL_URL` it goes nowhere."""
    with get_connection() as connection:
        EmailMessage(subject, text, to=[address], connection=connection).send()
