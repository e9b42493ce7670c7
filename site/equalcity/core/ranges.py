"""Parts of a file, as players and interrupted downloads ask for them (RFC 9110, 14)."""

import re
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse

CHUNK = 64 * 1024
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


class OutsideFile(ValueError):
    """The part that was asked for lies outside the file; `headers` go with the refusal."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.headers = {"Content-Range": f"bytes */{size}"}


def stored_file(request: HttpRequest, file: Any, etag: str, content_type: str) -> StreamingHttpResponse:
    """Answer with a stored file (`FieldFile`), or with the part of it that is asked for.

    Raises `OutsideFile`, and `OSError` where the file is gone.
    """
    size = file.size
    part = asked_range(request, etag, size)
    start, end = part or (0, size - 1)
    answer = StreamingHttpResponse(
        read(file, start, end - start + 1),
        status=206 if part else 200,
        content_type=content_type,
        headers={"ETag": etag, "Accept-Ranges": "bytes", "Content-Length": str(end - start + 1)},
    )
    if part:
        answer["Content-Range"] = f"bytes {start}-{end}/{size}"
    return answer


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
        raise OutsideFile(size)
    return start, end


def read(file: Any, start: int, length: int) -> Iterator[bytes]:
    """Yield `length` bytes of a stored file (`FieldFile`) from `start`, a piece at a time."""
    with file.open("rb") as opened:
        opened.seek(start)
        while length > 0 and (piece := opened.read(min(CHUNK, length))):
            length -= len(piece)
            yield piece
