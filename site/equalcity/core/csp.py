"""Content-Security-Policy by path: the public one, and a wider one for Wagtail's own screens.

Wagtail still writes a few scripts into its HTML: they start date fields, repeated rows and choosers. Allowing all
inline scripts for their sake would let through whatever an editor, or a partner's text, managed to smuggle into a
screen. So those that are nothing but such a start, letter by letter, get the answer's nonce; no other runs.
"""

import re
from typing import Any

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponse, HttpResponseBase

STRING = rb'"(?:[^"\\<>\r\n]|\\u[0-9A-Fa-f]{4})*"'
# No brackets that could call something, no templates, no tags: settings in JSON, and nothing else.
SETTINGS = rb"\{[^<>()`\\\r\n]*\}"
STARTS = (
    rb"initDate(?:Time)?Chooser\(" + STRING + rb", " + SETTINGS + rb"\);",
    rb"initTimeChooser\(" + STRING + rb", " + SETTINGS + rb"\);",
    rb"new [A-Z][A-Za-z]*Chooser\(" + STRING + rb", " + SETTINGS + rb"\);",
    rb"if \(typeof window\.chooserUrls === \"undefined\"\) \{\s*window\.chooserUrls = \{(?:\s*\w+: "
    + STRING
    + rb",?)*\s*\}\s*\}",
    rb"\(function\(\) \{\s*var panel = new InlinePanel\(JSON\.parse\(" + STRING + rb"\)\);\s*\}\)\(\);",
)
INLINE = re.compile(rb"<script>(?=\s*(?:" + rb"|".join(STARTS) + rb")\s*</script>)")


class PolicyByPathMiddleware(CSPMiddleware):
    """Sends `CONTENT_SECURITY_POLICY`, and on Wagtail's screens `CMS_CONTENT_SECURITY_POLICY`."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if is_wagtail_screen(request.path) and isinstance(response, HttpResponse) and is_html(response):
            allow_starts(request, response)
        return super().process_response(request, response)

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and is_wagtail_screen(request.path):
            policy: dict[str, Any] = settings.CMS_CONTENT_SECURITY_POLICY
            parts.config = policy["DIRECTIVES"]
        if getattr(request, "is_dummy", False):
            # Wagtail asks for a preview like this. It is the public page, shown in a frame of the editor.
            parts.replace = {"frame-ancestors": ["'self'"]}
        return parts


def is_wagtail_screen(path: str) -> bool:
    """Whether Wagtail's admin answers at `path`; signing in happens on pages of our own."""
    return path.startswith("/cms/") and not path.startswith("/cms/login/")


def is_html(response: HttpResponse) -> bool:
    return response.get("Content-Type", "").startswith("text/html") and not response.has_header("Content-Encoding")


def allow_starts(request: HttpRequest, response: HttpResponse) -> None:
    """Give the answer's nonce to the scripts in it that only start one of Wagtail's own widgets."""
    if INLINE.search(response.content):
        nonce = str(request.csp_nonce).encode()  # type: ignore[attr-defined]
        response.content = INLINE.sub(rb'<script nonce="' + nonce + rb'">', response.content)
        if response.has_header("Content-Length"):
            response["Content-Length"] = str(len(response.content))
