"""What the core adds to the CMS: vocabularies, links in the reader's language, the way to one's second factor."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from equalcity.core.link_handler import LocalPageLinkHandler
from equalcity.core.models import City, CityService, District, Help, Role, Setting, TargetGroup, Theme


class TermViewSet(SnippetViewSet):
    """The terms of one vocabulary, in the order in which readers see them."""

    model: Any = None
    list_display = ["name", "code", "sort_order"]
    search_fields = ["name", "code"]
    ordering = ["sort_order", "name"]
    copy_view_enabled = False


class CityViewSet(TermViewSet):
    model = City
    icon = "site"


class TargetGroupViewSet(TermViewSet):
    model = TargetGroup
    icon = "group"


class ThemeViewSet(TermViewSet):
    model = Theme
    icon = "tag"


class SettingViewSet(TermViewSet):
    model = Setting
    icon = "home"


class RoleViewSet(TermViewSet):
    model = Role
    icon = "user"
    list_display = ["name", "code", "engagement", "sort_order"]


class CityServiceViewSet(TermViewSet):
    model = CityService
    icon = "clipboard-list"


class HelpViewSet(TermViewSet):
    model = Help
    icon = "help"


class DistrictViewSet(TermViewSet):
    model = District
    icon = "site"
    list_display = ["name", "code", "city", "sort_order"]


class VocabulariesViewSetGroup(SnippetViewSetGroup):
    """The words by which content is found and filtered."""

    menu_label: Any = _("Vocabularies")
    menu_icon = "list-ul"
    menu_order: Any = 450
    items: Any = (
        CityViewSet,
        TargetGroupViewSet,
        ThemeViewSet,
        SettingViewSet,
        RoleViewSet,
        CityServiceViewSet,
        HelpViewSet,
        DistrictViewSet,
    )


register_snippet(VocabulariesViewSetGroup)


@hooks.register("register_rich_text_features", order=100)
def look_up_links_at_once(features: FeatureRegistry) -> None:
    """After Wagtail's own registration, which it replaces."""
    features.register_link_type(LocalPageLinkHandler)


@hooks.register("register_account_menu_item")
def second_factor_item(request: HttpRequest) -> dict[str, object]:
    return {
        "url": reverse("mfa_index"),
        "label": _("Your second factor"),
        "help_text": _("See or renew your recovery codes, or take another telephone."),
    }
