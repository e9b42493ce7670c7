"""Signal receivers of the core, connected in `AppConfig.ready` only."""

from typing import Any

from django.db.models.signals import post_migrate

from equalcity.core.sites import align_site


def connect() -> None:
    post_migrate.connect(align_site_after_migrate, dispatch_uid="core.align_site")


def align_site_after_migrate(sender: Any, **kwargs: Any) -> None:
    """A changed `SITE_URL` takes effect with the next deployment, which always migrates."""
    if sender.label == "wagtailcore":
        align_site()
