"""The campaign as visitors see it."""

import re
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from tests.campaign.conftest import Campaign
from tests.counting import french_alias, queries
from tests.factories import (
    CityFactory,
    EventPageFactory,
    ImageFactory,
    MaterialFileFactory,
    MaterialPageFactory,
    RoleFactory,
    StoryIndexPageFactory,
    StoryPageFactory,
    Tree,
    locale,
)

LINK = re.compile(r'<a href="[^"]+">(?:<b>)?([^<]+)')


def html(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


def main(client: Client, path: str) -> str:
    text = html(client, path)
    return text[text.index("<main") : text.index("</main>")]


def words(client: Client, path: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main(client, path)))


def test_the_landing_page_lists_what_stands_below_it(campaign: Campaign, client: Client) -> None:
    text = words(client, campaign.page.url)
    for expected in (
        "There is a place for you. You decide what happens next.",
        "9 people tell how they work",
        "About us",
        "In the spotlight At the desk Social worker, Brussels Example In the spotlight",
        "Come by An open afternoon",
        "Print it Poster of doors Poster Files in: Français , العربيّة",
    ):
        assert expected in text


def test_a_story_shows_role_city_and_interview(campaign: Campaign, client: Client) -> None:
    text = words(client, campaign.story.url)
    assert "Role Social worker City Brussels" in text
    assert "What do you do first? I offer a chair." in text
    assert "Sharing leaves traces" in text
    assert "Example written for demonstration." in html(client, campaign.story.url)


def test_a_recording_plays_only_when_asked_and_has_captions_and_transcript(campaign: Campaign, client: Client) -> None:
    text = main(client, campaign.story.url)
    player = text[text.index("<audio") : text.index("</audio>")]
    assert 'controls preload="none"' in player
    assert "autoplay" not in text
    assert f'src="/media/files/{campaign.sound.sha256}.wav" type="audio/wav"' in player
    assert f'<track kind="captions" src="/media/files/{campaign.captions.sha256}.vtt" srclang="en"' in player
    assert "<p>A low tone.</p>" in text


def test_without_a_transcript_there_is_no_recording(campaign: Campaign, client: Client) -> None:
    campaign.story.recordings[0].value["transcript"].source = " "
    campaign.story.save()
    assert "<audio" not in main(client, campaign.story.url)


def test_without_consent_there_is_no_recording(campaign: Campaign, client: Client) -> None:
    type(campaign.sound).objects.filter(pk=campaign.sound.pk).update(consent_until="2020-01-01")
    assert "<audio" not in main(client, campaign.story.url)


def test_a_material_names_every_language_in_itself(campaign: Campaign, client: Client) -> None:
    text = main(client, campaign.material.url)
    found = re.findall(r'hreflang="(\w+)" lang="(\w+)" dir="(\w+)" download>([^<]+)</a>', text)
    assert found == [("fr", "fr", "ltr", "Français"), ("ar", "ar", "rtl", "العربيّة")]
    assert "A3 (297 × 420 mm)" in text


def test_what_is_public_asks_no_other_site_and_sets_no_cookie(campaign: Campaign, client: Client) -> None:
    for page in (campaign.page, campaign.stories, campaign.story, campaign.events, campaign.event, campaign.material):
        answer = client.get(page.url)
        assert not answer.cookies
        assert answer["Cache-Control"] == "no-store"
        assert "media-src 'self'" in answer["Content-Security-Policy"]
        loaded = re.findall(r'(?:src|poster)="([^"]+)"', answer.content.decode())
        assert all(one.startswith("/") for one in loaded)


def test_a_mail_link_holds_title_and_address(campaign: Campaign, client: Client) -> None:
    campaign.story.title = "Tea & a “chair” ?"
    campaign.story.save()
    text = main(client, campaign.story.url)
    assert (
        'href="mailto:?subject=Tea%20%26%20a%20%E2%80%9Cchair%E2%80%9D%20%3F&amp;'
        'body=http%3A%2F%2Ftestserver%2Fen%2Fa-place-for-you%2Fin-the-spotlight%2Fat-the-desk%2F"' in text
    )


@pytest.mark.parametrize("name", ["story", "event", "material"])
def test_a_hidden_page_is_in_no_list(campaign: Campaign, client: Client, name: str) -> None:
    page = getattr(campaign, name)
    assert page.title in words(client, campaign.page.url)
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    for path in (campaign.page.url, page.get_parent().url):
        assert page.title not in html(client, path)
    assert client.get(page.url).status_code == 404


def test_text_in_another_language_is_marked(campaign: Campaign, tree: Tree, client: Client) -> None:
    campaign.story.copy_for_translation(locale("ar"), alias=True, copy_parents=True)
    text = main(client, campaign.story.url.replace("/en/", "/ar/"))
    assert '<div class="interview" lang="en" dir="ltr">' in text


@pytest.mark.parametrize("asked", ["0", "2", "x", "-1", "9" * 20, "%00", "١"])
def test_a_page_of_past_events_that_does_not_exist_is_a_404(campaign: Campaign, client: Client, asked: str) -> None:
    assert client.get(f"{campaign.events.url}?page={asked}").status_code == 404


@pytest.mark.parametrize("name", ["page", "stories", "story", "event", "materials", "material"])
def test_strange_questions_change_nothing(campaign: Campaign, client: Client, name: str) -> None:
    assert client.get(f"{getattr(campaign, name).url}?x=%00&page={'9' * 30}").status_code == 200


def more(campaign: Campaign, made: int) -> None:
    city, role = CityFactory(code=f"city-{made % 7}"), RoleFactory(code=f"role-{made % 5}")
    StoryPageFactory(parent=campaign.stories, title=f"Story {made}", city=city, role=role)
    EventPageFactory(parent=campaign.events, title=f"Event {made}")
    material = MaterialPageFactory(parent=campaign.materials, title=f"Material {made}")
    MaterialFileFactory(page=material, preview=ImageFactory())
    MaterialFileFactory(page=campaign.material, preview=ImageFactory())
    StoryIndexPageFactory(parent=campaign.page, title=f"More stories {made}")


def test_the_same_queries_for_1_3_and_30(campaign: Campaign, client: Client) -> None:
    french_alias(campaign.page)
    pages = [
        getattr(campaign, name) for name in ("page", "stories", "story", "events", "event", "materials", "material")
    ]
    paths = [one.url for page in pages for one in (page, Page.objects.get(alias_of=page.pk))]
    paths.append(f"{campaign.events.url}events.ics")
    costs: dict[int, dict[str, int]] = {}
    made = 1
    for wanted in (1, 3, 30):
        while made < wanted:
            made += 1
            more(campaign, made)
        french_alias(campaign.page)
        costs[wanted] = {path: queries(client, path) for path in paths}
    assert costs == dict.fromkeys((1, 3, 30), costs[1])


def test_players_get_what_they_ask_for_and_keep_nothing(campaign: Campaign, client: Client, published: Any) -> None:
    path = f"/media/files/{campaign.sound.sha256}.wav"
    whole = client.get(path)
    content = b"".join(whole.streaming_content)
    assert (whole.status_code, whole["Content-Type"], whole["Cache-Control"]) == (200, "audio/wav", "no-store")
    part = client.get(path, headers={"Range": "bytes=4-11"})
    assert (part.status_code, part["Content-Range"]) == (206, f"bytes 4-11/{len(content)}")
    assert b"".join(part.streaming_content) == content[4:12]
    assert client.get(path, headers={"Range": "bytes=999999-"}).status_code == 416
    assert client.get(path.replace(".wav", ".vtt")).status_code == 404
    captions = client.get(f"/media/files/{campaign.captions.sha256}.vtt")
    assert captions["Content-Type"] == "text/vtt; charset=utf-8"
    assert not whole.cookies


def test_what_no_public_page_holds_is_not_played(campaign: Campaign, client: Client, published: Any) -> None:
    campaign.story.consent_withdrawn = True
    campaign.story.save()
    assert client.get(f"/media/files/{campaign.sound.sha256}.wav").status_code == 404
