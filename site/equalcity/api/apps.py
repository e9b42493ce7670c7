"""App config of api."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "equalcity.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"
