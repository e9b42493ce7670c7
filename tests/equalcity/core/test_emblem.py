"""The emblem of the European Union in the footer is drawn as its graphics guide says."""

import math
import re

from django.conf import settings

WIDTH, HEIGHT = 90, 60
DRAWING = (settings.PACKAGE / "core/static/core/eu.svg").read_text("utf-8")


def numbers(text: str) -> list[float]:
    return [float(one) for one in re.findall(r"-?[\d.]+", text)]


def test_twelve_stars_stand_like_the_hours_of_a_clock() -> None:
    places = [numbers(found) for found in re.findall(r'<use href="#s" (x="[^"]+" y="[^"]+")/>', DRAWING)]
    radius = HEIGHT / 3
    hours = [math.radians(30 * hour) for hour in range(12)]
    wanted = [(WIDTH / 2 + radius * math.sin(one), HEIGHT / 2 - radius * math.cos(one)) for one in hours]
    assert len(places) == 12
    assert all(math.dist(place, want) < 0.01 for place, want in zip(places, wanted, strict=True))


def test_a_star_stands_upright_in_a_circle_of_an_eighteenth_of_the_height() -> None:
    found = re.search(r'points="([^"]+)"', DRAWING)
    assert found
    points = [tuple(numbers(pair)) for pair in found[1].split()]
    assert points[0][0] == 0
    assert points[0][1] < 0
    assert all(abs(math.hypot(*point) - HEIGHT / 18) < 0.01 for point in points[::2])
    # The straight lines of a pentagram meet here.
    assert all(abs(math.hypot(*point) - HEIGHT / 18 * 0.382) < 0.01 for point in points[1::2])


def test_its_colours_and_a_white_border_on_our_dark_ground() -> None:
    assert [*re.findall(r'fill="(#\w+)"', DRAWING)] == ["#fff", "#039", "#fc0"]
    border = HEIGHT / 25
    view = re.search(r'viewBox="([^"]+)"', DRAWING)
    assert view
    assert numbers(view[1]) == [-border, -border, WIDTH + 2 * border, HEIGHT + 2 * border]
