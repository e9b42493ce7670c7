"""A system check: nothing of a place is stored that must not be (run with `check --database default`)."""

from typing import Any

from django.core.checks import CheckMessage, Error, Tags
from django.core.checks import register as register_check
from django.db import connection

HINT = "Run `manage.py hunt_places`; then lower the precision of the place once more in the CMS."


def register() -> None:
    register_check(secret_places_are_secret, Tags.database)


def secret_places_are_secret(databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """The database refuses addresses of such places by itself; this looks for what stands in texts and drafts."""
    from safespace_map.hunting import hunt
    from safespace_map.models import SafeSpacePage

    if not databases or SafeSpacePage._meta.db_table not in connection.introspection.table_names():
        return []
    found = list(hunt())
    if not found:
        return []
    said = f"{len(found)} texts tell where a place is that must not be known. The first: {found[0]}."
    return [Error(said, hint=HINT, id="safespace_map.E001")]
