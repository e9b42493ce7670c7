"""What publication adds to Wagtail."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from equalcity.core.copying import keep_restrictions
from equalcity.core.models import CustomDocument
from equalcity.publication import guards, views
from equalcity.publication.files import serve_only_published
from equalcity.publication.parked import parked_for


@hooks.register("before_serve_page", order=-100)
def serve_only_public(page: Page, request: HttpRequest, serve_args: Any, serve_kwargs: Any) -> None:
    guards.serve_only_public(page, request, serve_args, serve_kwargs)


@hooks.register("before_serve_document", order=-100)
def serve_only_published_documents(document: CustomDocument, request: HttpRequest) -> None:
    serve_only_published(document, request)


@hooks.register("after_copy_page")
def keep_restrictions_of_copies(request: HttpRequest, page: Page, new_page: Page) -> None:
    keep_restrictions(page, new_page)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    patterns = [
        path("", views.overview, name="parked"),
        path("<int:pk>/again/", views.again, name="again"),
    ]
    return [path("parked/", include((patterns, "publication")))]


@hooks.register("register_reports_menu_item")
def register_menu_item() -> MenuItem:
    return MenuItem(
        gettext_lazy("Could not be passed on"),
        reverse("publication:parked"),
        name="parked",
        icon_name="warning",
        order=1200,
    )


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
