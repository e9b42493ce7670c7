"""What editors of trainings see beside the fields: the sum of the sessions, and whether the agenda agrees."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from toolbox_pages import training


class TotalPanel(Panel):
    """The sum of the sessions, with a warning where the stated minutes differ. It stops nobody from saving."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("Sum of the sessions"))
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "toolbox_pages/admin/total_panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return {
                **super().get_context_data(parent_context),
                "counted": training.counted_minutes(self.instance),
                "differs": training.stated_and_counted(self.instance),
            }
