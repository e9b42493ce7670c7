"""What partners sent and what waits for a decision, in the CMS."""

import uuid
from typing import Any

import orjson
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.models import Page

from equalcity.replication import decisions
from equalcity.replication.compare import differences
from equalcity.replication.models import Conflict, HeldItem, Peer, Replica
from equalcity.replication.schema import Refused

ROWS = 100


def overview(request: HttpRequest) -> HttpResponse:
    """Everything that waits, and how each peer stands."""
    pages = Q(replicas__anchor=False)
    open_conflicts = Conflict.objects.filter(choice=Conflict.Choice.OPEN).select_related("replica__peer")
    proposals = Replica.objects.exclude(proposal="").select_related("peer").order_by("-pulled_at")
    replicas = Replica.objects.filter(anchor=False).select_related("peer").order_by("-pulled_at")
    return TemplateResponse(
        request,
        "replication/overview.html",
        {
            "page_title": _("Partners"),
            "header_icon": "site",
            "peers": Peer.objects.annotate(pages=Count("replicas", filter=pages)).order_by("name"),
            "conflicts": with_pages(list(open_conflicts.order_by("created_at")[:ROWS])),
            "proposals": with_pages(list(proposals[:ROWS])),
            "held": HeldItem.objects.select_related("peer").order_by("created_at")[:ROWS],
            "replicas": with_pages(list(replicas[:ROWS])),
        },
    )


def with_pages(rows: list[Any]) -> list[tuple[Any, Page | None]]:
    """Pair conflicts or replicas with their pages; one query for all."""
    ids = {row: (row.replica if isinstance(row, Conflict) else row).object_id for row in rows}
    pages = Page.objects.in_bulk([pk for pk in ids.values() if pk])
    return [(row, pages.get(ids[row])) for row in rows]


def conflict(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ours and theirs side by side; a POST decides."""
    found = get_object_or_404(Conflict.objects.select_related("replica__peer"), pk=pk)
    page = editable_page(request, found.replica)
    if request.method == "POST" and found.choice == Conflict.Choice.OPEN:
        return _decided(request, found, page)
    mine, theirs = orjson.loads(found.mine), orjson.loads(found.theirs)
    return TemplateResponse(
        request,
        "replication/conflict.html",
        {
            "page_title": _("Changed on both sides"),
            "header_icon": "warning",
            "conflict": found,
            "page": page,
            "rows": differences(type(page), mine, theirs),
        },
    )


def _decided(request: HttpRequest, found: Conflict, page: Page) -> HttpResponse:
    try:
        if request.POST.get("choice") == Conflict.Choice.THEIRS:
            decisions.take_theirs(found, request.user)  # type: ignore[arg-type]
            messages.success(request, _("Their version is in a draft now. Look at it, then publish."))
            return redirect("wagtailadmin_pages:edit", page.pk)
        decisions.keep_mine(found)
        messages.success(request, _("Our version stays."))
    except (decisions.NotPossible, Refused, ValidationError) as error:
        messages.error(request, str(error))
    return redirect("replication:overview")


@require_POST
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Do what the peer did, or leave the page as it is."""
    replica = get_object_or_404(Replica.objects.select_related("peer"), pk=pk)
    page = editable_page(request, replica)
    try:
        if request.POST.get("choice") == "accept":
            allowed = page.permissions_for_user(request.user)
            if not (allowed.can_move() if replica.proposal == Replica.Proposal.MOVE else allowed.can_edit()) or (
                page.live and not allowed.can_unpublish()
            ):
                raise PermissionDenied
            decisions.accept(replica, request.user)  # type: ignore[arg-type]
            messages.success(request, _("“%s” follows its origin.") % page.title)
        else:
            decisions.dismiss(replica)
            messages.success(request, _("“%s” stays as it is.") % page.title)
    except (decisions.NotPossible, Refused) as error:
        messages.error(request, str(error))
    return redirect("replication:overview")


def editable_page(request: HttpRequest, replica: Replica) -> Page:
    """Return the page that a decision is about. Raises `PermissionDenied` for who may not edit it."""
    page = replica.page()
    if page is None or not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return page
