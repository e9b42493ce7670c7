"""Tiles of the map from one file of the operator's choice (PMTiles, raster), served by ourselves.

No tile is ever asked of another site: whoever answers such requests learns which streets somebody looks at.
"""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.urls import reverse
from pmtiles.reader import MmapSource, Reader
from pmtiles.tile import TileType

TYPES = {
    TileType.PNG: "image/png",
    TileType.JPEG: "image/jpeg",
    TileType.WEBP: "image/webp",
    TileType.AVIF: "image/avif",
}
MOST_ZOOM = 22


def address() -> str:
    """Return where the map finds its tiles, with `{z}`, `{x}` and `{y}` in it; nothing when there are none."""
    if settings.MAP_TILE_URL:
        return str(settings.MAP_TILE_URL)
    if settings.MAP_PMTILES is None:
        return ""
    return reverse("map_tile", args=[0, 1, 2]).replace("0/1/2", "{z}/{x}/{y}")


def tile(request: HttpRequest, z: int, x: int, y: int) -> HttpResponse:
    """Answer with one tile; 404 where the file has none. Browsers keep none: they would tell where somebody looked."""
    if settings.MAP_PMTILES is None or z > MOST_ZOOM or max(x, y) >= 2**z:
        return HttpResponseNotFound()
    reader = _reader(settings.MAP_PMTILES)
    found = reader.get(z, x, y)
    if found is None:
        return HttpResponseNotFound()
    return HttpResponse(found, content_type=TYPES[reader.header()["tile_type"]])


@cache
def _reader(path: Path) -> Reader:
    """Map the file into memory once for the life of the process; what is mapped outlives the handle."""
    with path.open("rb") as file:
        return Reader(MmapSource(file))
