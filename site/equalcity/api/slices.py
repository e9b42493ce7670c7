"""Some rows of a list, and how many there are in all.

Lists of pages are asked for in a handful of forms with ever other values; the SQL of each form is built once
(`core/statements.py` says why).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, QuerySet, Window
from django.db.models.expressions import RawSQL

from equalcity.core.statements import Given, Sql, bound, without_clock
from equalcity.publication.models import Publication
from equalcity.publication.predicate import listed_pages

# How many forms of lists are remembered; whoever asks for others has them built.
FORMS = 256


@dataclass(frozen=True)
class Slice:
    """Some rows of a list, and how many there are in all."""

    rows: list[Any]
    total: int


@dataclass(frozen=True)
class Condition:
    """A condition on publications: `narrow` takes them, what is `fixed` in its SQL, then the values.

    It may decide by what is fixed and by the number of values, but not by the values: in their place may stand `Given`.
    """

    narrow: "Callable[..., QuerySet[Publication]]"
    values: tuple[Any, ...] = ()
    fixed: tuple[str, ...] = ()


Form = tuple[tuple[tuple["Callable[..., QuerySet[Publication]]", tuple[str, ...], int], ...], tuple[str, ...]]


@dataclass(frozen=True)
class PageListing:
    """Of the pages that the public can see at a time, those that several conditions leave, in an order."""

    now: datetime
    conditions: tuple[Condition, ...]
    order: tuple[str, ...]

    @property
    def form(self) -> Form:
        """Everything but the values."""
        return tuple((one.narrow, one.fixed, len(one.values)) for one in self.conditions), self.order

    @property
    def values(self) -> list[Any]:
        return [self.now, *(value for one in self.conditions for value in one.values)]

    def rows(self) -> "QuerySet[Publication]":
        """Return a queryset to narrow further."""
        return _rows(self.form, self.values)

    def slice(self, offset: int, limit: int) -> Slice:
        """Read the ids of some of the pages and the number of all, in one query unless the slice is empty."""
        try:
            sql, places = _built(self.form, connection.vendor)
        except EmptyResultSet:
            return Slice([], 0)
        found = _read(sql, bound(places, dict(enumerate(self.values))), offset, limit)
        return found or Slice([], self.rows().count())


def slice_of(rows: "QuerySet[Any]", offset: int, limit: int) -> Slice:
    """Read some rows and the number of all, in one query unless the slice is empty."""
    found = list(rows.annotate(total=Window(Count("*")))[offset : offset + limit])
    return Slice(found, found[0].total if found else rows.count())


def slice_of_pages(rows: "QuerySet[Publication]", offset: int, limit: int) -> Slice:
    """Read the ids of some pages and the number of all, likewise."""
    try:
        sql, parameters = _with_total(rows)
    except EmptyResultSet:
        return Slice([], 0)
    return _read(sql, parameters, offset, limit) or Slice([], rows.count())


def _rows(form: Form, values: list[Any]) -> "QuerySet[Publication]":
    conditions, order = form
    left = iter(values)
    rows = listed_pages(next(left))
    for narrow, fixed, number in conditions:
        rows = narrow(rows, *fixed, *(next(left) for _value in range(number)))
    return rows.order_by(*order)


@lru_cache(FORMS)
def _built(form: Form, vendor: str) -> Sql:
    """Return the SQL of a form for a kind of database, with places for its values. Raises `EmptyResultSet`."""
    number = 1 + sum(values for _narrow, _fixed, values in form[0])
    rows = _rows(form, [Given(place) for place in range(number)])
    return without_clock(_with_total(rows), _with_total(rows))


def forget() -> None:
    """Build everything anew."""
    _built.cache_clear()


def _with_total(rows: "QuerySet[Publication]") -> Sql:
    """Return SQL and parameters of the ids, each with the number of all. Raises `EmptyResultSet`.

    Counted apart, the database keeps no copy of them all.
    """
    every, given = rows.order_by().values_list("object_id").query.sql_with_params()
    total = RawSQL(f"SELECT COUNT(*) FROM ({every}) counted", given)  # noqa: S608, S611
    return rows.annotate(total=total).values_list("object_id", "total").query.sql_with_params()


def _read(sql: str, parameters: tuple[Any, ...], offset: int, limit: int) -> Slice | None:
    """Read a slice; None when nothing is in it.

    With limits as parameters, which Django writes as numbers, the database prepares one statement for all slices.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} LIMIT %s OFFSET %s", (*parameters, limit, offset))
        found = cursor.fetchall()
    return Slice([pk for pk, _total in found], found[0][1]) if found else None
