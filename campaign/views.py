"""Addresses below pages that are no pages: calendars, and the feed of a language."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail.models import Page

from campaign import feed
from campaign.models import EventIndexPage, EventPage
from equalcity.publication.predicate import is_public


def event_calendar(request: HttpRequest, path: str) -> HttpResponse:
    return calendar(request, path, EventPage)


def events_calendar(request: HttpRequest, path: str) -> HttpResponse:
    return calendar(request, path, EventIndexPage)


def calendar(request: HttpRequest, path: str, kind: type[EventPage | EventIndexPage]) -> HttpResponse:
    """Answer with the calendar of the page at `path`. Raises `Http404` for a page of another kind or a hidden one."""
    found = Page.route_for_request(request, path)
    page = found[0].specific if found else None
    if not isinstance(page, kind) or not is_public(page):
        raise Http404
    return page.calendar(request)


def atom(request: HttpRequest) -> HttpResponse:
    language = get_language() or settings.LANGUAGE_CODE
    return HttpResponse(feed.atom(language), content_type="application/atom+xml; charset=utf-8")
