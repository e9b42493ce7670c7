"""A copy of the whole test database, put back in a millisecond."""

import sqlite3

from django.db import connection


class Snapshot:
    """The database as it was when this was made."""

    def __init__(self) -> None:
        connection.ensure_connection()
        self._copy = sqlite3.connect(":memory:", check_same_thread=False)
        connection.connection.backup(self._copy)

    def restore(self) -> None:
        connection.ensure_connection()
        assert not connection.in_atomic_block
        self._copy.backup(connection.connection)

    def close(self) -> None:
        self._copy.close()
