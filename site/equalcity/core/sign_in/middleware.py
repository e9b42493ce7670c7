"""The door of `/cms/`: nobody passes without a second factor."""

from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

# Signing in and out, and what Wagtail gives to everybody.
OPEN = ("/cms/login/", "/cms/logout/", "/cms/sprite/", "/cms/jsi18n/")


def second_factor(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Refuse everything in `/cms/` to a session that has not shown a second factor, whatever began it.

    Somebody who has none yet is led to set one up; somebody who has one must sign in with it.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        inside = request.path.startswith("/cms/") and not request.path.startswith(OPEN)
        if not inside or not request.user.is_authenticated or has_shown_second_factor(request):
            return get_response(request)
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        if is_mfa_enabled(request.user, [Authenticator.Type.TOTP]):
            logout(request)
            return redirect("account_login")
        return redirect("mfa_activate_totp")

    return middleware


def has_shown_second_factor(request: HttpRequest) -> bool:
    """Whether this session's user has one, and gave it in this session."""
    records = get_authentication_records(request, request.user)  # type: ignore[arg-type]
    shown = any(record["method"] == "mfa" for record in records)
    return shown and is_mfa_enabled(request.user, [Authenticator.Type.TOTP])  # type: ignore[arg-type]
