"""The import in the CMS: its address and its entry in the menu."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from safespace_map.exchange import views


class ImportMenuItem(MenuItem):
    """Shown to whoever may add places."""

    def is_shown(self, request: HttpRequest) -> bool:
        return views.may_import(request.user)


@hooks.register("register_admin_urls")
def register_import_url() -> list[URLPattern]:
    return [path("safe-spaces/import/", views.import_places, name="import_places")]


@hooks.register("register_admin_menu_item")
def register_import_menu_item() -> MenuItem:
    return ImportMenuItem(
        gettext_lazy("Import safe spaces"),
        reverse("import_places"),
        name="import-safe-spaces",
        icon_name="download",
        order=810,
    )
