"""Middleware that every answer passes."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware

# Addresses that are no pages of a language: an unknown one is a plain 404, not a redirect to /en/….
WITHOUT_LANGUAGE = ("/api/", "/cms/", "/media/", "/static/", "/healthz", "/readyz", "/documents/")


def privacy_headers(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Keep public pages out of every cache and history we can reach (safety rule 1)."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not response.has_header("Cache-Control") and not request.path.startswith(("/static/", "/api/")):
            response["Cache-Control"] = "no-store"
        return response

    return middleware


class LocaleFromPathMiddleware(LocaleMiddleware):
    """Django's language choice by path and `Accept-Language`, kept away from what has no language."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:  # type: ignore[override]
        if request.path.startswith(WITHOUT_LANGUAGE):
            return response
        return super().process_response(request, response)  # type: ignore[return-value]
