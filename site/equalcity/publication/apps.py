"""App config of publication."""

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    name = "equalcity.publication"
    label = "publication"
    verbose_name = "Publications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.db.models.signals import pre_save
        from wagtail.models import PageLogEntry

        from equalcity.publication import cached, deleted, guards, journal, marks, outbox, recall

        marks.connect()
        guards.connect()
        pre_save.connect(deleted.name_deletion, sender=PageLogEntry, dispatch_uid="publication.name_deletion")
        outbox.CHANNELS["cache"] = cached.CHANNEL
        journal.ACTS[recall.ACT] = recall.carry_out
