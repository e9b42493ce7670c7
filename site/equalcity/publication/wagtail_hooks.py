"""What publication adds to Wagtail."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page

from equalcity.core.copying import keep_hidden
from equalcity.core.models import CustomDocument
from equalcity.publication import deleted, guards, taken_back_views, views
from equalcity.publication.files import serve_only_published
from equalcity.publication.models import Publication
from equalcity.publication.parked import parked_for
from equalcity.publication.recall import LOG_ACTION


@hooks.register("before_serve_page", order=-100)
def serve_only_public(page: Page, request: HttpRequest, serve_args: Any, serve_kwargs: Any) -> None:
    guards.serve_only_public(page, request, serve_args, serve_kwargs)


@hooks.register("before_serve_document", order=-100)
def serve_only_published_documents(document: CustomDocument, request: HttpRequest) -> None:
    serve_only_published(document, request)


@hooks.register("after_copy_page")
def keep_copies_hidden(request: HttpRequest, page: Page, new_page: Page) -> None:
    keep_hidden(page, new_page)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    patterns = [
        path("", views.overview, name="parked"),
        path("<int:pk>/again/", views.again, name="again"),
    ]
    taken_back = [
        path("taken-back/", taken_back_views.outgoing, name="outgoing"),
        path("recall/<int:pk>/", taken_back_views.recall_page, name="recall"),
        path("recall/deleted/", taken_back_views.deleted_pages, name="deleted"),
        path("recall/deleted/<uuid:key>/", taken_back_views.recall_deleted, name="recall_deleted"),
    ]
    return [path("parked/", include((patterns, "publication"))), path("", include((taken_back, "taken_back")))]


@hooks.register("register_reports_menu_item")
def register_menu_item() -> MenuItem:
    return MenuItem(
        gettext_lazy("Could not be passed on"),
        reverse("publication:parked"),
        name="parked",
        icon_name="warning",
        order=1200,
    )


@hooks.register("register_reports_menu_item")
def register_taken_back() -> MenuItem:
    return MenuItem(
        gettext_lazy("Taken back"), reverse("taken_back:outgoing"), name="taken-back", icon_name="undo", order=1210
    )


@hooks.register("register_page_header_buttons")
def add_recall(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    if page.depth > 2 and page.permissions_for_user(user).can_publish() and was_passed_on(page):
        yield Button(
            gettext_lazy("Recall"), reverse("taken_back:recall", args=[page.pk]), icon_name="warning", priority=90
        )


def was_passed_on(page: Page) -> bool:
    """Return whether partners may hold the page: it is live, or was published once."""
    return page.live or Publication.objects.filter(kind="page", key=page.translation_key).exists()


@hooks.register("before_delete_page")
def offer_recall_before(request: HttpRequest, page: Page) -> None:
    """Whoever deletes a page because it became dangerous learns here that partners keep it."""
    may = page.depth > 2 and page.permissions_for_user(request.user).can_publish()
    if request.method == "GET" and may and was_passed_on(page):
        _offer_recall(request, reverse("taken_back:recall", args=[page.pk]), _("Recall"))


@hooks.register("after_delete_page")
def offer_recall_after(request: HttpRequest, page: Page) -> None:
    if deleted.may_recall(request.user, page.translation_key):  # type: ignore[arg-type]
        _offer_recall(request, reverse("taken_back:recall_deleted", args=[page.translation_key]), _("Recall"))


@hooks.register("after_bulk_action")
def offer_recall_after_many(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> None:
    pages = [one for one in objects if isinstance(one, Page)] if action_type == "delete" else []
    if any(deleted.may_recall(request.user, page.translation_key) for page in pages):  # type: ignore[arg-type]
        _offer_recall(request, reverse("taken_back:deleted"), _("Deleted pages"))


def _offer_recall(request: HttpRequest, address: str, name: str) -> None:
    text = _(
        "Partners may keep a copy of what is deleted. If it may endanger somebody, recall it: "
        "they take it off their sites without asking anybody."
    )
    messages.warning(request, text, buttons=[messages.button(address, name)])


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    actions.register_action(LOG_ACTION, gettext_lazy("Recall"), gettext_lazy("Recalled: taken back everywhere"))


@hooks.register("construct_homepage_panels")
def add_parked_panel(request: HttpRequest, panels: list[object]) -> None:
    panels.append(views.ParkedPanel())


@hooks.register("before_edit_page")
def say_that_it_is_parked(request: HttpRequest, page: Page) -> None:
    """Whoever edits the page learns that readers elsewhere do not have its last version."""
    if request.method != "GET":
        return
    parked = parked_for(request.user).filter(kind="page", object_id=page.pk)  # type: ignore[arg-type]
    if parked.exists():
        text = _("This page could not be passed on: search, partners and other programs have an older version or none.")
        messages.warning(request, text, buttons=[messages.button(reverse("publication:parked"), _("Show"))])
