"""The list of checks that are due, on the dashboard and as a report, with the numbers that visitors could not reach."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages
from wagtail.admin.ui.components import Component

from equalcity.core.models import User
from safespace_map.checking import check, due, editable_by
from safespace_map.freshness import State
from safespace_map.models import DeadNumber, PhoneLine, SafeSpacePage

SHOWN = 5


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Everything that is due and every number that did not work, of places that this person may change."""
    user: Any = request.user
    rows = due(editable_by(user), timezone.localdate())
    return TemplateResponse(
        request,
        "safespace_map/staff/checks.html",
        {
            "page_title": _("Checks of safe spaces"),
            "header_icon": "calendar",
            "rows": [(one, names()[one.state], one.place.permissions_for_user(user).can_publish()) for one in rows],
            "numbers": dead_numbers(user),
        },
    )


@require_POST
def checked(request: HttpRequest, pk: int) -> HttpResponse:
    """“Checked today”: dates in every language, public at once."""
    place = get_object_or_404(SafeSpacePage, pk=pk)
    if not place.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    again = check(place, request.user)  # type: ignore[arg-type]
    said = _("“%(title)s” counts as checked today. The next check: %(day)s.")
    messages.success(request, said % {"title": place.get_admin_display_title(), "day": date_format(again)})
    return redirect("safespace_map:checks")


def names() -> dict[State, str]:
    """Return what staff call each state."""
    return {
        State.FRESH: _("fresh"),
        State.DUE: _("due within two weeks"),
        State.STALE: _("overdue, marked for readers"),
        State.GONE: _("gone from the map"),
    }


def dead_numbers(user: User) -> list[dict[str, Any]]:
    """Return the numbers that visitors could not reach, the most often told first; two queries."""
    phones: dict[Any, PhoneLine] = {}
    for phone in PhoneLine.objects.filter(page__in=editable_by(user)).select_related("page").order_by("-pk"):
        phones[phone.translation_key] = phone
    counts = DeadNumber.objects.filter(phone__in=phones).values("phone").annotate(told=Sum("count")).order_by("-told")
    return [{"phone": phones[row["phone"]], "told": row["told"]} for row in counts]


class ChecksPanel(Component):
    """On the dashboard only while something is due or a number did not work."""

    order = 95
    template_name = "safespace_map/staff/checks_panel.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        rows = due(editable_by(user), timezone.localdate())
        return {
            "count": len(rows),
            "rows": [(one, names()[one.state]) for one in rows[:SHOWN]],
            "numbers": len(dead_numbers(user)),
        }
