"""Before and after as a drawing: from figures to the geometry that a template draws. Pure, no database, no HTML.

All lengths are whole units of the drawing, which is `WIDTH` wide; a template must never print a fraction, which some
languages write with a comma.
"""

from dataclasses import dataclass
from decimal import Decimal

WIDTH = 320
TRACK = 240  # length of the axis; the figure stands beside its end
TRACK_HEIGHT = 14
ROW = 44  # from one bar to the next
TOP = 18  # the baseline of the first label
BELOW_LABEL = 6


@dataclass(frozen=True)
class Figure:
    """What was measured once: how many answered, and their mean or share. `None` where it was not asked."""

    n: int | None
    value: Decimal | None


@dataclass(frozen=True)
class Bar:
    """One bar with the places of its label and its figure."""

    name: str
    n: int
    value: Decimal
    x: int
    y: int
    length: int
    track_x: int
    text_x: int
    text_y: int
    figure_x: int
    figure_y: int


@dataclass(frozen=True)
class Chart:
    """A drawing of one or two bars on an axis from `low` to `high`."""

    width: int
    height: int
    bars: tuple[Bar, ...]
    track: int
    track_height: int
    low: int
    high: int
    anchor: str  # which end of a text stands at its place; the drawing itself always counts from the left

    @property
    def isolate(self) -> tuple[str, str]:
        """The signs around a text that keep its own direction; none where all is written from the left."""
        return ("\u2068", "\u2069") if self.anchor == "end" else ("", "")


def draw(before: Figure, after: Figure, low: int, high: int, *, from_right: bool = False) -> Chart | None:
    """Return the drawing, or `None` where nothing may be drawn: no figure says how many answered, or no axis.

    `from_right` mirrors it for languages that are read from right to left.
    """
    if low >= high:
        return None
    shown = [(name, one) for name, one in (("before", before), ("after", after)) if one.n and one.value is not None]
    bars = tuple(_bar(place, name, one, low, high, from_right) for place, (name, one) in enumerate(shown))
    if not bars:
        return None
    return Chart(WIDTH, ROW * len(bars), bars, TRACK, TRACK_HEIGHT, low, high, "end" if from_right else "start")


def _bar(place: int, name: str, figure: Figure, low: int, high: int, from_right: bool) -> Bar:
    assert figure.n is not None  # noqa: S101 - `draw` chose those that have both
    assert figure.value is not None  # noqa: S101
    part = (min(max(figure.value, Decimal(low)), Decimal(high)) - low) / (high - low)
    length = round(part * TRACK)
    top = place * ROW
    text_y = top + TOP
    y = text_y + BELOW_LABEL
    beside = TRACK + 8
    return Bar(
        name=name,
        n=figure.n,
        value=figure.value,
        x=WIDTH - length if from_right else 0,
        y=y,
        length=length,
        track_x=WIDTH - TRACK if from_right else 0,
        text_x=WIDTH if from_right else 0,
        text_y=text_y,
        figure_x=WIDTH - beside if from_right else beside,
        figure_y=y + TRACK_HEIGHT - 1,
    )
