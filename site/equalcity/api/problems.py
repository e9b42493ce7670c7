"""Everything that can go wrong, as problem details (RFC 9457).

`type` is stable and the same on every instance: a path below `/api/v2/docs/` that explains the problem.
"""

from typing import Any, ClassVar

import orjson
from django.http import HttpResponse

DOCS = "/api/v2/docs/"
MEDIA_TYPE = "application/problem+json"


class Problem(Exception):
    """An answer that is not what was asked for. `detail` is one sentence for the developer who asked."""

    status: ClassVar[int]
    name: ClassVar[str]
    title: ClassVar[str]
    explanation: ClassVar[str]

    def __init__(self, detail: str, *, headers: dict[str, str] | None = None, **members: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.headers = headers or {}
        self.members = members

    def response(self) -> HttpResponse:
        """Return the answer. No cache may keep it, or it would outlive its cause."""
        body = {
            "type": f"{DOCS}#{self.name}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            **self.members,
        }
        headers = {"Cache-Control": "no-store", **self.headers}
        return HttpResponse(
            orjson.dumps(body, option=orjson.OPT_APPEND_NEWLINE),
            status=self.status,
            content_type=MEDIA_TYPE,
            headers=headers,
        )


class BadParameter(Problem):
    status, name, title = 400, "bad-parameter", "A parameter cannot be used"
    explanation = "`parameter` names the parameter, `detail` says what is wrong with it and what would be right."

    def __init__(self, parameter: str, reason: str) -> None:
        # Names come from the caller: kept short, so that an answer never mirrors a huge request.
        super().__init__(reason, parameter=parameter[:80])


class BadRequest(Problem):
    status, name, title = 400, "bad-request", "The request cannot be read"
    explanation = "The address itself is broken, for example by a null character."


class BadSearch(Problem):
    status, name, title = 400, "bad-search", "This cannot be searched for"
    explanation = "`detail` says what is wrong: too long, unknown filters, or a page that does not exist."


class Unauthorized(Problem):
    status, name, title = 401, "bad-key", "The key is not valid"
    explanation = (
        "A request that brings a key must bring a valid one; it is never treated as if it had brought none. "
        "Leave the header `Authorization` out to read without a key."
    )

    def __init__(self, detail: str) -> None:
        super().__init__(detail, headers={"WWW-Authenticate": 'Bearer error="invalid_token"'})


class Forbidden(Problem):
    status, name, title = 403, "out-of-scope", "The key does not cover this"
    explanation = "The key is valid, but was issued for other endpoints. Ask for one of another scope, or send none."


class NotFound(Problem):
    status, name, title = 404, "not-found", "There is nothing here"
    explanation = "Nothing is published at this address. What is hidden answers exactly like what never was."

    def __init__(self, detail: str = "Nothing is published at this address.") -> None:
        super().__init__(detail)


class MethodNotAllowed(Problem):
    status, name, title = 405, "read-only", "This API is read-only"
    explanation = "Use GET, HEAD or OPTIONS."

    def __init__(self) -> None:
        super().__init__("Use GET, HEAD or OPTIONS.", headers={"Allow": "GET, HEAD, OPTIONS"})


class ResyncNeeded(Problem):
    status, name, title = 409, "resync", "A resync is needed"
    explanation = (
        "The cursor belongs to another epoch of this instance, or to a future that never came: it was restored from "
        "a backup. Do not go on from here; compare what you hold with what is published, then start a new cursor."
    )


class CursorGone(Problem):
    status, name, title = 410, "cursor-gone", "The cursor is too old"
    explanation = "Tombstones that the cursor still needs were pruned. Start again without a cursor."


class TooLong(Problem):
    status, name, title = 414, "too-long", "The address is too long"
    explanation = "A query string may have up to 8,192 characters."


class RangeNotSatisfiable(Problem):
    status, name, title = 416, "bad-range", "The range lies outside the file"
    explanation = "`Content-Range` says how many bytes there are."


class TooManyRequests(Problem):
    status, name, title = 429, "too-many-requests", "Too many requests"
    explanation = "`Retry-After` says in how many seconds to go on. A key raises the limit."

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Go on in {seconds} seconds. A key raises the limit.", headers={"Retry-After": str(seconds)})


class InternalError(Problem):
    status, name, title = 500, "internal-error", "Something went wrong here"
    explanation = "The fault is on this side and was noted. Trying again later may help."

    def __init__(self) -> None:
        super().__init__("The fault is on this side and was noted.")


class Unavailable(Problem):
    status, name, title = 503, "unavailable", "Not available right now"
    explanation = "The database does not answer. Try again after the seconds that `Retry-After` names."

    def __init__(self) -> None:
        super().__init__("The database does not answer right now.", headers={"Retry-After": "30"})


PROBLEMS: tuple[type[Problem], ...] = (
    BadParameter,
    BadRequest,
    BadSearch,
    Unauthorized,
    Forbidden,
    NotFound,
    MethodNotAllowed,
    ResyncNeeded,
    CursorGone,
    TooLong,
    RangeNotSatisfiable,
    TooManyRequests,
    InternalError,
    Unavailable,
)
