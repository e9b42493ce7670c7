"""What the core adds to the CMS: the vocabularies."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from equalcity.core.models import City, Role, Setting, TargetGroup, Theme


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


class VocabulariesViewSetGroup(SnippetViewSetGroup):
    """The words by which content is found and filtered."""

    menu_label: Any = _("Vocabularies")
    menu_icon = "list-ul"
    menu_order: Any = 450
    items: Any = (CityViewSet, TargetGroupViewSet, ThemeViewSet, SettingViewSet, RoleViewSet)


register_snippet(VocabulariesViewSetGroup)
