"""Signal receivers of the core, connected in `AppConfig.ready` only."""

from typing import Any

from django.db.models.signals import post_migrate
from wagtail.models import Page, Site

from equalcity.core.sites import align_site


def connect() -> None:
    post_migrate.connect(align_site_after_migrate, dispatch_uid="core.align_site")


def align_site_after_migrate(sender: Any, **kwargs: Any) -> None:
    """A changed `SITE_URL` takes effect with the next deployment, which always migrates.

    Not before `init_site`: until then the site shows Wagtail's welcome page, which is nothing to publish.
    """
    if sender.label != "wagtailcore":
        return
    site = Site.objects.first()
    if site is not None and site.root_page.specific_class is not Page:
        align_site()
