"""Public replicas say where they come from."""

from django.template import Context, Template

from tests.equalcity.replication.conftest import Ours, Pull
from tests.equalcity.replication.upstream import Upstream
from toolbox_pages.models import ToolboxPage

TAG = Template("{% load provenance %}{% provenance page %}")


def shown(page: object) -> str:
    return " ".join(TAG.render(Context({"page": page})).split())


def test_a_pulled_page_names_its_partner(partner: Upstream, pull_once: Pull) -> None:
    pull_once()
    assert shown(ToolboxPage.objects.get()) == (
        '<p class="provenance"> This page was first published by '
        f'<a href="{partner.url}" rel="noreferrer">Partner</a>. It may have been adapted here. </p>'
    )


def test_our_own_pages_say_nothing(partner: Upstream, pull_once: Pull, ours: Ours) -> None:
    pull_once()
    assert (shown(ours.home), shown(None)) == ("", "")
