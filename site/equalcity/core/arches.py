"""The identity: interlocking arches, a roof that many cities share, woven so that every crossing is over or under.

`drawings()` returns each composition as an SVG file. They are files of their own, so that pages stay small and
browsers draw them from one cached copy; colours are fixed because an image cannot read the page's tokens.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

NIGHT = "#2b1230"
VIOLET, TEAL, CLAY, BLUE = "#b99af0", "#5cc3b4", "#e8926a", "#84b4f2"
GAP = 6.0


@dataclass(frozen=True)
class Palette:
    """The ground of a cover and the three colours of its arches."""

    ground: str
    light: str
    deep: str
    middle: str


CITIES = {
    "brussels": Palette("#47207c", "#dccbfb", "#a77beb", "#c3a2f5"),
    "luxembourg": Palette("#0a4a49", "#c0ebe3", "#4fb3a5", "#86d2c6"),
    "rome": Palette("#74300f", "#fbd8c0", "#e08856", "#f0ad84"),
    "gothenburg": Palette("#163d75", "#cfe2fb", "#6fa3ea", "#9cc3f3"),
}
ANY = Palette(NIGHT, CLAY, VIOLET, TEAL)


@dataclass(frozen=True)
class Arch:
    """One strand of an arch: centre, radius, width and leg in drawing units; `place` and `strand` decide the weave."""

    x: float
    y: float
    radius: float
    width: float
    colour: str
    place: int
    strand: int
    leg: float

    def at(self, angle: float) -> tuple[float, float]:
        return self.x + self.radius * math.cos(angle), self.y - self.radius * math.sin(angle)


def number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def outline(arch: Arch) -> str:
    """Return the path of a whole arch with both legs."""
    left, right = arch.x - arch.radius, arch.x + arch.radius
    foot = number(arch.y + arch.leg)
    radius = number(arch.radius)
    return f"M{number(left)} {foot}V{number(arch.y)}A{radius} {radius} 0 0 1 {number(right)} {number(arch.y)}V{foot}"


def section(arch: Arch, start: float, end: float) -> str:
    """Return the path from angle `start` down to `end`; what lies past the springing runs straight down the leg."""
    before = max(0.0, start - math.pi) * arch.radius
    after = max(0.0, -end) * arch.radius
    x1, y1 = arch.at(min(math.pi, start))
    x2, y2 = arch.at(max(0.0, end))
    radius = number(arch.radius)
    first = f"M{number(x1)} {number(y1 + before)}V{number(y1)}" if before else f"M{number(x1)} {number(y1)}"
    last = f"V{number(y2 + after)}" if after else ""
    return f"{first}A{radius} {radius} 0 0 1 {number(x2)} {number(y2)}{last}"


def crossings(one: Arch, other: Arch) -> list[tuple[float, float]]:
    """Return the points above the springing where two arches cross."""
    dx, dy = other.x - one.x, other.y - one.y
    distance = math.hypot(dx, dy)
    apart = distance >= one.radius + other.radius
    if distance == 0 or apart or distance <= abs(one.radius - other.radius):
        return []
    along = (one.radius**2 - other.radius**2 + distance**2) / (2 * distance)
    across = math.sqrt(max(0.0, one.radius**2 - along**2))
    x, y = one.x + along * dx / distance, one.y + along * dy / distance
    sideways, upwards = across * dy / distance, across * dx / distance
    points = [(x + sideways, y - upwards), (x - sideways, y + upwards)]
    return [point for point in points if point[1] < one.y - 1 and point[1] < other.y - 1]


def stroke(path: str, colour: str, width: float) -> str:
    return f'<path d="{path}" stroke="{colour}" stroke-width="{number(width)}"/>'


def bridge(top: Arch, below: Arch, x: float, y: float, ground: str) -> str:
    """Return what lifts `top` over `below` at a crossing: a gap in the ground's colour, then the strand again."""
    over = math.atan2(top.y - y, x - top.x)
    under = math.atan2(below.y - y, x - below.x)
    sine = max(0.35, abs(math.sin(over - under)))
    reach = (below.width / 2 + GAP) / sine + (top.width / 2 + GAP) * math.sqrt(1 - min(1.0, sine**2)) / sine + 5
    gap, strand = reach / top.radius, (reach + 1.5) / top.radius
    return stroke(section(top, over + gap, over - gap), ground, top.width + 2 * GAP) + stroke(
        section(top, over + strand, over - strand), top.colour, top.width
    )


def weave(arches: Sequence[Arch], ground: str) -> str:
    """Return the arches, each passing over and under its neighbours by turns."""

    def parts() -> Iterator[str]:
        for arch in arches:
            yield stroke(outline(arch), arch.colour, arch.width)
        for index, one in enumerate(arches):
            for other in arches[index + 1 :]:
                for x, y in crossings(one, other):
                    one_is_over = (one.place + one.strand + other.strand) % 2 == 0
                    top, below = (one, other) if one_is_over else (other, one)
                    yield bridge(top, below, x, y, ground)

    return "".join(parts())


def in_front(arches: Sequence[Arch], ground: str) -> str:
    """Return the ground that hides what stands behind these arches."""
    filled = "".join(
        f'<path d="{outline(arch)}" fill="{ground}" stroke="none"/>' for arch in arches if arch.strand == 0
    )
    return filled + "".join(stroke(outline(arch), ground, arch.width + 2 * GAP) for arch in arches)


def arch(x: float, y: float, radii: Sequence[float], width: float, colour: str, place: int, leg: float) -> list[Arch]:
    return [Arch(x, y, radius, width, colour, place, strand, leg) for strand, radius in enumerate(radii)]


def row(
    x: float,
    y: float,
    step: float,
    colours: Sequence[str],
    radii: Sequence[float],
    width: float,
    leg: float,
    first: int = 0,
) -> list[Arch]:
    """Return arches side by side; `step` must be at least the outer radius plus half a stroke."""
    return [
        strand
        for place, colour in enumerate(colours)
        for strand in arch(x + place * step, y, radii, width, colour, place + first, leg)
    ]


def svg(view_box: str, body: str, align: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view_box}" '
        f'preserveAspectRatio="{align} slice" fill="none">{body}</svg>\n'
    )


def hero() -> str:
    """Two rows of the four cities' arches, one behind the other."""
    behind = row(330, 236, 216, (VIOLET, TEAL, BLUE), (196, 132), 36, 420)
    front = row(222, 500, 216, (CLAY, BLUE, VIOLET, TEAL), (196, 132), 36, 200, first=1)
    return svg("0 0 900 660", weave(behind, NIGHT) + in_front(front, NIGHT) + weave(front, NIGHT), "xMinYMin")


def strip() -> str:
    """One turn of the four colours, 448 units wide, that meets itself on both sides: tiled atop the footer."""
    arches = row(-112, 112, 112, (BLUE, VIOLET, TEAL, CLAY, BLUE, VIOLET, TEAL), (98, 64), 19, 10)
    return svg("0 0 448 112", weave(arches, NIGHT), "xMinYMax")


def cover(accent: str) -> str:
    """A city's own composition; any other word gives a general one."""
    colours = CITIES.get(accent, ANY)
    ground, light, deep, middle = colours.ground, colours.light, colours.deep, colours.middle
    if accent == "luxembourg":  # generations, one within the other
        rings = arch(400, 330, (310, 246, 182, 118, 54), 36, light, 0, 40)
        return svg(
            "60 0 640 340",
            "".join(stroke(outline(ring), deep if ring.strand % 2 else light, ring.width) for ring in rings),
            "xMinYMin",
        )
    if accent == "rome":  # a small arch in the shelter of a tall one
        tall = arch(420, 290, (270, 206), 36, light, 0, 80)
        small = arch(330, 290, (120, 62), 30, deep, 0, 80)
        beside = arch(500, 290, (92,), 30, middle, 1, 80)
        return svg(
            "60 0 640 340",
            weave(tall, ground) + in_front(small, ground) + weave([*small, *beside], ground),
            "xMinYMin",
        )
    if accent == "gothenburg":  # a family in three sizes
        family = [
            *arch(200, 260, (170, 112), 30, deep, 0, 90),
            *arch(400, 260, (196, 132), 30, light, 1, 90),
            *arch(600, 300, (104,), 30, deep, 2, 50),
        ]
        return svg("0 0 640 340", weave(family, ground), "xMinYMin")
    equals = [  # equal arches, arm in arm
        *arch(232, 220, (196, 132), 36, light, 0, 130),
        *arch(448, 220, (196, 132), 36, deep, 1, 130),
        *arch(664, 220, (196, 132), 36, light if accent in CITIES else middle, 2, 130),
    ]
    return svg("12 0 640 340", weave(equals, ground), "xMinYMin")


def drawings() -> dict[str, str]:
    """Return every drawing by its file name, such as `brussels.svg`."""
    covers = {f"{accent}.svg": cover(accent) for accent in CITIES}
    return {"hero.svg": hero(), "strip.svg": strip(), "any.svg": cover("any"), **covers}
