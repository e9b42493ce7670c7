"""Tiles of the operator's own file, and none of anybody else."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, override_settings
from PIL import Image
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import write

from equalcity.settings import environment
from safespace_map import tiles

# Whoever asks for what is not there may be redirected: that is looked up.
pytestmark = pytest.mark.django_db


def picture() -> bytes:
    stream = BytesIO()
    Image.new("RGB", (4, 4), "#efe6fa").save(stream, "PNG")
    return stream.getvalue()


def make(path: Path, kind: TileType = TileType.PNG) -> Path:
    with write(str(path)) as writer:
        writer.write_tile(zxy_to_tileid(1, 1, 0), picture())
        header = {
            "tile_type": kind,
            "tile_compression": Compression.NONE,
            "min_lon_e7": 0,
            "min_lat_e7": 0,
            "max_lon_e7": 10,
            "max_lat_e7": 10,
            "center_lon_e7": 0,
            "center_lat_e7": 0,
        }
        writer.finalize(header, {})
    return path


def test_a_tile_is_served_and_kept_by_nobody(tmp_path: Path, client: Client) -> None:
    with override_settings(MAP_PMTILES=make(tmp_path / "city.pmtiles")):
        answer = client.get("/media/map/1/1/0")
        assert (answer.status_code, answer["Content-Type"], answer.content) == (200, "image/png", picture())
        assert answer["Cache-Control"] == "no-store"
        assert tiles.address() == "/media/map/{z}/{x}/{y}"


@pytest.mark.parametrize("path", ["1/0/0", "1/2/0", "0/1/0", "60/1/1", "99999999999/1/1"])
def test_what_the_file_does_not_hold_is_404(tmp_path: Path, client: Client, path: str) -> None:
    with override_settings(MAP_PMTILES=make(tmp_path / "city.pmtiles")):
        assert client.get(f"/media/map/{path}").status_code == 404


def test_without_a_file_there_are_no_tiles(client: Client) -> None:
    assert client.get("/media/map/1/1/0").status_code == 404
    assert tiles.address() == ""


def test_a_file_of_something_else_stops_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "text").write_text("x" * 200)
    for path in (tmp_path / "nothing", tmp_path / "text", make(tmp_path / "vectors", TileType.MVT)):
        monkeypatch.setenv("MAP_PMTILES", str(path))
        with pytest.raises(ImproperlyConfigured, match="MAP_PMTILES"):
            environment.raster_tiles("MAP_PMTILES")
    monkeypatch.setenv("MAP_PMTILES", str(make(tmp_path / "city.pmtiles")))
    assert environment.raster_tiles("MAP_PMTILES") == (tmp_path / "city.pmtiles").resolve()


@pytest.mark.parametrize("given", ["https://tiles.example.org/{z}/{x}/{y}.png", "//evil/{z}/{x}/{y}", "/tiles/{z}/{x}"])
def test_tiles_of_another_site_stop_the_start(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAP_TILE_URL", given)
    with pytest.raises(ImproperlyConfigured, match="MAP_TILE_URL"):
        environment.own_tiles("MAP_TILE_URL")
