"""App config of api."""

from django.apps import AppConfig
from django.conf import settings


class ApiConfig(AppConfig):
    name = "equalcity.api"
    label = "api"
    verbose_name = "API"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from equalcity.api import throttle

        throttle.networks(tuple(settings.TRUSTED_PROXIES))
