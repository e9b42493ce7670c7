"""What replication adds to the CMS: the partners' screen, the provenance of pages, words for the log."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogFormatter
from wagtail.models import Page

from equalcity.replication import views
from equalcity.replication.models import Conflict, Replica


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    patterns = [
        path("", views.overview, name="overview"),
        path("conflicts/<uuid:pk>/", views.conflict, name="conflict"),
        path("proposals/<int:pk>/", views.proposal, name="proposal"),
    ]
    return [path("partners/", include((patterns, "replication")))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    return MenuItem(
        gettext_lazy("Partners"), reverse("replication:overview"), name="partners", icon_name="site", order=800
    )


@hooks.register("before_edit_page")
def say_where_it_comes_from(request: HttpRequest, page: Page) -> None:
    """Whoever edits a pulled page knows whose words these are, and whether somebody waits for a decision."""
    if request.method != "GET":
        return
    replica = Replica.objects.filter(object_id=page.pk, anchor=False).select_related("peer").first()
    if replica is None:
        return
    when = date_format(localtime(replica.pulled_at), "DATETIME_FORMAT")
    messages.info(request, _("Pulled from %(peer)s: %(when)s") % {"peer": replica.peer, "when": when})
    waiting = replica.conflicts.filter(choice=Conflict.Choice.OPEN).first()
    if waiting is not None:
        messages.warning(
            request, _("It was changed there and here. Ours was kept; theirs waits for you under “Partners”.")
        )


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    actions.register_action("replication.recall", gettext_lazy("Recall"), gettext_lazy("Recalled by its origin"))

    @actions.register_action("replication.pull")
    class Pulled(LogFormatter):
        label = gettext_lazy("Pull")  # type: ignore[assignment]

        def format_message(self, log_entry: Any) -> str:
            return _("Pulled from %(peer)s") % {"peer": log_entry.data.get("peer", "")}
