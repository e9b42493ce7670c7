"""Answers with a strong ETag and what caches are told about them.

Everything here is public, so any cache may keep it; but what is withdrawn must be gone at once, so every cache must
ask first whether it still holds. A 304 costs the caller a few hundred bytes.
"""

import hashlib
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags

ASK_FIRST = "public, max-age=0, must-revalidate"
NEVER_KEEP = "no-store"


def json_answer(
    request: HttpRequest, data: Any, *, content_type: str = "application/json", cache_control: str = ASK_FIRST
) -> HttpResponse:
    """Return `data` as JSON."""
    content = orjson.dumps(data, option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_UTC_Z)
    return answer(request, content, content_type, cache_control=cache_control)


def answer(request: HttpRequest, content: bytes, content_type: str, *, cache_control: str = ASK_FIRST) -> HttpResponse:
    """Return the bytes, or 304 when the caller holds them already."""
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response: HttpResponse
    if holds(request, etag):
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(content, content_type=content_type)
    response["ETag"] = etag
    response["Cache-Control"] = cache_control
    return response


def holds(request: HttpRequest, etag: str) -> bool:
    """Return whether `If-None-Match` names these bytes. Proxies that compress make our ETag weak on the way."""
    given = parse_etags(request.headers.get("If-None-Match", ""))
    return given == ["*"] or any(one.removeprefix("W/") == etag for one in given)
