"""Parts of a file, as players and interrupted downloads ask for them (RFC 9110, 14)."""

import re
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest

CHUNK = 64 * 1024
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


class OutsideFile(ValueError):
    """The part that was asked for lies outside the file."""


def asked_range(request: HttpRequest, etag: str, size: int) -> tuple[int, int] | None:
    """Return the first and last byte that `Range` asks for, None for the whole file (RFC 9110, 14.2).

    A range of another unit, several ranges, or one for other bytes than these (`If-Range`) are passed over. Raises
    `OutsideFile`.
    """
    found = RANGE.fullmatch(request.headers.get("Range", ""))
    if found is None or found.groups() == ("", "") or request.headers.get("If-Range", etag) != etag:
        return None
    first, last = found.groups()
    if not first:
        start, end = max(0, size - int(last)), size - 1
    else:
        start, end = int(first), min(int(last), size - 1) if last else size - 1
        if last and int(last) < int(first):
            return None
    if start >= size or start > end:
        raise OutsideFile
    return start, end


def read(file: Any, start: int, length: int) -> Iterator[bytes]:
    """Yield `length` bytes of a stored file (`FieldFile`) from `start`, a piece at a time."""
    with file.open("rb") as opened:
        opened.seek(start)
        while length > 0 and (piece := opened.read(min(CHUNK, length))):
            length -= len(piece)
            yield piece
