"""What was taken back leaves the database's index in the same transaction, and that of a search server soon after."""

from collections.abc import Collection
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from equalcity.publication.models import Outgoing
from equalcity.publication.outbox import Channel
from search.backends import database_engine, engines
from search.indexer import update, write_again
from search.models import IndexCursor

FULL_TEXT = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%%fts5%%'"


def on_scrubbed(sender: Any, publications: Collection[int], **kwargs: Any) -> None:
    """Write the entries anew from the documents as they are now (safety rule 3)."""
    write_again(publications)
    if connection.vendor == "sqlite":
        _merge_full_text()


def _merge_full_text() -> None:
    """FTS5 keeps deleted words in its segments until these are merged: Wagtail's index and ours."""
    with connection.cursor() as cursor:
        cursor.execute(FULL_TEXT)
        for (name,) in cursor.fetchall():
            table = connection.ops.quote_name(name)
            cursor.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")  # noqa: S608 - a name of the schema


def _servers() -> list[str]:
    own = database_engine().name
    return [engine.name for engine in engines() if engine.name != own]


def _has_forgotten(row: Outgoing) -> bool:
    """Whether the server's index has read the feed past it; raises `EngineDown`."""
    engine = next((engine for engine in engines() if engine.name == row.name), None)
    if engine is None:
        return True  # the server is no longer part of this instance
    update(engine=engine)
    return IndexCursor.objects.filter(engine=row.name, seq__gte=row.seq).exists()


CHANNEL = Channel(_("Search server"), _servers, _has_forgotten)
