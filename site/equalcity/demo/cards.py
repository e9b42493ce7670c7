"""Picture cards drawn for talks with parents: things and places, no people. The same bytes every time."""

import io
from collections.abc import Callable

from PIL import Image, ImageDraw

SIZE = (960, 720)
SCALE = 2
# The tokens of the style sheet: paper, ink, and the blues of Gothenburg's arches.
PAPER, INK, DEEP, MIDDLE, LIGHT, SAND = "#fffcf8", "#29112f", "#163d75", "#6fa3ea", "#cfe2fb", "#f4e8d8"
STROKE = 10 * SCALE

Draw = ImageDraw.ImageDraw


def at(*values: float) -> tuple[float, ...]:
    return tuple(value * SCALE for value in values)


def box(draw: Draw, left: float, top: float, right: float, bottom: float, fill: str, round_by: float = 0) -> None:
    draw.rounded_rectangle(at(left, top, right, bottom), round_by * SCALE, fill, INK, STROKE)


def line(draw: Draw, *points: float) -> None:
    draw.line(at(*points), INK, STROKE, "curve")


def suitcase(draw: Draw) -> None:
    draw.arc(at(400, 250, 560, 400), 180, 360, INK, STROKE)
    draw.polygon(at(220, 350, 740, 350, 790, 190, 270, 190), LIGHT, INK, STROKE)
    box(draw, 220, 350, 740, 600, MIDDLE, 24)
    for x in (320, 640):
        box(draw, x - 22, 350, x + 22, 420, SAND, 8)


def bridge(draw: Draw) -> None:
    draw.rectangle(at(0, 560, 960, 720), LIGHT)
    box(draw, 60, 300, 900, 360, MIDDLE)
    for left in (80, 355, 630):
        draw.arc(at(left, 370, left + 250, 790), 180, 360, INK, STROKE)
    for x in (70, 342, 617, 892):
        line(draw, x, 360, x, 600)


def table(draw: Draw) -> None:
    for left, top in ((300, 120), (300, 520), (640, 320), (60, 520)):
        box(draw, left, top, left + 120, top + 100, SAND, 20)
    draw.ellipse(at(200, 240, 600, 500), MIDDLE, INK, STROKE)
    draw.ellipse(at(340, 320, 460, 420), PAPER, INK, STROKE)


def phone(draw: Draw) -> None:
    box(draw, 120, 470, 840, 540, SAND, 10)
    for x in (200, 760):
        line(draw, x, 540, x, 690)
    box(draw, 370, 110, 590, 460, DEEP, 30)
    box(draw, 400, 160, 560, 400, LIGHT, 6)
    draw.ellipse(at(468, 412, 492, 436), PAPER)


def key(draw: Draw) -> None:
    box(draw, 140, 150, 820, 230, SAND, 12)
    for x in (260, 480, 700):
        draw.arc(at(x - 30, 220, x + 30, 290), 0, 180, INK, STROKE)
    draw.ellipse(at(200, 280, 320, 400), MIDDLE, INK, STROKE)
    draw.ellipse(at(240, 320, 280, 360), PAPER, INK, STROKE // 2)
    line(draw, 260, 400, 260, 600)
    for y in (530, 585):
        line(draw, 260, y, 320, y)


def schoolbag(draw: Draw) -> None:
    draw.arc(at(410, 100, 550, 260), 180, 360, INK, STROKE)
    box(draw, 280, 180, 680, 620, MIDDLE, 70)
    box(draw, 340, 420, 620, 560, LIGHT, 20)
    draw.polygon(at(420, 440, 560, 360, 590, 420, 450, 490), PAPER, INK, STROKE)


def window(draw: Draw) -> None:
    box(draw, 240, 110, 720, 620, "#ffdf9e", 12)
    line(draw, 480, 110, 480, 620)
    line(draw, 240, 365, 720, 365)
    draw.polygon(at(250, 120, 420, 120, 330, 370, 360, 610, 250, 610), MIDDLE, INK, STROKE)
    box(draw, 190, 620, 770, 670, SAND, 8)


def door(draw: Draw) -> None:
    box(draw, 300, 90, 660, 660, "#ffdf9e")
    draw.polygon(at(300, 90, 520, 160, 520, 700, 300, 660), DEEP, INK, STROKE)
    draw.ellipse(at(470, 400, 500, 430), SAND)
    line(draw, 120, 660, 300, 660)
    line(draw, 660, 660, 840, 660)


CARDS: dict[str, Callable[[Draw], None]] = {
    "suitcase": suitcase,
    "bridge": bridge,
    "table": table,
    "phone": phone,
    "key": key,
    "schoolbag": schoolbag,
    "window": window,
    "door": door,
}


def card_picture(name: str) -> bytes:
    """Return the PNG of a card; the same bytes every time."""
    picture = Image.new("RGB", (SIZE[0] * SCALE, SIZE[1] * SCALE), PAPER)
    CARDS[name](ImageDraw.Draw(picture))
    out = io.BytesIO()
    small = picture.resize(SIZE, Image.Resampling.LANCZOS)
    small.quantize(32, dither=Image.Dither.NONE).convert("RGB").save(out, "PNG", optimize=True)
    return out.getvalue()
