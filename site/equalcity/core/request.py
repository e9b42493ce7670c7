"""The request as the web server hands it in."""

from typing import Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils.http import parse_header_parameters


class Utf8Request(WSGIRequest):
    """A request whose text is UTF-8, whatever charset its `Content-Type` claims.

    Django decodes even the address with that charset, before any middleware runs; with one that is a codec but none
    for text, such as base64, it fails and the visitor gets a bare 500.
    """

    content_type: str | None
    content_params: dict[str, str] | None

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        try:
            self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
        except (LookupError, ValueError):
            # A parameter in an encoding that nobody knows (RFC 2231).
            self.content_type, self.content_params = "", {}


class Utf8Handler(WSGIHandler):
    request_class = Utf8Request
