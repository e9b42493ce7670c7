"""The editors' form of a place: how exactly it may be known is shown there, and changed elsewhere."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from equalcity.publication.models import Origin


class PlaceForm(WagtailAdminPageForm):
    """Chosen once, when the place is made; afterwards a door of its own leads to it (safety rule 3).

    A place that was pulled from a partner can be published, but not changed: whoever checked it is elsewhere.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_foreign = Origin.objects.filter(local_key=self.instance.translation_key).exists()
        if self.is_foreign:
            for one in self.fields.values():
                one.disabled = True
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

    def save(self, commit: bool = True) -> Any:
        """Save the rows, too, unless the place is a partner's: then nothing of what was sent counts."""
        return self.instance if self.is_foreign else super().save(commit=commit)
