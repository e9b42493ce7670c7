"""Figures become a drawing only when they say how many answered."""

from decimal import Decimal

import pytest

from toolbox_pages.charts import ROW, TRACK, WIDTH, Figure, draw


def figure(n: int | None, value: str | None) -> Figure:
    return Figure(n, None if value is None else Decimal(value))


def test_bars_are_as_long_as_their_part_of_the_scale() -> None:
    chart = draw(figure(24, "3"), figure(22, "4"), 1, 5)
    assert chart is not None
    assert [(bar.name, bar.n, bar.x, bar.length) for bar in chart.bars] == [
        ("before", 24, 0, TRACK // 2),
        ("after", 22, 0, TRACK * 3 // 4),
    ]
    assert (chart.width, chart.height) == (WIDTH, 2 * ROW)


def test_from_the_right_it_is_mirrored() -> None:
    chart = draw(figure(24, "3"), figure(22, "5"), 1, 5, from_right=True)
    assert chart is not None
    assert [(bar.x, bar.length, bar.text_x) for bar in chart.bars] == [
        (WIDTH - TRACK // 2, TRACK // 2, WIDTH),
        (WIDTH - TRACK, TRACK, WIDTH),
    ]
    assert [bar.figure_x < bar.track_x for bar in chart.bars] == [True, True]
    assert chart.anchor == "end"


@pytest.mark.parametrize(
    ("before", "after", "names"),
    [
        (figure(None, "2.6"), figure(22, "3.9"), ["after"]),
        (figure(0, "2.6"), figure(22, "3.9"), ["after"]),
        (figure(24, "2.6"), figure(22, None), ["before"]),
        (figure(24, "0"), figure(22, "99"), ["before", "after"]),
    ],
)
def test_a_figure_without_answers_is_not_drawn(before: Figure, after: Figure, names: list[str]) -> None:
    chart = draw(before, after, 0, 100)
    assert chart is not None
    assert [bar.name for bar in chart.bars] == names
    assert chart.height == ROW * len(names)


def test_nothing_is_drawn_without_answers_or_axis() -> None:
    assert draw(figure(None, "2.6"), figure(0, "3.9"), 1, 5) is None
    assert draw(figure(24, "2.6"), figure(22, "3.9"), 5, 5) is None


@pytest.mark.parametrize(("value", "length"), [("0", 0), ("-3", 0), ("1", 0), ("5", TRACK), ("99", TRACK)])
def test_what_lies_outside_the_scale_ends_with_it(value: str, length: int) -> None:
    chart = draw(figure(1, value), figure(None, None), 1, 5)
    assert chart is not None
    assert chart.bars[0].length == length
