"""The one Wagtail Site, kept equal to `SITE_URL`.

Stored documents hold absolute URLs, so the site's address is configuration; the row in the database follows it.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Page, Site


def site_address() -> tuple[str, int]:
    """Return host name and port of `SITE_URL`."""
    parts = urlsplit(settings.SITE_URL)
    return parts.hostname or "localhost", parts.port or (443 if parts.scheme == "https" else 80)


@transaction.atomic
def align_site(root_page: Page | None = None) -> Site | None:
    """Make exactly one Site that has the address of `SITE_URL`; return it, or None while there is no root page.

    `root_page` becomes the site's root when given; otherwise the present root stays.
    """
    hostname, port = site_address()
    site = Site.objects.filter(is_default_site=True).first() or Site.objects.first()
    root = root_page or (site.root_page if site else None)
    if root is None:
        return None
    site = site or Site()
    wanted = {
        "hostname": hostname,
        "port": port,
        "root_page_id": root.pk,
        "site_name": settings.INSTANCE_NAME,
        "is_default_site": True,
    }
    if site.pk is None or any(getattr(site, name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            setattr(site, name, value)
        site.save()
    Site.objects.exclude(pk=site.pk).delete()
    return site
