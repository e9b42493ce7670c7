"""Countries behind the map: their borders stay shared, what is kept is small, and says where land is."""

import json
from typing import Any

import pytest

from safespace_map import land

Line = list[tuple[float, float]]

# Two countries side by side with a crooked border between them, an island and a rock.
ATLAS: dict[str, Any] = {
    "transform": {"scale": [0.001, 0.001], "translate": [0, 40]},
    "arcs": [
        [[1000, 0], [5, 300], [-5, 300], [200, 400], [-200, 0]],  # the border, up
        [[1000, 1000], [-1000, 0], [0, -1000], [1000, 0]],  # around the west
        [[1000, 0], [1000, 0], [0, 1000], [-1000, 0]],  # around the east
        [[3000, 0], [300, 0], [0, 300], [-300, -300]],
        [[4000, 0], [40, 0], [0, 40], [-40, -40]],
    ],
    "objects": {
        "countries": {
            "geometries": [
                {"type": "Polygon", "arcs": [[0, 1]]},
                {"type": "MultiPolygon", "arcs": [[[~0, 2]], [[3]], [[4]]]},
            ]
        }
    },
}


def polygons(made: dict[str, Any]) -> list[Line]:
    """Read the rings as the script of the map does."""
    lines = []
    for steps in made["arcs"]:
        line, x, y = [], 0, 0
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + dx, y + dy
            line.append((x / made["scale"], y / made["scale"]))
        lines.append(line)
    return [
        [point for one in ring for point in (lines[one] if one >= 0 else lines[~one][::-1])] for ring in made["rings"]
    ]


def holds(rings: list[Line], x: float, y: float) -> bool:
    """Whether a point is on land: a line to the east of it meets an odd number of borders."""
    met = 0
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                met += 1
    return met % 2 == 1


def test_a_border_is_one_line_for_both_countries() -> None:
    west, east, *islands = polygons(land.made(ATLAS))
    border = [(1.0, 40.0), (1.0, 40.6), (1.2, 41.0), (1.0, 41.0)]
    assert west[:4] == border
    assert east[:4] == border[::-1]
    assert islands == [[(3.0, 40.0), (3.3, 40.0), (3.3, 40.3), (3.0, 40.0)]]


@pytest.fixture(scope="module")
def world() -> list[Line]:
    assert land.FILE.stat().st_size <= 80 * 1024
    return polygons(json.loads(land.FILE.read_bytes()))


@pytest.mark.parametrize(
    ("place", "x", "y"),
    [
        ("Brussels", 4.3525, 50.8467),
        ("Luxembourg", 6.1319, 49.6116),
        ("Rome", 12.4964, 41.9028),
        ("inland of Gothenburg", 12.3, 57.72),
        ("Madrid", -3.7038, 40.4168),
        ("Nairobi", 36.8219, -1.2921),
        ("Lesotho, inside another country", 28.2336, -29.6100),
    ],
)
def test_land_is_land(world: list[Line], place: str, x: float, y: float) -> None:
    assert holds(world, x, y), place


@pytest.mark.parametrize(
    ("place", "x", "y"),
    [("North Sea", 3.0, 55.0), ("Kattegat", 11.3, 57.2), ("Tyrrhenian Sea", 11.5, 40.5), ("Atlantic", -30.0, 40.0)],
)
def test_sea_is_sea(world: list[Line], place: str, x: float, y: float) -> None:
    assert not holds(world, x, y), place
