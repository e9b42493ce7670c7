"""Files as keepers of copies: city packs that were made before, and the database's own file."""

import shutil
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.translation import gettext_lazy as _

from equalcity.publication.models import Outgoing
from equalcity.publication.outbox import Channel


def packs() -> Path:
    """Return the folder of the city packs that are kept."""
    home: Path = settings.EQUALCITY_HOME
    return home / "city-packs"


def remove_packs(row: Outgoing) -> bool:
    """Remove every pack; the next request or command makes it anew from what is published."""
    if packs().exists():
        shutil.rmtree(packs())
    return True


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


PACKS = Channel(_("City packs"), lambda: [""], remove_packs)
DISK = Channel(_("File of the database"), databases, write_back)
