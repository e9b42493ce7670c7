"""Queries that are asked again and again, with their SQL built once.

Django builds the SQL of a query anew whenever it is asked: half a millisecond, for what SQLite answers in a twentieth
of that. Recording a page asks thirty queries, an answer of the API three, always the same ones with other values:

    @statement
    def marks_of(kind, object_id):
        return Dirty.objects.filter(kind=kind, object_id=object_id).order_by("id")

    marks_of("page", 7)  # a list

How rows become objects is left to Django. What of its inside is relied on stands in `Built.rows`;
`tests/equalcity/core/test_statements.py` asks each kind of query in both ways.
"""

import datetime
import json
import uuid
from collections.abc import Callable, Hashable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import wraps
from inspect import signature
from typing import Any, ParamSpec, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Expression, QuerySet

Parameters = ParamSpec("Parameters")
Row = TypeVar("Row")
Sql = tuple[str, tuple[Any, ...]]

# What was built, by function and kind of database.
BUILT: "dict[tuple[Callable[..., Any], str], Built]" = {}


class Given(Expression):
    """The place of a value in a statement: where a queryset takes a value to compare with, it takes this."""

    def __init__(self, name: Hashable) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return "%s", [self]


@dataclass(frozen=True)
class Built:
    """A queryset, what Django's compiler knows of its columns, and its SQL."""

    queryset: Any
    compiler: Any
    sql: str
    parameters: tuple[Any, ...]

    @classmethod
    def of(cls, queryset: "QuerySet[Any, Any]") -> "Built":
        """Build the SQL. Raises `TypeError` for what cannot be asked again: it holds the time of its building."""
        compiler = queryset.query.get_compiler(connection.alias)
        again = queryset.query.get_compiler(connection.alias)
        sql, parameters = without_clock(compiler.as_sql(), again.as_sql())
        compiler.connection = None
        return cls(queryset, compiler, sql, tuple(parameters))

    def rows(self, values: Mapping[Any, Any]) -> list[Any]:
        """Ask with these values."""
        parameters = bound(self.parameters, values)
        compiler = copy(self.compiler)
        # That of this thread.
        compiler.connection = connections[DEFAULT_DB_ALIAS]
        compiler.as_sql = lambda *args, **kwargs: (self.sql, parameters)
        query = copy(self.queryset.query)
        query.get_compiler = lambda *args, **kwargs: compiler
        asked: Any = type(self.queryset)(self.queryset.model, query)
        asked._fields = self.queryset._fields
        return list(self.queryset._iterable_class(asked, chunked_fetch=False))


def without_clock(built: Sql, built_again: Sql) -> Sql:
    """Return SQL and parameters to be kept. Raises `TypeError` where they hold the time of their building."""
    if built != built_again:
        raise TypeError("A statement reads the clock when it is built: let it take the time as a parameter.")
    return built


def bound(parameters: Sequence[Any], values: Mapping[Any, Any]) -> tuple[Any, ...]:
    """Return parameters with the values in their places."""
    return tuple(stored(values[one.name]) if isinstance(one, Given) else one for one in parameters)


def stored(value: Any) -> Any:
    """Return a value as this database's driver takes it. Raises `TypeError` for None, which equals nothing in SQL."""
    match value:
        case None:
            raise TypeError("Nothing can be found by comparing with None.")
        case list() | tuple() | set() | frozenset():
            several = [stored(one) for one in value]
            return several if connection.vendor == "postgresql" else json.dumps(several)
        case uuid.UUID():
            return value if connection.features.has_native_uuid_field else value.hex
        case datetime.datetime():
            return connection.ops.adapt_datetimefield_value(value)
        case _:
            return value


def statement(make: "Callable[Parameters, QuerySet[Any, Row]]") -> Callable[Parameters, list[Row]]:
    """Let a function that returns a queryset return its rows, its SQL built when it is first called.

    The function is called once, with a place for each of its parameters; so they may only be compared with, not
    decided by. Several values at once are for `among`. Time is a parameter, too.
    """
    names = tuple(signature(make).parameters)

    @wraps(make)
    def ask(*args: Parameters.args, **kwargs: Parameters.kwargs) -> list[Row]:
        built = BUILT.get((make, connection.vendor))
        if built is None:
            asked: Any = make
            built = BUILT[make, connection.vendor] = Built.of(asked(*map(Given, names)))
        return built.rows({**dict(zip(names, args, strict=False)), **kwargs})

    return ask
