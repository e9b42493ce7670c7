"""Redirects from old addresses, for pages that the public can see.

Wagtail follows a redirect wherever it leads; to a hidden page it would tell that the page exists, and its address.
`tests/equalcity/core/test_redirects.py` shows that it still does.
"""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect

from equalcity.core.public import is_public


class PublicRedirectMiddleware(RedirectMiddleware):
    """Leaves 404 what would lead to a hidden page."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.status_code == 404 and leads_to_hidden_page(request):
            return response
        answer: HttpResponseBase = super().process_response(request, response)
        return answer


def leads_to_hidden_page(request: HttpRequest) -> bool:
    """Whether the redirect that Wagtail would choose for this address leads to a page that the public cannot see."""
    path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
    chosen = get_redirect(request, path) or get_redirect(request, urlsplit(path).path)
    return chosen is not None and chosen.redirect_page is not None and not is_public(chosen.redirect_page)
