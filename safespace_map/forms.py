"""The editors' form of a place: how exactly it may be known is shown there, and changed elsewhere."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm


class PlaceForm(WagtailAdminPageForm):
    """Chosen once, when the place is made; afterwards a door of its own leads to it (safety rule 3)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("precision")
        if field is None or self.instance.pk is None:
            return
        # What is sent all the same is not read.
        field.disabled = True
        field.help_text = format_html(
            '<a href="{}">{}</a>',
            reverse("safespace_map:precision", args=[self.instance.pk]),
            _("Change how exactly it may be known"),
        )
