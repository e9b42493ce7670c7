"""Count what a page asks of the database."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from tests.factories import locale


def queries(client: Client, path: str) -> int:
    """Return how many queries a page costs once what is asked once per process is known."""
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(path)
    assert response.status_code == 200, path
    return len(captured)


def french_alias(page: Page) -> str:
    """Let the whole site be shown in French as it is, too, by aliases; return the address of this page there.

    An alias says in which language its source is written: lists of aliases ask more than lists of pages.
    """
    home = page.get_ancestors(inclusive=True).get(depth=2)
    for one in home.get_descendants().specific():
        if one.aliases.exists():
            one.update_aliases()
        else:
            one.copy_for_translation(locale("fr"), copy_parents=True, alias=True)
    address: str = Page.objects.get(alias_of=page.pk).url
    return address
