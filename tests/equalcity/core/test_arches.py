"""The drawings of the identity."""

import xml.etree.ElementTree as ElementTree
from math import pi

from equalcity.core.arches import CITIES, Arch, crossings, drawings, outline, section
from equalcity.core.models import City


def arch(x: float, radius: float, place: int = 0) -> Arch:
    return Arch(x, 100, radius, 10, "#fff", place, 0, 20)


def test_every_colour_that_editors_can_choose_has_a_drawing() -> None:
    assert set(CITIES) == set(City.Accent.values)
    assert set(drawings()) == {"hero.svg", "strip.svg", "any.svg", *(f"{name}.svg" for name in CITIES)}


def test_drawings_are_well_formed_and_small() -> None:
    for text in drawings().values():
        assert ElementTree.fromstring(text).tag == "{http://www.w3.org/2000/svg}svg"
        assert len(text) < 7_000


def test_an_arch_has_two_legs() -> None:
    assert outline(arch(100, 50)) == "M50 120V100A50 50 0 0 1 150 100V120"


def test_a_section_past_the_springing_runs_down_the_leg() -> None:
    assert section(arch(100, 50), pi / 2, -0.2) == "M100 50A50 50 0 0 1 150 100V110"


def test_arches_cross_once_above_the_springing_or_not_at_all() -> None:
    assert [(round(x), round(y)) for x, y in crossings(arch(100, 50), arch(160, 50))] == [(130, 60)]
    assert crossings(arch(100, 50), arch(200, 50)) == []
    assert crossings(arch(100, 50), arch(100, 30)) == []
