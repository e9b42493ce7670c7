"""App config of api."""

from django.apps import AppConfig
from django.conf import settings


class ApiConfig(AppConfig):
    name = "equalcity.api"
    label = "api"
    verbose_name = "API"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from equalcity.api import followers, throttle
        from equalcity.publication import outbox

        outbox.CHANNELS["partner"] = followers.CHANNEL
        throttle.networks(tuple(settings.TRUSTED_PROXIES))
