"""What home adds to the CMS: the texts on every page, one set a language."""

from typing import Any

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from home.models import SiteTexts


class SiteTextsViewSet(SnippetViewSet):
    """Footer, contact, help line words and Exit, language by language."""

    model: Any = SiteTexts
    icon = "edit"
    list_display = ["__str__", "funding"]
    add_to_settings_menu = True
    copy_view_enabled = False


register_snippet(SiteTextsViewSet)
