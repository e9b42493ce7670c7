"""Recalling a page in the CMS, and the list of who has still to confirm what was taken back."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET
from wagtail.admin import messages
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from equalcity.core.models import User
from equalcity.publication.models import Outgoing
from equalcity.publication.outbox import CHANNELS
from equalcity.publication.recall import recall

ROWS = 100


@require_GET
def outgoing(request: HttpRequest) -> HttpResponse:
    """What was taken back of pages that this person may edit or publish: what waits first, then what is confirmed."""
    rows = seen_by(request.user)  # type: ignore[arg-type]
    page = Paginator(rows, ROWS).get_page(request.GET.get("p"))
    return TemplateResponse(
        request,
        "publication/outgoing.html",
        {
            "page_title": _("Taken back"),
            "header_icon": "undo",
            "rows": described(list(page.object_list)),
            "page_obj": page,
        },
    )


def seen_by(user: User) -> Any:
    """Return the rows of pages that somebody may change; an administrator sees those of pages that are gone, too."""
    rows = Outgoing.objects.order_by(F("confirmed_at").desc(nulls_first=True), "-id")
    if user.is_superuser:
        return rows
    pages = page_permission_policy.instances_user_has_any_permission_for(user, ["change", "publish"])
    return rows.filter(key__in=pages.order_by().values("translation_key"))


def described(rows: list[Outgoing]) -> list[dict[str, Any]]:
    """Pair rows with their page and with the name of their channel. Two queries."""
    pages: dict[Any, Page] = {}
    for page in Page.objects.filter(translation_key__in=[row.key for row in rows]).order_by("-pk"):
        pages[page.translation_key] = page
    return [
        {
            "row": row,
            "page": pages.get(row.key),
            "channel": CHANNELS[row.channel].label if row.channel in CHANNELS else row.channel,
        }
        for row in rows
    ]


def recall_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then take the page back everywhere."""
    page = get_object_or_404(Page, pk=pk, depth__gt=2)
    if not page.permissions_for_user(request.user).can_unpublish():
        raise PermissionDenied
    if request.method == "POST":
        count = recall(page.translation_key, user=request.user)  # type: ignore[arg-type]
        said = ngettext(
            "Recalled: %d page is off the site. Below you see who has not confirmed it yet.",
            "Recalled: %d pages are off the site. Below you see who has not confirmed it yet.",
            count,
        )
        messages.success(request, said % count)
        return redirect("taken_back:outgoing")
    return TemplateResponse(
        request,
        "publication/recall.html",
        {
            "page_title": _("Recall"),
            "page_subtitle": page.specific.get_admin_display_title(),
            "header_icon": "warning",
            "page": page,
        },
    )
