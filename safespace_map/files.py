"""Files as keepers of copies: the database's own. City packs are made anew for each download and kept nowhere."""

from django.db import DatabaseError, connection
from django.utils.translation import gettext_lazy as _

from equalcity.publication.models import Outgoing
from equalcity.publication.outbox import Channel


def databases() -> list[str]:
    """SQLite keeps the old pages in its log until it is written back; PostgreSQL is the operator's (docs)."""
    return ["sqlite"] if connection.vendor == "sqlite" else []


def write_back(row: Outgoing) -> bool:
    """Write the log into the database's file, where what was deleted is overwritten, and cut it to nothing."""
    try:
        with connection.cursor() as cursor:
            busy, _pages, _moved = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except DatabaseError:
        return False  # somebody reads or writes: the next round tries again
    return not busy


DISK = Channel(_("File of the database"), databases, write_back)
