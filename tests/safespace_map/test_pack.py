"""The file of a city: complete, self-contained, honest about its age, the same bytes each time."""

import datetime
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from equalcity.publication.record import record
from safespace_map import pack
from safespace_map.freshness import GRACE
from tests.factories import OpeningExceptionFactory, SafeSpacePageFactory, Tree
from tests.factories.map import Map, add_roman_table

pytestmark = pytest.mark.django_db


def made(city: str = "brussels", language: str = "en") -> str:
    content = pack.made(city, language)
    assert content is not None
    return content.decode()


def test_it_holds_every_place_of_the_city_with_numbers_and_hours(safe_map: Map) -> None:
    text = made()
    for title in ("Open Door Counter", "The Lantern Room", "Night Line"):
        assert text.count(title) >= 2
    for number in ("tel:+0000000101", "tel:112", "tel:116016"):
        assert f'href="{number}"' in text
    assert "Monday to Friday: 09:00 to 17:00" in text
    assert "<h2>Legal advice</h2>" in text


def test_it_holds_no_place_of_another_city(safe_map: Map) -> None:
    add_roman_table(safe_map)
    assert "Roman Table" not in made()
    assert set(re.findall(r"<article id=\"p\d+\"><h3[^>]*>([^<]+)", made("rome"))) == {"Roman Table"}


def test_it_needs_nothing_from_anywhere(safe_map: Map) -> None:
    text = made()
    assert re.findall(r"\b(?:src|srcset|action|@import)\b\s*[=(]|url\(|https?://", text) == []
    assert set(re.findall(r'href="([a-z]*:|#)', text)) <= {"tel:", "sms:", "#"}
    assert "default-src 'none'" in text


def test_its_title_tells_nothing(safe_map: Map, client: Client) -> None:
    assert "<title>Notes</title>" in made()
    answer = client.get(f"{safe_map.index.url}pack/brussels/")
    assert answer["Content-Disposition"] == 'attachment; filename="notes.html"'
    assert answer.content.decode() == made()


def test_it_says_until_when_it_may_be_trusted(safe_map: Map) -> None:
    safe_map.area.check_again_by = timezone.localdate() + datetime.timedelta(days=9)
    safe_map.area.save()
    record()
    last = safe_map.area.check_again_by + GRACE
    text = made()
    assert f"Do not rely on it after {last.day} {last:%B} {last.year}." in text
    assert f'data-expires="{last:%Y-%m-%d}"' in text


def test_what_is_late_already_is_not_handed_on(safe_map: Map) -> None:
    safe_map.area.checked_on -= datetime.timedelta(days=90)
    safe_map.area.check_again_by = timezone.localdate() - datetime.timedelta(days=1)
    safe_map.area.save()
    record()
    assert "The Lantern Room" not in made()


def test_the_same_places_give_the_same_bytes(safe_map: Map) -> None:
    OpeningExceptionFactory(page=safe_map.exact)
    safe_map.exact.save()
    record()
    assert pack.made("brussels", "en") == pack.made("brussels", "en")


def test_a_large_city_is_cut_at_whole_places_and_says_so(
    safe_map: Map, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(12):
        SafeSpacePageFactory(parent=safe_map.organisation, city=tree.city, title=f"Line {number}")
    record()
    most = len(made().encode()) - 300
    monkeypatch.setattr(pack, "MOST_BYTES", most)
    content = pack.made("brussels", "en")
    assert content is not None
    assert len(content) <= most
    assert re.search(r"The first \d+ of 15 places\.", content.decode())
    assert content.decode().endswith("</html>\n")


def test_no_city_is_too_large(safe_map: Map, monkeypatch: pytest.MonkeyPatch) -> None:
    """300 KB, however many places there are."""
    (place, *_others) = pack.places("en")
    monkeypatch.setattr(pack, "places", lambda _language: [place] * 2000)
    assert 250 * 1024 < len(made().encode()) <= 300 * 1024


@pytest.mark.parametrize(("city", "language"), [("rome", "en"), ("nowhere", "en"), ("brussels", "nl")])
def test_a_city_without_places_has_none(safe_map: Map, client: Client, city: str, language: str) -> None:
    assert pack.made(city, language) is None
    with pytest.raises(CommandError):
        call_command("city_pack", city, language)


def test_there_is_no_download_of_nothing(safe_map: Map, client: Client) -> None:
    assert client.get(f"{safe_map.index.url}pack/rome/").status_code == 404


def test_the_command_writes_the_file(safe_map: Map, tmp_path: Path) -> None:
    said: Any = StringIO()
    call_command("city_pack", "brussels", "en", output=tmp_path / "notes.html", stdout=said)
    assert (tmp_path / "notes.html").read_text("utf-8") == made()
    assert "bytes" in said.getvalue()
