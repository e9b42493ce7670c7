"""Public replicas say where they come from."""

from django.test import Client

from tests.equalcity.replication.conftest import Ours, Pull
from tests.equalcity.replication.upstream import Upstream
from toolbox_pages.models import ToolboxPage


def shown(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def test_a_pulled_page_names_its_partner(partner: Upstream, pull_once: Pull, client: Client) -> None:
    pull_once()
    page = ToolboxPage.objects.get()
    page.get_latest_revision().publish()
    assert (
        f'<p> This page was first published by <a href="{partner.url}" rel="noreferrer"><bdi>Partner</bdi></a>. '
        "It may have been adapted here. </p>"
    ) in shown(client, page.url)


def test_our_own_pages_say_nothing(partner: Upstream, pull_once: Pull, ours: Ours, client: Client) -> None:
    pull_once()
    text = shown(client, ours.home.url)
    assert "<h1" in text
    assert "first published by" not in text
