"""App config of the campaign."""

from django.apps import AppConfig


class CampaignConfig(AppConfig):
    name = "campaign"
