"""What the search adds to the editors' screens."""

from typing import Any

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from search.models import Synonyms


class SynonymsViewSet(SnippetViewSet):
    """Sets of words that search treats alike."""

    model: Any = Synonyms
    icon = "search"
    add_to_admin_menu = False
    list_display = ["words", "language"]
    list_filter = ["language"]
    search_fields = ["words"]


register_snippet(SynonymsViewSet)
