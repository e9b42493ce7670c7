"""Tags of a best practice."""

from typing import Any

from django import template

register = template.Library()

BEST = 5


@register.inclusion_tag("toolbox_pages/includes/score.html")
def score(given: int) -> dict[str, Any]:
    """Draw a review's score as filled and empty arches, with the words beside it."""
    return {"score": given, "marks": [mark < given for mark in range(BEST)]}
