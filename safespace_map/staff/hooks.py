"""What the safe-space map adds to the CMS: the screens of a place, and words for the log."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page

from safespace_map.checking import LOG_CHECKED
from safespace_map.lowering import LOG_ACTION
from safespace_map.models import SafeSpacePage
from safespace_map.raising import LOG_ASKED, LOG_RAISED
from safespace_map.staff import checks, views


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    patterns = [
        path("<int:pk>/precision/", views.precision, name="precision"),
        path("<int:pk>/notes/", views.notes, name="notes"),
        path("checks/", checks.overview, name="checks"),
        path("<int:pk>/checked/", checks.checked, name="checked"),
    ]
    return [path("safe-spaces/", include((patterns, "safespace_map")))]


@hooks.register("register_page_header_buttons")
def add_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    if not isinstance(page.specific, SafeSpacePage) or not page.permissions_for_user(user).can_edit():
        return
    yield Button(
        _("How exactly it may be known"),
        reverse("safespace_map:precision", args=[page.pk]),
        icon_name="lock",
        priority=60,
    )
    if user.has_perm(views.NOTES):
        yield Button(_("Staff notes"), reverse("safespace_map:notes", args=[page.pk]), icon_name="user", priority=61)


@hooks.register("register_reports_menu_item")
def register_menu_item() -> MenuItem:
    return MenuItem(
        _("Checks of safe spaces"),
        reverse("safespace_map:checks"),
        name="place-checks",
        icon_name="calendar",
        order=400,
    )


@hooks.register("construct_homepage_panels")
def add_checks_panel(request: HttpRequest, panels: list[object]) -> None:
    panels.append(checks.ChecksPanel())


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    actions.register_action(LOG_ACTION, _("Let less be known"), _("Less is known of this place from now on"))
    actions.register_action(LOG_ASKED, _("Ask to let more be known"), _("Asked that more may be known of this place"))
    actions.register_action(LOG_CHECKED, _("Checked"), _("Checked: everything is still right"))
    actions.register_action(LOG_RAISED, _("Let more be known"), _("More is known of this place from now on"))
