"""The Atom feed of a language."""

from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from tests.campaign.conftest import Campaign, record_everything
from tests.counting import queries
from tests.factories import StoryPageFactory, Tree, locale

ATOM = "{http://www.w3.org/2005/Atom}"


def read(client: Client, language: str = "en") -> ElementTree.Element:
    answer = client.get(f"/{language}/feed.atom")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert not answer.cookies
    return ElementTree.fromstring(answer.content)


def titles(client: Client, language: str = "en") -> list[str]:
    return sorted(str(entry.findtext(f"{ATOM}title")) for entry in read(client, language).iter(f"{ATOM}entry"))


def test_it_holds_stories_events_and_practices(campaign: Campaign, tree: Tree, client: Client, published: Any) -> None:
    expected = ["At the desk", "An open afternoon", *(practice.title for practice in tree.practices)]
    assert titles(client) == sorted(expected)


def test_an_entry_says_what_it_is(campaign: Campaign, client: Client, published: Any) -> None:
    feed = read(client)
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    (entry,) = [one for one in feed.iter(f"{ATOM}entry") if one.findtext(f"{ATOM}title") == "At the desk"]
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == f"http://testserver{campaign.story.get_url()}"
    assert entry.findtext(f"{ATOM}summary") == "At the desk, in short. Example written for demonstration."
    assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{campaign.story.translation_key}#en"


def test_plain_text_does_not_become_html(campaign: Campaign, client: Client) -> None:
    campaign.event.summary = "<script>1 < 2</script>"
    campaign.event.save()
    record_everything()
    (entry,) = [one for one in read(client).iter(f"{ATOM}entry") if one.findtext(f"{ATOM}title") == "An open afternoon"]
    summary = entry.find(f"{ATOM}summary")
    assert summary is not None
    assert (summary.get("type"), summary.text) == ("html", "&lt;script&gt;1 &lt; 2&lt;/script&gt;")


def test_aliases_are_no_text_of_their_language(campaign: Campaign, client: Client) -> None:
    campaign.story.copy_for_translation(locale("fr"), copy_parents=True, alias=True)
    record_everything()
    assert titles(client, "fr") == []


@pytest.mark.parametrize("name", ["story", "page"])
def test_what_is_hidden_is_gone_at_once(campaign: Campaign, client: Client, published: Any, name: str) -> None:
    assert "At the desk" in titles(client)
    restriction = {"page": getattr(campaign, name), "restriction_type": PageViewRestriction.LOGIN}
    PageViewRestriction.objects.bulk_create([PageViewRestriction(**restriction)])  # no signal, no mark
    assert "At the desk" not in titles(client)


def test_every_page_names_the_feed_of_its_language(campaign: Campaign, client: Client) -> None:
    for path, language in ((campaign.page.url, "en"), ("/fr/", "fr"), ("/en/help/", "en")):
        link = f'<link rel="alternate" type="application/atom+xml" href="/{language}/feed.atom"'
        assert link in client.get(path).content.decode()


def test_the_same_queries_for_1_3_and_30(campaign: Campaign, tree: Tree, client: Client) -> None:
    costs = {}
    made = 1
    for wanted in (1, 3, 30):
        while made < wanted:
            made += 1
            StoryPageFactory(parent=campaign.stories, title=f"Story {made}")
        record_everything()
        costs[wanted] = queries(client, "/en/feed.atom")
    assert costs == dict.fromkeys((1, 3, 30), costs[1])


def test_no_language_of_ours_has_no_feed(client: Client, db: None) -> None:
    assert client.get("/xx/feed.atom").status_code == 404
