"""App config of the safe-space map."""

from django.apps import AppConfig


class SafeSpaceMapConfig(AppConfig):
    name = "safespace_map"
