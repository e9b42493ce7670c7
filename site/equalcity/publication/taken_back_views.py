"""Recalling a page in the CMS, also one that was deleted, and the list of who has still to confirm it."""

import uuid
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET
from wagtail.admin import messages
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from equalcity.core.models import User
from equalcity.publication import deleted
from equalcity.publication.models import Outgoing, Publication
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
    """Return the rows of pages that somebody may change, or might recall if they had not been deleted."""
    rows = Outgoing.objects.order_by(F("confirmed_at").desc(nulls_first=True), "-id")
    if user.is_superuser:
        return rows
    pages = page_permission_policy.instances_user_has_any_permission_for(user, ["change", "publish"])
    gone = deleted.recallable_by(user)
    return rows.filter(Q(key__in=pages.order_by().values("translation_key")) | Q(key__in=gone.values("key")))


def described(rows: list[Outgoing]) -> list[dict[str, Any]]:
    """Pair rows with their page, or its name if it was deleted, and with the name of their channel. Three queries."""
    pages: dict[Any, Page] = {}
    for page in Page.objects.filter(translation_key__in=[row.key for row in rows]).order_by("-pk"):
        pages[page.translation_key] = page
    names = {key: entry.label for (key, _locale), entry in deleted.deletions({row.key for row in rows}).items()}
    return [
        {
            "row": row,
            "page": pages.get(row.key),
            "name": names.get(str(row.key), row.key),
            "channel": CHANNELS[row.channel].label if row.channel in CHANNELS else row.channel,
        }
        for row in rows
    ]


def recall_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then take the page back everywhere, also one that is off the site already: partners may hold it."""
    page = get_object_or_404(Page, pk=pk, depth__gt=2)
    if not page.permissions_for_user(request.user).can_publish():
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


@require_GET
def deleted_pages(request: HttpRequest) -> HttpResponse:
    """What was published of pages that are no more, where this person may publish: the last one first."""
    rows = deleted.recallable_by(request.user).filter(state=Publication.State.WITHDRAWN)  # type: ignore[arg-type]
    page = Paginator(rows.order_by("-modified_at", "pk"), ROWS).get_page(request.GET.get("p"))
    entries = deleted.deletions({row.key for row in page.object_list})
    languages = dict(settings.WAGTAIL_CONTENT_LANGUAGES)
    return TemplateResponse(
        request,
        "publication/deleted.html",
        {
            "page_title": _("Deleted pages"),
            "header_icon": "bin",
            "rows": [
                {
                    "row": row,
                    "entry": entries.get((str(row.key), row.locale)),
                    "type": apps.get_model(row.type)._meta.verbose_name,
                    "language": languages.get(row.locale, row.locale),
                }
                for row in page.object_list
            ],
            "page_obj": page,
            "elided_page_range": page.paginator.get_elided_page_range(page.number),
        },
    )


def recall_deleted(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Ask once, then have partners take off what was deleted here."""
    if not deleted.remains_of(key):
        raise Http404
    if not deleted.may_recall(request.user, key):  # type: ignore[arg-type]
        raise PermissionDenied
    if request.method == "POST":
        recall(key, user=request.user)  # type: ignore[arg-type]
        messages.success(request, _("Recalled. Below you see who has not confirmed it yet."))
        return redirect("taken_back:outgoing")
    names = [entry.label for entry in deleted.deletions({key}).values()]
    return TemplateResponse(
        request,
        "publication/recall.html",
        {"page_title": _("Recall"), "page_subtitle": " / ".join(names), "header_icon": "warning", "key": key},
    )
