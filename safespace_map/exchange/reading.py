"""A file from outside -> entries: text by column, with the row that each stood in. The database is not asked."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson
from django.utils.translation import gettext as _

from safespace_map.exchange import from_hsds
from safespace_map.exchange.cells import unguard
from safespace_map.exchange.table import COLUMNS

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 20_000
MOST_IN_A_CELL = 10_000
SEPARATORS = ",;\t"
NEEDED = ("title", "city")


class Unreadable(ValueError):
    """The file cannot be read at all; the message says why and what would be right."""


@dataclass(frozen=True)
class Entry:
    """One place as a file tells of it. `row` is that of a table, whose head is the first, or the number in a list."""

    row: int
    cells: dict[str, str]


def read(content: bytes) -> list[Entry]:
    """Read a table (CSV) or services of HSDS (JSON). Raises `Unreadable`."""
    if len(content) > MOST_BYTES:
        raise Unreadable(_("The file is larger than %(most)s MB.") % {"most": MOST_BYTES // 1024**2})
    text = _decoded(content)
    if not text.strip():
        raise Unreadable(_("The file is empty."))
    entries = list(_from_json(text) if text.lstrip()[0] in "[{" else _from_table(text))
    if not entries:
        raise Unreadable(_("The file holds no place."))
    return entries


def _decoded(content: bytes) -> str:
    """Read UTF-8 or, where its first bytes say so, UTF-16, which spreadsheets write as “Unicode text”."""
    encoding = "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(
            _("The file is not UTF-8 (byte %(position)s). Save it again with this encoding.")
            % {"position": error.start + 1}
        ) from error
    if "\0" in text:
        raise Unreadable(_("The file holds null characters: it is no text."))
    return text


# Tables ----------------------------------------------------------------------------------------------------------


def _from_table(text: str) -> Iterator[Entry]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    try:
        columns = _columns(next(reader))
        for number, cells in enumerate(reader, start=2):
            if number > MOST_ROWS + 1:
                raise Unreadable(_("The file has more than %(most)s rows.") % {"most": MOST_ROWS})
            if not any(cell.strip() for cell in cells):
                continue
            yield Entry(number, _cells(columns, cells))
    except csv.Error as error:
        raise Unreadable(
            _("The table breaks off near line %(line)s: a quotation mark is not closed, or a cell is too long.")
            % {"line": reader.line_num}
        ) from error


def _separator(text: str) -> str:
    """Return what stands between the cells: that by which most names of columns are found in the first line."""
    head = text.split("\n", 1)[0]

    def known(separator: str) -> int:
        return sum(_name(cell) in COLUMNS for cell in head.split(separator))

    return max(SEPARATORS, key=known)


def _name(cell: str) -> str:
    return cell.strip().strip('"').strip().lower().replace(" ", "_")


def _columns(head: list[str]) -> list[str]:
    columns = [_name(cell) for cell in head]
    if missing := [name for name in NEEDED if name not in columns]:
        raise Unreadable(
            _("The first line must name the columns; these are missing: %(columns)s.") % {"columns": ", ".join(missing)}
        )
    if twice := sorted({name for name in columns if name and columns.count(name) > 1}):
        raise Unreadable(_("These columns stand in the table twice: %(columns)s.") % {"columns": ", ".join(twice)})
    if unknown := [name for name in columns if name and name not in COLUMNS]:
        raise Unreadable(
            _("There are no such columns: %(columns)s. Those that are: %(known)s.")
            % {"columns": ", ".join(unknown)[:200], "known": ", ".join(COLUMNS)}
        )
    return columns


def _cells(columns: list[str], cells: list[str]) -> dict[str, str]:
    named = dict(zip(columns, cells, strict=False))
    found = {name: unguard(cell.replace("\r\n", "\n")).strip() for name, cell in named.items() if name}
    if any(cell.strip() for cell in cells[len(columns) :]):
        found[""] = _("This row has more cells than the first line has names.")
    return found


# HSDS ------------------------------------------------------------------------------------------------------------


def _from_json(text: str) -> Iterator[Entry]:
    try:
        said: Any = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Unreadable(_("The file is no JSON: %(error)s.") % {"error": error}) from error
    services = said.get("contents", [said]) if isinstance(said, dict) else said
    if not isinstance(services, list) or not all(isinstance(one, dict) for one in services):
        raise Unreadable(_("The file holds no services of HSDS 3.0."))
    if len(services) > MOST_ROWS:
        raise Unreadable(_("The file has more than %(most)s rows.") % {"most": MOST_ROWS})
    try:
        for number, cells in from_hsds.places(services):
            yield Entry(number, cells)
    except from_hsds.NotHsds as error:
        raise Unreadable(
            _("Service %(number)s is not as HSDS 3.0 wants it: %(reason)s.")
            % {"number": error.number, "reason": error.reason}
        ) from error
