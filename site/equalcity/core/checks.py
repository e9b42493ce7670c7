"""Conventions as system checks, each with an id and a hint."""

from typing import Any

from django.core.checks import CheckMessage, Tags, Warning
from django.core.checks import register as register_check
from django.db import connection

from equalcity.core import pdf
from equalcity.core.sites import site_address


def register() -> None:
    register_check(one_site_equal_to_address, Tags.database)
    # Importing WeasyPrint takes half a second: not for every command.
    register_check(pdfs_can_be_made, deploy=True)


def one_site_equal_to_address(databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Exactly one Wagtail Site, at the address of `SITE_URL` (run with `check --database default`).

    A warning, not an error: `migrate`, which puts it right, must not be stopped by it.
    """
    from wagtail.models import Site

    if not databases or Site._meta.db_table not in connection.introspection.table_names():
        return []
    sites = list(Site.objects.values_list("hostname", "port"))
    if not sites or sites == [site_address()]:
        return []
    return [
        Warning(
            "There must be exactly one site, at the address that SITE_URL names.",
            hint="Run `manage.py migrate`, which puts it right, and do not add sites by hand.",
            id="core.W001",
        )
    ]


def pdfs_can_be_made(**kwargs: Any) -> list[CheckMessage]:
    """Say so when the system lacks Pango: everything else works."""
    if pdf.available():
        return []
    return [
        Warning(
            "PDFs are off: Pango is not installed.",
            hint="On Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core",
            id="core.W002",
        )
    ]
