"""What every address of the API has in common.

Views are DRF's `APIView` by name only, so that the schema generator finds them: content negotiation, authentication
and rendering have nothing to do here, and nothing of them runs.
"""

import logging
from typing import Any, ClassVar

from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.utils import translation
from rest_framework.views import APIView

from equalcity.api import problems, throttle
from equalcity.api.keys import key_of
from equalcity.api.models import ApiKey
from equalcity.api.openapi import ApiSchema
from equalcity.api.parameters import QUERY_MAX, Parameter, Query

log = logging.getLogger("equalcity.api")

EVERYWHERE = (
    Parameter("format", "Only `json`.", {"type": "string", "enum": ["json"]}),
    Parameter("_", "Has no effect; some clients add it against caches."),
)


class Endpoint(APIView):
    """One address: subclasses say what it takes (`parameters`) and define `answer`."""

    schema: Any = ApiSchema()

    # What the description says of it: name of the operation, one line, JSON Schema by media type, codes of problems.
    name: ClassVar[str] = ""
    summary: ClassVar[str] = ""
    status: ClassVar[int] = 200
    gives: ClassVar[dict[str, str]] = {}
    fails: ClassVar[tuple[int, ...]] = (400, 401, 403, 405, 414, 429)

    parameters: ClassVar[tuple[Parameter, ...]] = ()
    is_feed: ClassVar[bool] = False

    def answer(self, request: HttpRequest, query: Query, **kwargs: Any) -> HttpResponseBase:
        """Return the answer to a checked request. Raises `Problem`."""
        raise NotImplementedError

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Check what was given, then answer."""
        if len(request.META.get("QUERY_STRING", "")) > QUERY_MAX:
            raise problems.TooLong(f"A query string may have up to {QUERY_MAX} characters.")
        query = Query(given_by(request), (*self.parameters, *EVERYWHERE))
        if query.text("format", "json") != "json":
            raise problems.BadParameter("format", "Only json is available.")
        return self.answer(request, query, **kwargs)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            # Sentences as they stand in the code, whatever language a browser prefers: answers depend on nothing
            # but the address.
            with translation.override(None):
                response = self.guarded(request, **kwargs)
        except problems.Problem as problem:
            response = problem.response()
        except (OperationalError, InterfaceError):
            log.exception("The database does not answer")
            response = problems.Unavailable().response()
        except Exception:
            # Without the address: it may hold what somebody searched for.
            log.exception("Unexpected error in %s", type(self).__name__)
            response = problems.InternalError().response()
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        return without_body(response) if request.method == "HEAD" else response

    def guarded(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Let in who may come in, then do what the method says."""
        try:
            key = key_of(request.headers.get("Authorization"))
        except problems.Unauthorized:
            # Whoever guesses keys uses up the share of their own address.
            throttle.check(request, None)
            raise
        throttle.check(request, key)
        if key and key.scope == ApiKey.Scope.FEED and not self.is_feed:
            raise problems.Forbidden("This key is for following changes: changes/, terms/ and media/.")
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={"Allow": "GET, HEAD, OPTIONS", "Cache-Control": "no-store"})
        if request.method not in {"GET", "HEAD"}:
            raise problems.MethodNotAllowed
        request.api_key = key  # type: ignore[attr-defined]
        return self.get(request, **kwargs)


def given_by(request: HttpRequest) -> QueryDict:
    """Return the parameters of the address; too many of them are the caller's mistake, not ours."""
    try:
        return request.GET
    except SuspiciousOperation as error:
        raise problems.BadRequest("The query string holds too many parameters.") from error


def without_body(response: HttpResponseBase) -> HttpResponseBase:
    """Keep the headers of a GET for a HEAD; not every server drops the body itself."""
    if isinstance(response, HttpResponse):
        response.headers.setdefault("Content-Length", str(len(response.content)))
        response.content = b""
        return response
    bare = HttpResponse(status=response.status_code, headers=dict(response.headers))
    response.close()
    return bare
