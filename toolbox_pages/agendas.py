"""The CMS's list of agendas that do not add up."""

from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from toolbox_pages import training
from toolbox_pages.models import TrainingModulePage, TrainingProgrammePage


@dataclass(frozen=True)
class Differing:
    """A page whose stated minutes are not the sum of its sessions."""

    page: Page
    stated: int
    counted: int


@require_GET
def training_times(request: HttpRequest) -> HttpResponse:
    """What differs, as far as this person may change it."""
    return TemplateResponse(
        request,
        "toolbox_pages/admin/training_times.html",
        {"page_title": _("Agendas that do not add up"), "header_icon": "time", "rows": differing(request.user)},
    )


def differing(user: Any) -> list[Differing]:
    """Return the trainings that `user` may change and whose agenda differs, aliases left out."""
    allowed = PagePermissionPolicy().instances_user_has_permission_for(user, "change").values("pk")
    pages = chain.from_iterable(
        model.objects.filter(pk__in=allowed, alias_of=None, planned_minutes__gt=0).order_by("path")
        for model in (TrainingProgrammePage, TrainingModulePage)
    )
    found = ((page, training.stated_and_counted(page)) for page in pages)
    return [Differing(page, *minutes) for page, minutes in found if minutes is not None]
