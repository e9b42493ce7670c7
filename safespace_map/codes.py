"""Codes to scan from paper: a page's own address as a drawing, made here."""

from typing import Any

import qrcode
from django.conf import settings
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _


def qr_of(page: Any, request: HttpRequest) -> SafeString:
    """Return the address of a page of ours to scan."""
    return qr_svg(f"{settings.SITE_URL}{page.get_url(request) or ''}", _("Address of this page, to scan"))


def qr_svg(text: str, label: str) -> SafeString:
    """Return a QR code (ISO/IEC 18004) as SVG: one path of dark squares on the paper."""
    code: Any = qrcode.QRCode(border=2)
    code.add_data(text)
    code.make(fit=True)
    matrix = code.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, line in enumerate(matrix) for x, is_dark in enumerate(line) if is_dark)
    return format_html(
        '<svg class="qr" viewBox="0 0 {} {}" role="img" aria-label="{}"><path d="{}"/></svg>',
        len(matrix),
        len(matrix),
        label,
        mark_safe(path),  # noqa: S308 - numbers only
    )
