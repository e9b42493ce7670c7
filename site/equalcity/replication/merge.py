"""Three-way merge of sources: what happens when both sides may have changed. Pure; knows no database.

This first form decides for a page as a whole. Merging by field, block and list item fits in the same place: it
will take the same four sources and return a merged one with the paths that clash.
"""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

Source = dict[str, Any]


class Decision(Enum):
    """What to do with a new version from upstream."""

    NOTHING = auto()  # nothing changed there, or both sides made the same change
    TAKE = auto()  # changed only there
    CONFLICT = auto()  # changed on both sides: ours stays, theirs is kept beside it


@dataclass(frozen=True)
class Sides:
    """The four sources of a merge.

    `base` is what upstream had at the last pull and `theirs` what it has now; `applied` is what stood here right
    after the last pull (it differs from `base` where something could not be placed) and `mine` what stands now.
    """

    base: Source
    applied: Source
    mine: Source
    theirs: Source


def merge(sides: Sides) -> Decision:
    """Decide what becomes of `sides.theirs`."""
    theirs = content(sides.theirs)
    if theirs == content(sides.base) or theirs == content(sides.mine):
        return Decision.NOTHING
    if content(sides.mine) == content(sides.applied):
        return Decision.TAKE
    return Decision.CONFLICT


def content(source: Source) -> tuple[Any, Any]:
    """Return what people wrote: not where it came from, nor the descriptions of files, which follow by themselves."""
    return source.get("fields"), source.get("children")
