"""App config of home."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
