"""The CMS's list of what could not be passed on."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin.ui.components import Component

from equalcity.publication import parked

ROWS = 50


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """What is parked, as far as this person may change it."""
    marks = parked.parked_for(request.user)  # type: ignore[arg-type]
    page = Paginator(marks, ROWS).get_page(request.GET.get("p"))
    return TemplateResponse(
        request,
        "publication/parked.html",
        {
            "page_title": _("Could not be passed on"),
            "header_icon": "warning",
            "rows": parked.described(page.object_list, request.user),  # type: ignore[arg-type]
            "page_obj": page,
        },
    )


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Try once more; 404 for what this person may not publish, as for what is not parked."""
    mark = get_object_or_404(parked.may_try_again(request.user), pk=pk)  # type: ignore[arg-type]
    (row,) = parked.described([mark], request.user)  # type: ignore[arg-type]

    def record_and_tell() -> None:
        if parked.try_again(mark):
            messages.success(request, _("“%s” is passed on now.") % row.title)
        else:
            text = _("“%s” still cannot be passed on. Show the technical text to whoever runs this site.")
            messages.error(request, text % row.title)

    # Recording never runs inside another transaction: an error in it would take that one with it.
    transaction.on_commit(record_and_tell)
    return redirect("publication:parked")


class ParkedPanel(Component):
    """A warning on the dashboard, there only while something is parked."""

    order = 90
    template_name = "publication/parked_panel.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        return {"count": parked.parked_for(parent_context["request"].user).count()}
