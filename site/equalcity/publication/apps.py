"""App config of publication."""

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    name = "equalcity.publication"
    label = "publication"
    verbose_name = "Publications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from equalcity.publication import cached, guards, journal, marks, outbox, recall

        marks.connect()
        guards.connect()
        outbox.CHANNELS["cache"] = cached.CHANNEL
        journal.ACTS[recall.ACT] = recall.carry_out
