"""Minutes as people say them: pure, in the active language."""

from django.utils.translation import gettext as _


def spoken(minutes: int) -> str:
    """Return `minutes` as hours and minutes, for example “2 h 30 min”."""
    hours, rest = divmod(minutes, 60)
    if hours and rest:
        return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}
    if hours:
        return _("%(hours)d h") % {"hours": hours}
    return _("%(minutes)d min") % {"minutes": rest}


def iso(minutes: int) -> str:
    """Return `minutes` as an ISO 8601 duration, for programs."""
    return f"PT{minutes // 60}H{minutes % 60}M"


def clock(minutes: int) -> str:
    """Return a moment counted from the beginning, as 1:05; the same signs in every language."""
    return f"{minutes // 60}:{minutes % 60:02}"
