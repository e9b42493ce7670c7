"""Pictures drawn for the demonstration: the roof of a city, in its colours. None shows people."""

import io

from PIL import Image, ImageDraw

SIZE = (1200, 675)
SCALE = 2
# Ground and three arches of each city, as in the style sheet's tokens.
COLOURS = {
    "brussels": ("#47207c", "#dccbfb", "#a77beb", "#c3a2f5"),
    "luxembourg": ("#0a4a49", "#c0ebe3", "#4fb3a5", "#86d2c6"),
    "rome": ("#74300f", "#fbd8c0", "#e08856", "#f0ad84"),
    "gothenburg": ("#163d75", "#cfe2fb", "#6fa3ea", "#9cc3f3"),
}
# Centre, outer radius (both as a part of the width) and colour of each arch: every city has its own family.
ARCHES = {
    "brussels": [(0.24, 0.20, 1), (0.50, 0.20, 2), (0.76, 0.20, 3)],
    "luxembourg": [(0.50, 0.40, 2), (0.50, 0.28, 3), (0.50, 0.16, 1)],
    "rome": [(0.56, 0.34, 2), (0.44, 0.16, 1)],
    "gothenburg": [(0.28, 0.24, 2), (0.58, 0.18, 3), (0.82, 0.12, 1)],
}


def city_picture(city: str) -> bytes:
    """Return the PNG of a city; the same bytes every time."""
    width, height = SIZE[0] * SCALE, SIZE[1] * SCALE
    colours = COLOURS[city]
    picture = Image.new("RGB", (width, height), colours[0])
    draw = ImageDraw.Draw(picture)
    stroke = int(width * 0.022)
    for centre, radius, colour in ARCHES[city]:
        x, outer = int(centre * width), int(radius * width)
        for r in (outer, int(outer * 0.62)):
            top = height - int(r * 1.15)
            draw.arc((x - r, top, x + r, top + 2 * r), 180, 360, fill=colours[colour], width=stroke)
            for leg in (x - r, x + r - stroke):
                draw.rectangle((leg, top + r, leg + stroke - 1, height), fill=colours[colour])
    out = io.BytesIO()
    picture.resize(SIZE, Image.Resampling.LANCZOS).quantize(64, dither=Image.Dither.NONE).convert("RGB").save(
        out, "PNG", optimize=True
    )
    return out.getvalue()
