"""The campaign's pages: `StoryPageFactory(parent=stories, title="At the desk")`."""

import datetime
import io
import wave

import factory
from factory import LazyFunction, SubFactory
from factory.django import DjangoModelFactory

from campaign.models import (
    CampaignPage,
    EventIndexPage,
    EventPage,
    MaterialFile,
    MaterialIndexPage,
    MaterialPage,
    StoryIndexPage,
    StoryPage,
)
from tests.factories.media import DocumentFactory
from tests.factories.pages import BasePageFactory
from tests.factories.terms import CityFactory, RoleFactory


def sound(seconds: float = 0.1, rate: int = 8000) -> bytes:
    """Return a WAV file of silence."""
    out = io.BytesIO()
    with wave.open(out, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(1)
        made.setframerate(rate)
        made.writeframes(b"\x80" * int(seconds * rate))
    return out.getvalue()


class SoundFactory(DocumentFactory):
    """A recording; each is a little longer than the one before."""

    title = factory.Sequence(lambda number: f"Sound {number}")
    file = factory.django.FileField(
        filename="sound.wav", data=factory.Sequence(lambda number: sound(0.1 + number / 1000))
    )


class CaptionsFactory(DocumentFactory):
    title = factory.Sequence(lambda number: f"Captions {number}")
    file = factory.django.FileField(
        filename="captions.vtt",
        data=factory.Sequence(lambda number: f"WEBVTT\n\n00:00.000 --> 00:01.000\nSilence {number}\n".encode()),
    )


class CampaignPageFactory(BasePageFactory):
    class Meta:
        model = CampaignPage

    title = "A place for you"
    hero_title = "There is a place for you."
    hero_lead = "You decide what happens next."


class StoryIndexPageFactory(BasePageFactory):
    class Meta:
        model = StoryIndexPage

    title = "In the spotlight"
    introduction = "Frontline workers answer."


class StoryPageFactory(BasePageFactory):
    class Meta:
        model = StoryPage

    title = "At the desk"
    city = SubFactory(CityFactory)
    role = SubFactory(RoleFactory)


class EventIndexPageFactory(BasePageFactory):
    class Meta:
        model = EventIndexPage

    title = "Events"


class EventPageFactory(BasePageFactory):
    """An afternoon in Brussels, far ahead."""

    class Meta:
        model = EventPage

    title = "An open afternoon"
    starts_on = datetime.date(2037, 6, 3)
    starts_at = datetime.time(14, 0)
    ends_on = datetime.date(2037, 6, 3)
    ends_at = datetime.time(17, 30)
    time_zone = "Europe/Brussels"
    place = "Library, Example City A"
    languages = "fr, nl"
    accessibility = "No steps."


class MaterialIndexPageFactory(BasePageFactory):
    class Meta:
        model = MaterialIndexPage

    title = "Materials"


class MaterialPageFactory(BasePageFactory):
    class Meta:
        model = MaterialPage

    title = "Poster of doors"
    use = "Hang it where everybody passes."


class MaterialFileFactory(DjangoModelFactory):
    class Meta:
        model = MaterialFile

    document = LazyFunction(DocumentFactory)
    language = "en"
    size = "a3"
