"""App config of translation."""

from django.apps import AppConfig


class TranslationConfig(AppConfig):
    name = "equalcity.translation"
    label = "translation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from equalcity.translation import receivers

        receivers.connect()
