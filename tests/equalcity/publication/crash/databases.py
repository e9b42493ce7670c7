"""Databases that can be copied, so that every kill begins from the same state."""

import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.db import connections

from tests.prepared import DATABASE, migrated, migrated_database

LOG = "-wal"


class SqliteFiles:
    """Each database is a file; a copy is a copy of the file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made: set[str] = set()

    def name(self, label: str) -> str:
        """Return what Django calls the database `label`."""
        return str(self.folder / f"{label}.sqlite3")

    def create(self, label: str) -> None:
        self.drop(label)
        self.made.add(label)

    def migrate(self, label: str) -> None:
        """Make `label` a database with all tables and nothing in them."""
        self.create(label)
        shutil.copyfile(migrated() / DATABASE, self.name(label))

    def copy(self, source: str, label: str) -> None:
        """Make `label` a copy of `source`, which nobody has open."""
        self.create(label)
        shutil.copyfile(self.name(source), self.name(label))

    def picture(self, source: str, label: str) -> None:
        """Make `label` what would be left of `source` if all who have it open were killed now."""
        self.create(label)
        shutil.copyfile(self.name(source), self.name(label))
        log = Path(self.name(source) + LOG)
        if log.exists():
            shutil.copyfile(log, self.name(label) + LOG)

    def drop(self, label: str) -> None:
        for ending in ("", LOG, "-shm"):
            Path(self.name(label) + ending).unlink(missing_ok=True)
        self.made.discard(label)


class PostgresDatabases:
    """Each database is one of the server's; a copy is made from a template."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.prefix = f"crash_{os.getpid()}_"
        self.made: set[str] = set()

    def name(self, label: str) -> str:
        return self.prefix + label

    def create(self, label: str, template: str = "template1") -> None:
        self.drop(label)
        self._tell(f'CREATE DATABASE "{self.name(label)}" TEMPLATE "{template}"')
        self.made.add(label)

    def migrate(self, label: str) -> None:
        self.create(label, migrated_database(self.url))

    def copy(self, source: str, label: str) -> None:
        self.create(label, self.name(source))

    def drop(self, label: str) -> None:
        # FORCE: the server may not have noticed yet that its client was killed.
        self._tell(f'DROP DATABASE IF EXISTS "{self.name(label)}" WITH (FORCE)')
        self.made.discard(label)

    def _tell(self, statement: str) -> None:
        import psycopg

        maintenance = urlunsplit(urlsplit(self.url)._replace(path="/postgres"))
        with psycopg.connect(maintenance, autocommit=True) as connection:
            connection.execute(statement)


Databases = SqliteFiles | PostgresDatabases


def databases(folder: Path) -> Databases:
    """Return the kind of database that Django is set up for."""
    if connections["default"].vendor == "postgresql":
        return PostgresDatabases(os.environ["DATABASE_URL"])
    return SqliteFiles(folder)
