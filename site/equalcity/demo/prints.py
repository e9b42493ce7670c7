"""Posters, leaflets, cards and pictures drawn for the demonstration: words and arches, nobody's face.

The arches are those of the site (`core.arches`); WeasyPrint lays the words out, and may load nothing from anywhere.
"""

import io
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any

from PIL import Image, ImageDraw, ImageFont
from weasyprint import HTML
from weasyprint.urls import URLFetcher

from equalcity.core.arches import drawings
from equalcity.core.languages import direction
from equalcity.demo.pictures import COLOURS, SCALE, city_picture

PAPER_MM = {"a2": (420, 594), "a3": (297, 420), "a4": (210, 297), "a5": (148, 210), "a6": (105, 148)}
STYLE = """
@page { size: %(width)dmm %(height)dmm; margin: 0 }
html { font: 400 %(text).1fmm/1.45 "Noto Sans", "Noto Sans Arabic", "DejaVu Sans", sans-serif; color: #fff6ea }
body { margin: 0; height: %(height)dmm; background: %(ground)s; position: relative }
main { padding: %(edge).1fmm }
h1 { font-size: 2.6em; line-height: 1.15; margin: 0 0 .7em }
p, li { margin: 0 0 .6em; font-size: 1.15em }
ul { margin: 0; padding-inline-start: 1.2em }
img { position: absolute; left: 0; bottom: 0; width: %(width)dmm; opacity: .55 }
footer { position: absolute; inset-inline: 0; bottom: 0; padding: .6em %(edge).1fmm; background: %(ground)s }
footer { font-size: .75em }
"""


# What a print brings along; nothing else may be loaded.
FETCHER = URLFetcher(allowed_protocols=["data"], fail_on_errors=True)


@dataclass(frozen=True)
class Words:
    """What stands on a print, in one language; `lines` one below the other."""

    language: str
    title: str
    lines: tuple[str, ...]
    label: str


@cache
def pdf(words: Words, size: str, city: str) -> bytes:
    """Return a tagged PDF in the size of a paper and the colours of a city."""
    width, height = PAPER_MM[size]
    style = STYLE % {
        "width": width,
        "height": height,
        "edge": width / 14,
        "text": width / 28,
        "ground": COLOURS[city][0],
    }
    lines = "".join(f"<p>{escape(line)}</p>" for line in words.lines)
    svg = drawings()[f"{city}.svg"]
    head = f'<title>{escape(words.title)}</title><meta name="author" content="Equal(c)ity"><style>{style}</style>'
    art = f'<img src="data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}" alt="">'
    body = f"{art}<main><h1>{escape(words.title)}</h1>{lines}</main>"
    foot = f"<footer>Equal(c)ity · {escape(words.label)}</footer>"
    language = f'lang="{words.language}" dir="{direction(words.language)}"'
    html = f"<html {language}><head>{head}</head><body>{body}{foot}</body></html>"
    made: bytes = HTML(string=html, url_fetcher=FETCHER).write_pdf(pdf_tags=True)
    return made


@cache
def picture(words: Words, size: tuple[int, int], city: str) -> bytes:
    """Return a PNG for screens: the words above the arches of a city. For languages in Latin letters."""
    width, height = size
    ground = Image.open(io.BytesIO(city_picture(city))).convert("RGB")
    canvas = Image.new("RGB", (width * SCALE, height * SCALE), COLOURS[city][0])
    art = ground.resize((width * SCALE, width * SCALE * ground.height // ground.width))
    # The arches fill the lower two thirds of their picture: they begin below the words and stand on the edge.
    canvas.paste(art, (0, max(height * SCALE * 52 // 100 - art.height * 2 // 5, height * SCALE - art.height)))
    draw = ImageDraw.Draw(canvas)
    # The words stand on plain ground above the arches.
    draw.rectangle((0, 0, width * SCALE, height * SCALE // 2), fill=COLOURS[city][0])
    edge, y = width * SCALE // 14, width * SCALE // 16
    for text, share, colour in ((words.title, 15, "#fff6ea"), *((line, 26, "#fff6ea") for line in words.lines)):
        font = _font(width * SCALE // share)
        for line in _wrapped(draw, text, font, width * SCALE - 2 * edge):
            draw.text((edge, y), line, fill=colour, font=font)
            y += int(font.size * 1.3)
        y += width * SCALE // 60
    small = _font(width * SCALE // 48)
    draw.rectangle((0, height * SCALE - small.size * 2, width * SCALE, height * SCALE), fill=COLOURS[city][0])
    draw.text((edge, height * SCALE - small.size * 1.6), f"Equal(c)ity · {words.label}", fill="#fff6ea", font=small)
    out = io.BytesIO()
    canvas.resize(size, Image.Resampling.LANCZOS).quantize(128, dither=Image.Dither.NONE).convert("RGB").save(
        out, "PNG", optimize=True
    )
    return out.getvalue()


def _font(size: int) -> Any:
    for name in ("NotoSans-Bold.ttf", "DejaVuSans-Bold.ttf"):
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)


def _wrapped(draw: Any, text: str, font: Any, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if draw.textlength(longer, font=font) > width and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


@cache
def preview(key: str, shape: tuple[int, int], city: str) -> bytes:
    """Return the small picture of a material: its shape and arches, without words; the key sets it apart."""
    art = Image.open(io.BytesIO(city_picture(city))).convert("RGB")
    width, height = shape
    canvas = Image.new("RGB", shape, COLOURS[city][0])
    scaled = art.resize((width, width * art.height // art.width))
    canvas.paste(scaled, (0, height - scaled.height))
    draw = ImageDraw.Draw(canvas)
    for row, part in enumerate(_bars(key)):
        top = height // 12 + row * height // 16
        draw.rectangle((width // 12, top, width // 12 + int(width * part), top + height // 36), fill=COLOURS[city][1])
    out = io.BytesIO()
    canvas.save(out, "PNG", optimize=True)
    return out.getvalue()


def _bars(key: str) -> list[float]:
    """Return lengths of the bars that stand for words, always the same for one key."""
    return [0.3 + (sum(key.encode()) * (row + 3) % 50) / 100 for row in range(3)]
