"""App config of publication."""

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    name = "equalcity.publication"
    label = "publication"
    default_auto_field = "django.db.models.BigAutoField"
