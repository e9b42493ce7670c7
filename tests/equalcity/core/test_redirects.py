"""Old addresses lead to pages that the public can see, and to no others."""

from typing import Any

import pytest
from django.db import OperationalError, transaction
from django.test import Client, RequestFactory
from wagtail.contrib.redirects.middleware import RedirectMiddleware
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.redirects.signal_handlers import BatchRedirectCreator
from wagtail.models import PageViewRestriction

from home.models import StandardPage
from tests.factories import Tree
from toolbox_pages.models import BestPracticeIndexPage, BestPracticePage, ToolboxPage

OLD = "/en/before/"


@pytest.fixture
def about(tree: Tree) -> StandardPage:
    Redirect.add_redirect(OLD, redirect_to=tree.about)
    return tree.about


def test_an_old_address_leads_to_the_page(about: StandardPage) -> None:
    for old in (OLD, f"{OLD}?from=letter"):
        answer = Client().get(old)
        assert (answer.status_code, answer["Location"]) == (301, about.get_url())


def test_an_old_address_of_a_hidden_page_is_like_one_that_never_was(about: StandardPage) -> None:
    never = Client().get("/en/befare/")
    hidings = (
        lambda: about.unpublish(),
        lambda: (
            about.get_latest_revision().publish(),
            PageViewRestriction.objects.create(page=about.get_parent(), restriction_type=PageViewRestriction.LOGIN),
        ),
    )
    about.save_revision()
    for hide in hidings:
        hide()
        for old in (OLD, f"{OLD}?from=letter"):
            answer = Client().get(old)
            assert answer.status_code == 404
            assert answer.headers.items() == never.headers.items()


def test_a_moved_branch_keeps_its_old_addresses(tree: Tree, django_capture_on_commit_callbacks: Any) -> None:
    practice = tree.practices[0]
    old = practice.get_url()
    draft = tree.practices[1]
    draft.unpublish()
    ToolboxPage.objects.get(pk=tree.toolbox.pk).copy(update_attrs={"slug": "rome", "title": "Rome toolbox"})
    rome = ToolboxPage.objects.get(slug="rome")
    with django_capture_on_commit_callbacks(execute=True):
        BestPracticeIndexPage.objects.get(pk=tree.index.pk).move(rome, pos="first-child")
    answer = Client().get(old)
    assert (answer.status_code, answer["Location"]) == (301, BestPracticePage.objects.get(pk=practice.pk).get_url())
    assert not Redirect.objects.filter(redirect_page=draft).exists()


def test_a_way_back_and_forth_leaves_one_redirect(tree: Tree, django_capture_on_commit_callbacks: Any) -> None:
    for slug in ("about-us", "about", "about-us"):
        with django_capture_on_commit_callbacks(execute=True):
            page = StandardPage.objects.get(pk=tree.about.pk)
            page.slug = slug
            page.save_revision().publish()
    found = Redirect.objects.filter(redirect_page=tree.about).values_list("old_path", flat=True)
    assert sorted(found) == ["/en/about", "/en/about-the-project", "/en/about-us"]


def test_upstream_still_cannot_make_a_thousand_redirects_on_sqlite(tree: Tree) -> None:
    batch = BatchRedirectCreator(max_size=2000, ignore_conflicts=True)
    for n in range(1_100):
        batch.add(old_path=f"/en/{n}", site=None, redirect_page=tree.about, automatically_created=True)
    with pytest.raises(OperationalError), transaction.atomic():
        batch.process()


def test_upstream_still_leads_to_hidden_pages(about: StandardPage) -> None:
    about.unpublish()
    request = RequestFactory().get(OLD)
    lost = Client().get("/en/befare/")
    assert RedirectMiddleware(lambda _request: lost)(request).status_code == 301
