"""Exactly one site, at the address that the settings name."""

from typing import Any

from django.core.checks import run_checks
from wagtail.models import Site

from equalcity.core.sites import align_site
from tests.factories import Tree


def warnings() -> list[str]:
    return [one.id for one in run_checks(databases=["default"]) if (one.id or "").startswith("core.")]


def test_the_site_follows_the_address(tree: Tree, settings: Any) -> None:
    settings.SITE_URL = "https://equalcity.example"
    assert warnings() == ["core.W001"]
    align_site()
    assert list(Site.objects.values_list("hostname", "port", "root_page_id", "is_default_site")) == [
        ("equalcity.example", 443, tree.home.pk, True)
    ]
    assert warnings() == []


def test_a_second_site_is_removed(tree: Tree) -> None:
    Site.objects.create(hostname="other.example", root_page=tree.about)
    assert warnings() == ["core.W001"]
    align_site()
    assert list(Site.objects.values_list("hostname", flat=True)) == ["testserver"]


def test_aligning_again_writes_nothing(tree: Tree, django_assert_num_queries: Any) -> None:
    align_site()
    # Three, in a transaction.
    with django_assert_num_queries(5):
        align_site()
