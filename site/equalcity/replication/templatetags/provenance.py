"""Where a public page comes from: `{% load provenance %}{% provenance page %}`."""

from typing import Any

from django import template
from wagtail.models import Page

from equalcity.replication.models import Replica

register = template.Library()


@register.inclusion_tag("replication/provenance.html")
def provenance(page: Page | None) -> dict[str, Any]:
    """Say from whom a pulled page was taken; nothing for our own. One query."""
    pk = getattr(page, "alias_of_id", None) or getattr(page, "pk", None)
    replica = Replica.objects.filter(object_id=pk, anchor=False).select_related("peer").first() if pk else None
    return {"peer": replica.peer if replica else None}
