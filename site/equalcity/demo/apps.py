"""App config of demo."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "equalcity.demo"
    label = "demo"
    default_auto_field = "django.db.models.BigAutoField"
