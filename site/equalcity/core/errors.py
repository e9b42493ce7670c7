"""Error pages: a sentence that says what happened, what to do, and the numbers that help.

They use no database and no request-dependent context, so that they come when everything else is down (safety
rule 11).
"""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from equalcity.core.context_processors import frame
from equalcity.core.languages import homes, language_of

LAST_RESORT = (
    '<!doctype html><meta charset="utf-8"><title>Equal(c)ity</title>'
    '<h1>Something went wrong</h1><p>In danger? <a href="tel:112">Call 112</a>.</p>'
)


def answer(request: HttpRequest, status: HTTPStatus, template: str, **said: str) -> HttpResponse:
    """Return an error page in the reader's language."""
    with translation.override(language_of(request)):
        html = render_to_string(f"core/errors/{template}.html", {**frame(), "languages": homes(), **said})
    return HttpResponse(html, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, HTTPStatus.BAD_REQUEST, "400")


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, HTTPStatus.FORBIDDEN, "403")


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, HTTPStatus.NOT_FOUND, "404")


def nothing_here(request: HttpRequest, rest: str) -> HttpResponse:
    """Take the place of a view of Wagtail that has no use here."""
    raise Http404


def server_error(request: HttpRequest) -> HttpResponse:
    try:
        return answer(request, HTTPStatus.INTERNAL_SERVER_ERROR, "500")
    except Exception:
        return HttpResponse(LAST_RESORT, status=HTTPStatus.INTERNAL_SERVER_ERROR)


def unavailable(request: HttpRequest, said: str) -> HttpResponse:
    """Say what cannot be had right now, and what to do about it: `said`, in the reader's language."""
    return answer(request, HTTPStatus.SERVICE_UNAVAILABLE, "503", said=said)


def foreign_form(request: HttpRequest) -> HttpResponse:
    """Say that a form was sent from another site and that nothing of it was kept."""
    return answer(request, HTTPStatus.FORBIDDEN, "foreign_form")
