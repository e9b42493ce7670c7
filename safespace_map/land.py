"""The outlines of the world's countries that the map draws when it is far out: made small once, kept as a file.

They come from Natural Earth (public domain) as the package `world-atlas` of npm packs it (ISC). To make the file anew:

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m safespace_map.land package/countries-50m.json

Borders are arcs that two countries share, so that they stay in step when points are left out. Europe is drawn finer
than the rest, and only as fine as is seen far out: nearer, the map shows the districts that the CMS knows.
"""

import json
import math
import sys
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "static" / "safespace_map" / "land.json"
SCALE = 50  # steps to a degree
EUROPE = (-25.0, 34.0, 45.0, 72.0)
FINE, COARSE = 0.03, 0.4  # degrees that a line may lie off
SMALLEST = 5  # an island is left out that is not this many times as wide

Line = list[tuple[float, float]]


def made(atlas: dict[str, Any]) -> dict[str, Any]:
    """Return the countries of a TopoJSON: arcs as whole numbers, each from the one before, and rings made of arcs."""
    full = list(_arcs(atlas))
    kept = [_simplified(arc, _tolerance(arc)) for arc in full]
    rings = [ring for ring in _rings(atlas) if _is_large(ring, full)]
    used = {number: place for place, number in enumerate(sorted({max(one, ~one) for ring in rings for one in ring}))}
    return {
        "scale": SCALE,
        "arcs": [_steps(kept[number]) for number in used],
        "rings": [[used[one] if one >= 0 else ~used[~one] for one in ring] for ring in rings],
    }


def _arcs(atlas: dict[str, Any]) -> Iterator[Line]:
    (wide, high), (west, south) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    for steps in atlas["arcs"]:
        x = y = 0
        line = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            line.append((x * wide + west, y * high + south))
        yield line


def _rings(atlas: dict[str, Any]) -> Iterator[list[int]]:
    for country in atlas["objects"]["countries"]["geometries"]:
        match country["type"]:
            case "Polygon":
                yield from country["arcs"]
            case "MultiPolygon":
                for polygon in country["arcs"]:
                    yield from polygon


def _tolerance(line: Line) -> float:
    west, south, east, north = EUROPE
    inside = any(west <= x <= east and south <= y <= north for x, y in line)
    return FINE if inside else COARSE


def _is_large(ring: list[int], arcs: list[Line]) -> bool:
    points = [point for one in ring for point in arcs[max(one, ~one)]]
    xs, ys = zip(*points, strict=True)
    return max(max(xs) - min(xs), max(ys) - min(ys)) > SMALLEST * _tolerance(points)


def _simplified(line: Line, tolerance: float) -> Line:
    """Leave out the points that lie nearer to the line without them (Douglas and Peucker)."""
    kept, open_ends = {0, len(line) - 1}, [(0, len(line) - 1)]
    while open_ends:
        first, last = open_ends.pop()
        between = range(first + 1, last)
        farthest = max(between, key=lambda one: _off(line[one], line[first], line[last]), default=None)
        if farthest is not None and _off(line[farthest], line[first], line[last]) > tolerance:
            kept.add(farthest)
            open_ends += [(first, farthest), (farthest, last)]
    return [line[one] for one in sorted(kept)]


def _off(point: tuple[float, float], start: tuple[float, float], end: tuple[float, float]) -> float:
    (x, y), (x1, y1), (x2, y2) = point, start, end
    wide, high = x2 - x1, y2 - y1
    square = wide * wide + high * high
    along = max(0.0, min(1.0, ((x - x1) * wide + (y - y1) * high) / square)) if square else 0.0
    return math.hypot(x - x1 - along * wide, y - y1 - along * high)


def _steps(line: Line) -> list[int]:
    points = [(0, 0), *((round(x * SCALE), round(y * SCALE)) for x, y in line)]
    return [step for (x, y), (x2, y2) in pairwise(points) for step in (x2 - x, y2 - y)]


def main(arguments: Iterable[str]) -> None:
    (path,) = arguments
    land = made(json.loads(Path(path).read_bytes()))
    FILE.write_text(json.dumps(land, separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
