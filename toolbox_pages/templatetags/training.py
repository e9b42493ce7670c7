"""Tags of trainings: durations and dates."""

from typing import Any

from django import template
from django.utils import formats
from django.utils.translation import gettext as _

from toolbox_pages import durations

register = template.Library()
register.filter("duration", durations.spoken)
register.filter("iso_duration", durations.iso)
register.filter("clock", durations.clock)


@register.filter
def held(run: Any) -> str:
    """Return when a training was held, as exactly as that is known."""
    style = "YEAR_MONTH_FORMAT" if run.precision == run.Precision.MONTH else "DATE_FORMAT"
    begin = formats.date_format(run.starts_on, style)
    end = formats.date_format(run.ends_on, style) if run.ends_on else begin
    return begin if begin == end else _("%(begin)s to %(end)s") % {"begin": begin, "end": end}
