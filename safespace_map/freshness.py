"""How long what is known of a place may be trusted: checked, due, marked, off the map (safety rule 5).

A place leaves the map by itself, by the page's own date of expiry: the one predicate keeps it from page, API, feed,
search and map in the same moment, whether or not any worker runs.
"""

import datetime
import enum

from django.utils import timezone

# Days after the day of the next check during which a place is shown with a mark.
GRACE = datetime.timedelta(days=14)
# Days before the day of the next check from which staff are reminded.
NOTICE = datetime.timedelta(days=14)


class State(enum.Enum):
    """Where a place stands between two checks."""

    FRESH = "fresh"
    DUE = "due"
    STALE = "stale"
    GONE = "gone"


def state(check_again_by: datetime.date, today: datetime.date) -> State:
    """Return how far the information may be trusted on a day."""
    if today > check_again_by + GRACE:
        return State.GONE
    if today > check_again_by:
        return State.STALE
    return State.DUE if today > check_again_by - NOTICE else State.FRESH


def leaves_the_map(check_again_by: datetime.date | None) -> datetime.datetime | None:
    """Return the moment from which a place is not shown any more, in UTC: the end of its last day everywhere."""
    if check_again_by is None:
        return None
    end = check_again_by + GRACE + datetime.timedelta(days=1)
    return datetime.datetime.combine(end, datetime.time.min, tzinfo=datetime.UTC)


def is_stale(check_again_by: datetime.date) -> bool:
    """Whether readers must be told that the check is late."""
    return state(check_again_by, timezone.localdate()) in {State.STALE, State.GONE}
