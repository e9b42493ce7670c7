"""Links inside texts lead to the reader's language, at the same cost for one link and for thirty.

Wagtail looks up the translation of each linked page by itself.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.html import escape
from django.utils.translation import get_language
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler


def addresses(page_ids: Iterable[int]) -> dict[int, str]:
    """Return where each page is in the reader's language, or where it is at all. Two queries."""
    pages = list(Page.objects.filter(pk__in=set(page_ids)).select_related("locale"))
    language = get_language() or settings.LANGUAGE_CODE
    translations = Page.objects.filter(
        translation_key__in={page.translation_key for page in pages},
        locale__language_code=language,
        live=True,
    )
    shown = {page.translation_key: page for page in translations.select_related("locale")}
    return {page.pk: shown.get(page.translation_key, page).url or "" for page in pages}


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


def localize_links(body: Iterable[Any]) -> Iterable[Any]:
    """Tell the link blocks of a body where they lead, all at once; returns the body."""
    values = [block.value for block in body if block.block_type == "link" and block.value.get("page")]
    if values:
        found = addresses(value["page"].pk for value in values)
        for value in values:
            value.href = found.get(value["page"].pk, "")
    return body
