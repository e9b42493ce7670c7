"""Page types of the campaign, by subject."""

from campaign.models.campaign import CampaignPage
from campaign.models.event import EventIndexPage, EventPage
from campaign.models.material import MaterialFile, MaterialIndexPage, MaterialPage
from campaign.models.story import StoryIndexPage, StoryPage

__all__ = [
    "CampaignPage",
    "EventIndexPage",
    "EventPage",
    "MaterialFile",
    "MaterialIndexPage",
    "MaterialPage",
    "StoryIndexPage",
    "StoryPage",
]
