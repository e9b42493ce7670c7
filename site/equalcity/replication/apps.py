"""App config of replication."""

from django.apps import AppConfig


class ReplicationConfig(AppConfig):
    name = "equalcity.replication"
    label = "replication"
    default_auto_field = "django.db.models.BigAutoField"
