"""What spans all guides and is no page of its own: practices side by side, and the map of what is missing."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from equalcity.core import languages
from toolbox_pages import compare, gaps


@require_safe
def side_by_side(request: HttpRequest) -> HttpResponse:
    """Compare the practices whose keys the address names; hidden ones are as unknown as those that never were.

    Keys are the same in every language, so that the language can be changed and the address be shared.
    """
    keys, strange = compare.asked_keys(request.GET.getlist("p"))
    pages = compare.practices(keys[: compare.MOST]) if keys else []
    found = [page.translation_key for page in pages]
    asked = compare.query_of(found)
    context = {
        "columns": compare.columns(pages, request),
        "lines": compare.lines(pages) if len(pages) > 1 else [],
        "missing": len(keys[: compare.MOST]) - len(pages) + strange,
        "too_many": len(keys) > compare.MOST,
        "most": compare.MOST,
        "choices": compare.choices(found),
        "languages": [replace(link, url=f"{link.url}?{asked}") for link in languages.same_path(request.path)]
        if asked
        else languages.same_path(request.path),
    }
    return render(request, "toolbox_pages/compare.html", context)


@require_safe
def gap_map(request: HttpRequest) -> HttpResponse:
    """Show for which people and on which themes there are practices, and where there are none yet."""
    return render(request, "toolbox_pages/gap_map.html", {"map": gaps.gap_map()})
