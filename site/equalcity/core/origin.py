"""Forms of visitors come from our own pages.

Visitors have no cookie, so their forms have no CSRF token; the browser itself says where a form was sent from.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from equalcity.core.errors import foreign_form


def is_our_own(request: HttpRequest) -> bool:
    """Return whether the browser says that the request was made by our own page or by the reader.

    `Sec-Fetch-Site` counts where it is sent (Fetch Metadata); browsers without it send `Origin` with a POST.
    """
    said = request.headers.get("Sec-Fetch-Site")
    if said is not None:
        return said in {"same-origin", "none"}
    origin = urlsplit(request.headers.get("Origin", ""))
    return bool(origin.netloc) and origin.netloc == request.get_host() and origin.scheme == request.scheme


def same_origin(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view take an anonymous POST, but only from our own pages; others get a 403 that says why."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not is_our_own(request):
            return foreign_form(request)
        return view(request, *args, **kwargs)

    return guarded
