"""Whose turn it is: who writes a page and its translation memory takes the page first, in every language.

Whoever takes words back from both (safety rule 3) does so, too. In the other order each could wait for the other, and
PostgreSQL would refuse one of them.
"""

import uuid

from wagtail.models import Page


def take_turn(key: uuid.UUID) -> None:
    """Wait for whoever else writes the page with this key in any language. Belongs at the start of a transaction."""
    list(Page.objects.select_for_update().filter(translation_key=key).order_by("pk").values_list("pk"))
