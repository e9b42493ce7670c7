"""Links inside texts lead to the reader's language, and only to pages that the public may see.

A link to a hidden page keeps its words and loses its address: neither may tell that the page exists. The cost is
the same for one link and for thirty.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from wagtail.models import Page

from equalcity.core.public import public_pages


def addresses(page_ids: Iterable[int]) -> dict[int, str]:
    """Return where each public page is in the reader's language, or where it is at all. Two queries."""
    pages = list(Page.objects.filter(pk__in=set(page_ids)).values_list("pk", "translation_key"))
    language = get_language() or settings.LANGUAGE_CODE
    candidates = public_pages(Page.objects.filter(translation_key__in={key for _pk, key in pages}))
    shown: dict[Any, Page] = {}
    for page in candidates.select_related("locale"):
        shown[page.pk] = page
        if page.locale.language_code == language:
            shown[page.translation_key] = page
    found = {pk: shown.get(key) or shown.get(pk) for pk, key in pages}
    return {pk: page.url or "" for pk, page in found.items() if page is not None}


def localize_links(body: Iterable[Any]) -> Iterable[Any]:
    """Tell the link blocks of a body where they lead, all at once; returns the body."""
    values = [value for block in body for value in links_in(block) if value.get("page")]
    if values:
        found = addresses(value["page"].pk for value in values)
        for value in values:
            value.href = found.get(value["page"].pk, "")
    return body


def links_in(block: Any) -> Iterable[Any]:
    """Return the links of a block: the one that it is, or the rows that it holds."""
    return {"link": [block.value], "links": block.value}.get(block.block_type, [])
