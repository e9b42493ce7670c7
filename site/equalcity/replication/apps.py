"""App config of replication."""

from django.apps import AppConfig


class ReplicationConfig(AppConfig):
    name = "equalcity.replication"
    label = "replication"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from equalcity.publication.signals import scrubbed
        from equalcity.replication.forgetting import on_scrubbed

        scrubbed.connect(on_scrubbed, dispatch_uid="replication.on_scrubbed")
