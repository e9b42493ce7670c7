"""What every template may use. No query, no cookie: error pages take the same values from `frame`."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from equalcity.core import offline
from equalcity.core.csp import is_wagtail_screen
from equalcity.core.languages import direction


def frame() -> dict[str, object]:
    """Return what the frame of every page needs, in the active language."""
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "instance_name": settings.INSTANCE_NAME,
        "default_language": settings.LANGUAGE_CODE,
        "exit_guard": settings.EXIT_GUARD,
        "exit_url": offline.exit_address(language),
        "contact_phone": offline.read().contact_phone,
        "site_words": offline.words(language),
        "home_url": f"/{language}/",
        "help_url": f"/{language}/help/",
        "search_url": f"/{language}/search/",
        "feed_url": f"/{language}/feed.atom",
        "api_docs_url": "/api/v2/docs/",
        "language": language,
        "direction": direction(language),
    }


def site(request: HttpRequest) -> dict[str, object]:
    """Nothing for Wagtail's screens: their templates give other meanings to the same names (`search_url`)."""
    return {} if is_wagtail_screen(request.path) else frame()
