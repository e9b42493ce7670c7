"""How Wagtail expands links to pages in rich text; apart from `links`, because it needs all models to be loaded."""

from typing import Any

from django.utils.html import escape
from wagtail.rich_text.pages import PageLinkHandler

from equalcity.core.links import addresses


class LocalPageLinkHandler(PageLinkHandler):
    """Links to pages in rich text."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        ids = [int(attrs["id"]) for attrs in attrs_list if str(attrs.get("id", "")).isdigit()]
        found = {str(page_id): address for page_id, address in addresses(ids).items()}
        return [
            f'<a href="{escape(found[str(attrs.get("id"))])}">' if found.get(str(attrs.get("id"))) else "<a>"
            for attrs in attrs_list
        ]
