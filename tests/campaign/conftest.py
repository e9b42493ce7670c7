"""A campaign with one of everything."""

import json
from dataclasses import dataclass

import pytest
from wagtail.models import Page

from campaign.models import (
    CampaignPage,
    EventIndexPage,
    EventPage,
    MaterialIndexPage,
    MaterialPage,
    StoryIndexPage,
    StoryPage,
)
from equalcity.core.models import CustomDocument
from equalcity.publication.models import Dirty
from equalcity.publication.record import record
from tests.factories import (
    CampaignPageFactory,
    CaptionsFactory,
    EventIndexPageFactory,
    EventPageFactory,
    ImageFactory,
    MaterialFileFactory,
    MaterialIndexPageFactory,
    MaterialPageFactory,
    RoleFactory,
    SoundFactory,
    StoryIndexPageFactory,
    StoryPageFactory,
    Tree,
    make_tree,
)
from tests.factories.kept import Keep, Kept


@dataclass(frozen=True)
class Campaign:
    page: CampaignPage
    stories: StoryIndexPage
    story: StoryPage
    events: EventIndexPage
    event: EventPage
    materials: MaterialIndexPage
    material: MaterialPage
    sound: CustomDocument
    captions: CustomDocument


def recording(
    sound: CustomDocument, captions: CustomDocument, transcript: str = "<p>A low tone.</p>"
) -> dict[str, object]:
    return {
        "type": "recording",
        "value": {
            "title": "The story, read aloud",
            "file": sound.pk,
            "language": "en",
            "captions": [{"type": "item", "value": {"file": captions.pk, "language": "en"}, "id": "c1"}],
            "transcript": transcript,
        },
        "id": "5f0bd9a9-43a4-4d3d-9a39-5d6bc0a0c001",
    }


def make_campaign(tree: Tree) -> Campaign:
    page = CampaignPageFactory(
        parent=tree.home,
        show_in_menus=True,
        body=json.dumps(
            [
                {"type": "heading", "value": "Why"},
                {"type": "number", "value": {"number": "9", "text": "people tell how they work"}},
                {"type": "links", "value": [{"text": "About us", "page": tree.about.pk}]},
                {"type": "stories", "value": {"heading": "In the spotlight", "most": 12}},
                {"type": "events", "value": {"heading": "Come by", "most": 12}},
                {"type": "materials", "value": {"heading": "Print it", "most": 12}},
            ]
        ),
    )
    stories = StoryIndexPageFactory(parent=page)
    sound, captions = SoundFactory(), CaptionsFactory()
    answer = {"question": "What do you do first?", "answer": "<p>I offer a chair.</p>"}
    story = StoryPageFactory(
        parent=stories,
        city=tree.city,
        role=RoleFactory(code="social-worker", name="Social worker"),
        is_example=True,
        interview=json.dumps([{"type": "answer", "value": answer, "id": "5f0bd9a9-43a4-4d3d-9a39-5d6bc0a0c002"}]),
        recordings=json.dumps([recording(sound, captions)]),
    )
    events = EventIndexPageFactory(parent=page)
    event = EventPageFactory(parent=events)
    materials = MaterialIndexPageFactory(parent=page)
    material = MaterialPageFactory(parent=materials)
    MaterialFileFactory(page=material, language="fr", preview=ImageFactory())
    MaterialFileFactory(page=material, language="ar")
    return Campaign(page, stories, story, events, event, materials, material, sound, captions)


@pytest.fixture(scope="session")
def kept_both(keep: Keep) -> Kept[tuple[Tree, Campaign]]:
    def make() -> tuple[Tree, Campaign]:
        tree = make_tree()
        return tree, make_campaign(tree)

    return keep(make)


@pytest.fixture
def both(db: None, kept_both: Kept[tuple[Tree, Campaign]]) -> tuple[Tree, Campaign]:
    return kept_both.again()


@pytest.fixture
def tree(both: tuple[Tree, Campaign]) -> Tree:
    """The tree in which the campaign stands."""
    return both[0]


@pytest.fixture
def campaign(both: tuple[Tree, Campaign]) -> Campaign:
    return both[1]


@pytest.fixture
def published(campaign: Campaign) -> Campaign:
    """The same, and all of it recorded as publications."""
    record_everything()
    return campaign


def record_everything() -> None:
    """Record what the public may see of everything that is in the database."""
    for page in Page.objects.filter(depth__gt=1, live=True):
        Dirty.objects.create(kind="page", object_id=page.pk)
    record()
