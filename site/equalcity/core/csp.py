"""Content-Security-Policy by path: the public one, and a wider one for Wagtail's own screens."""

from typing import Any

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class PolicyByPathMiddleware(CSPMiddleware):
    """Sends `CONTENT_SECURITY_POLICY`, and `CMS_CONTENT_SECURITY_POLICY` with what Wagtail's admin makes."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and is_wagtail_screen(request.path):
            policy: dict[str, Any] = settings.CMS_CONTENT_SECURITY_POLICY
            parts.config = policy["DIRECTIVES"]
        return parts


def is_wagtail_screen(path: str) -> bool:
    """Whether Wagtail's admin answers at `path`; signing in happens on pages of our own."""
    return path.startswith("/cms/") and not path.startswith("/cms/login/")
