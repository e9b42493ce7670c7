"""Pictures are served where a public page shows them, while their consent lasts."""

import datetime
import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from equalcity.publication.record import record
from tests.factories import ImageFactory, Tree, UserFactory

# Wagtail leaves the file in which it makes a rendition to the garbage collector.
UPSTREAM = "ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning"
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings(UPSTREAM)]


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def status(client: Client, address: str) -> int:
    with closing(client.get(address)) as response:
        return int(response.status_code)


def test_a_rendition_is_served_with_its_type(client: Client) -> None:
    client.force_login(UserFactory())
    with closing(client.get(ImageFactory().get_rendition("width-20|format-webp").url)) as response:
        assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
        assert b"".join(response.streaming_content)[8:12] == b"WEBP"
        assert response["X-Content-Type-Options"] == "nosniff"


def test_not_after_the_consent_has_run_out(client: Client, tree: Tree) -> None:
    picture = ImageFactory()
    address = picture.get_rendition("width-20").url
    assert status(client, address) == 404
    about = tree.about
    about.body = json.dumps(
        [{"type": "picture", "value": {"image": {"image": picture.pk, "decorative": True, "alt_text": ""}}}]
    )
    about.save()
    record()
    assert status(client, address) == 200
    picture.consent_until = datetime.date(2020, 1, 1)
    picture.save()
    assert status(client, address) == 404
    client.force_login(UserFactory())
    assert status(client, address) == 200


def test_nothing_else_below_media_is_served(client: Client) -> None:
    client.force_login(UserFactory())
    picture = ImageFactory()
    picture.get_rendition("width-20")
    assert status(client, f"/media/{picture.file.name}") == 404
    assert status(client, "/media/images/../equalcity.sqlite3") == 404
    assert status(client, "/media/images/nothing.png") == 404


def test_a_lost_file_is_a_404(client: Client) -> None:
    client.force_login(UserFactory())
    rendition = ImageFactory().get_rendition("width-20")
    Path(rendition.file.path).unlink()
    assert status(client, rendition.url) == 404
