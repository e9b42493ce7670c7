"""What many tests begin with: made once in each process, then written again row by row.

Making the small tree is half a second of work, and recording it another; its rows are written in milliseconds.
"""

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from django.apps import apps
from django.db import connection, models, transaction

Made = TypeVar("Made")
Row = tuple[Any, ...]
Table = type[models.Model]


@dataclass(frozen=True)
class Kept(Generic[Made]):
    """What a function returned, and the rows that it wrote, changed and removed."""

    pickled: bytes
    written: dict[Table, list[Row]]
    removed: dict[Table, list[Any]]

    @classmethod
    def of(cls, make: Callable[[], Made]) -> "Kept[Made]":
        """Make it in the open transaction and keep it."""
        before = everything()
        made = make()
        after = everything()
        return cls(
            pickle.dumps(made),
            {table: [row for pk, row in rows.items() if before[table].get(pk) != row] for table, rows in after.items()},
            {table: [pk for pk, row in rows.items() if after[table].get(pk) != row] for table, rows in before.items()},
        )

    def again(self) -> Made:
        """Write the rows, whatever had their keys before, and return what was made anew, shared with nobody."""
        with transaction.atomic():
            for table, rows in self.written.items():
                _remove(table, {*self.removed[table], *(_key(table, row) for row in rows)})
            for table, rows in self.written.items():
                _write(table, rows)
        made: Made = pickle.loads(self.pickled)
        return made


class Keep(Protocol):
    """What the fixture `keep` gives: it has something made in the empty database, which is empty again afterwards."""

    def __call__(self, make: Callable[[], Made]) -> Kept[Made]: ...


def everything() -> dict[Table, dict[Any, Row]]:
    """Return all rows of all tables, by their keys."""
    return {table: {_key(table, row): row for row in _rows(table)} for table in _tables()}


def _tables() -> list[Table]:
    return [
        one
        for one in apps.get_models(include_auto_created=True)
        # SQLite's own triggers fill the tables of its full-text search.
        if one._meta.managed and not (one._meta.proxy or one._meta.swapped or one._meta.db_table.endswith("_fts"))
    ]


def _rows(table: Table) -> list[Row]:
    """Return all rows as they lie in the database: neither driver makes something of its own of a bare expression."""
    bare = "{}::text" if connection.vendor == "postgresql" else "+{}"
    columns = ", ".join(bare.format(column) for column in _columns(table))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {_quoted(table._meta.db_table)}")
        return cursor.fetchall()


def _remove(table: Table, keys: set[Any]) -> None:
    if keys:
        column = _quoted(str(table._meta.pk.column))
        places = ", ".join(["%s"] * len(keys))
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {_quoted(table._meta.db_table)} WHERE {column} IN ({places})", list(keys))


def _write(table: Table, rows: list[Row]) -> None:
    if rows:
        columns = _columns(table)
        places = ", ".join([f"({', '.join(['%s'] * len(columns))})"] * len(rows))
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {_quoted(table._meta.db_table)} ({', '.join(columns)}) VALUES {places}",
                [value for row in rows for value in row],
            )


def _key(table: Table, row: Row) -> Any:
    return row[table._meta.local_concrete_fields.index(table._meta.pk)]


def _columns(table: Table) -> list[str]:
    """Return the columns that are written: what the database makes of them by itself is not among them."""
    return [_quoted(field.column) for field in table._meta.local_concrete_fields]


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
