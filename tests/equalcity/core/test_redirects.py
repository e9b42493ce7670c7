"""Old addresses lead to pages that the public can see, and to no others."""

import pytest
from django.test import Client, RequestFactory
from wagtail.contrib.redirects.middleware import RedirectMiddleware
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from home.models import StandardPage
from tests.factories import Tree

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


def test_upstream_still_leads_to_hidden_pages(about: StandardPage) -> None:
    about.unpublish()
    request = RequestFactory().get(OLD)
    lost = Client().get("/en/befare/")
    assert RedirectMiddleware(lambda _request: lost)(request).status_code == 301
