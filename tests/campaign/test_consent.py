"""A story is public for as long as its consent holds, in every language, everywhere at once."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from campaign.models import StoryPage
from equalcity.publication.predicate import is_public
from tests.campaign.conftest import Campaign
from tests.factories import locale

DAY = datetime.timedelta(days=1)


def midnight(year: int, month: int, day: int) -> datetime.datetime:
    return datetime.datetime(year, month, day, tzinfo=timezone.get_current_timezone())


def french_of(campaign: Campaign) -> StoryPage:
    french = campaign.story.copy_for_translation(locale("fr"), copy_parents=True)
    french.title = "Au guichet"
    french.save_revision().publish()
    return StoryPage.objects.get(pk=french.pk)


@pytest.mark.parametrize(("days", "shown"), [(None, True), (0, True), (1, True), (-1, False)])
def test_the_last_day_is_the_last(campaign: Campaign, client: Client, days: int | None, shown: bool) -> None:
    campaign.story.consent_until = None if days is None else timezone.localdate() + days * DAY
    campaign.story.save()
    assert client.get(campaign.story.url).status_code == (200 if shown else 404)
    assert (campaign.story.title in client.get(campaign.stories.url).content.decode()) is shown
    assert (campaign.story.title in client.get(campaign.page.url).content.decode()) is shown


def test_the_end_is_midnight_of_that_day(campaign: Campaign) -> None:
    campaign.story.consent_until = datetime.date(2027, 3, 27)
    campaign.story.save()
    assert campaign.story.expire_at == midnight(2027, 3, 28)
    # The clocks change that night; the day after begins later in the year all the same.
    campaign.story.consent_until = datetime.date(2027, 3, 28)
    campaign.story.save()
    assert campaign.story.expire_at == midnight(2027, 3, 29)


def test_a_withdrawal_reaches_every_language_and_alias_at_once(campaign: Campaign, client: Client) -> None:
    french = french_of(campaign)
    arabic = campaign.story.copy_for_translation(locale("ar"), copy_parents=True, alias=True)
    assert [is_public(page) for page in (campaign.story, french, arabic)] == [True] * 3
    story = StoryPage.objects.get(pk=campaign.story.pk)
    story.consent_withdrawn = True
    story.save_revision().publish()
    assert [is_public(page) for page in (campaign.story, french, arabic)] == [False] * 3
    assert client.get(french.url).status_code == 404


def test_a_translation_published_later_brings_no_old_consent_back(campaign: Campaign) -> None:
    french = french_of(campaign)
    draft = french.save_revision()
    story = StoryPage.objects.get(pk=campaign.story.pk)
    story.consent_until = timezone.localdate() - DAY
    story.save_revision().publish()
    draft.publish()
    french.refresh_from_db()
    assert french.consent_until == story.consent_until
    assert not is_public(french)


def test_a_renewed_consent_brings_the_story_back_everywhere(campaign: Campaign) -> None:
    french = french_of(campaign)
    story = StoryPage.objects.get(pk=campaign.story.pk)
    for withdrawn in (True, False):
        story.consent_withdrawn = withdrawn
        story.save_revision().publish()
    assert is_public(story)
    assert is_public(french)


def test_feed_and_api_lose_the_story_in_the_same_moment(campaign: Campaign, client: Client, published: Any) -> None:
    feed, api = "/en/feed.atom", f"/api/v2/pages/{campaign.story.pk}/"
    assert campaign.story.title in client.get(feed).content.decode()
    assert client.get(api).status_code == 200
    StoryPage.objects.get(pk=campaign.story.pk).save()
    story = StoryPage.objects.get(pk=campaign.story.pk)
    story.consent_withdrawn = True
    story.save()
    assert campaign.story.title not in client.get(feed).content.decode()
    assert client.get(api).status_code == 404


def test_a_date_of_consent_is_for_staff_and_partners_only(campaign: Campaign, client: Client, published: Any) -> None:
    answer = client.get(f"/api/v2/pages/{campaign.story.pk}/").json()
    assert not {name for name in answer if "consent" in name}
