"""`images/`, `documents/`, `media/`: only what published pages embed, while consent lasts."""

import hashlib
import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from equalcity.api.files import kept_for
from equalcity.core.models import CustomDocument, CustomImage
from equalcity.publication.record import record
from tests.factories import DocumentFactory, ImageFactory, Tree

Get = Callable[..., Any]


@pytest.fixture
def image(tree: Tree) -> CustomImage:
    found: CustomImage = ImageFactory(title="A room", credit="Ada", licence="CC BY 4.0")
    return found


@pytest.fixture
def document(tree: Tree) -> CustomDocument:
    found: CustomDocument = DocumentFactory(title="Ünïque <leaflet>\r\nX: y")
    return found


@pytest.fixture
def embedded(tree: Tree, image: CustomImage, document: CustomDocument) -> Tree:
    tree.practices[0].body = json.dumps(
        [
            {"type": "picture", "value": {"image": {"image": image.pk, "decorative": False, "alt_text": "A room"}}},
            {"type": "download", "value": {"document": document.pk}},
        ]
    )
    tree.practices[0].save()
    record()
    return tree


def content(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def seen(get: Get, image: CustomImage, document: CustomDocument) -> list[int]:
    """Status of everything that speaks of the two files, and how many are listed."""
    paths = (f"images/{image.pk}/", f"documents/{document.pk}/", f"media/{image.sha256}", f"media/{document.sha256}")
    counts = [get(path).json()["meta"]["total_count"] for path in ("images/", "documents/")]
    return [*(get(path).status_code for path in paths), *counts]


HERE, GONE = [200, 200, 200, 200, 1, 1], [404, 404, 404, 404, 0, 0]


def test_what_is_known_of_a_picture(embedded: Tree, get: Get, image: CustomImage) -> None:
    assert get(f"images/{image.pk}/").json() == {
        "id": image.pk,
        "meta": {
            "type": "core.CustomImage",
            "detail_url": f"http://testserver/api/v2/images/{image.pk}/",
            "tags": [],
            "download_url": f"http://testserver/api/v2/media/{image.sha256}",
            "sha256": image.sha256,
            "credit": "Ada",
            "licence": "CC BY 4.0",
        },
        "title": "A room",
        "width": image.width,
        "height": 30,
    }


def test_only_what_a_page_embeds(tree: Tree, get: Get, image: CustomImage, document: CustomDocument) -> None:
    record()
    assert seen(get, image, document) == GONE


def test_files_come_and_go_with_their_page(
    embedded: Tree, get: Get, image: CustomImage, document: CustomDocument
) -> None:
    assert seen(get, image, document) == HERE
    restriction = PageViewRestriction.objects.create(page=embedded.toolbox, restriction_type=PageViewRestriction.LOGIN)
    assert seen(get, image, document) == GONE
    restriction.delete()
    record()
    assert seen(get, image, document) == HERE
    embedded.practices[0].unpublish()
    assert seen(get, image, document) == GONE


def test_consent_ends_with_its_last_day(embedded: Tree, get: Get, image: CustomImage, document: CustomDocument) -> None:
    for model in (CustomImage, CustomDocument):
        model.objects.update(consent_until=timezone.localdate())
    assert seen(get, image, document) == HERE
    for model in (CustomImage, CustomDocument):
        model.objects.update(consent_until=timezone.localdate() - timedelta(days=1))
    assert seen(get, image, document) == GONE


def test_private_collections_stay_private(
    embedded: Tree, get: Get, image: CustomImage, document: CustomDocument
) -> None:
    outer = Collection.get_first_root_node().add_child(name="Private")
    inner = outer.add_child(name="Within")
    for model in (CustomImage, CustomDocument):
        model.objects.update(collection=inner)
    assert seen(get, image, document) == HERE
    CollectionViewRestriction.objects.create(collection=outer, restriction_type=CollectionViewRestriction.LOGIN)
    assert seen(get, image, document) == GONE


@pytest.mark.parametrize("kind", ["images", "documents"])
def test_queries_do_not_grow(tree: Tree, get: Get, kind: str) -> None:
    counts = []
    for total in (1, 3, 30):
        body = []
        for _ in range(total):
            if kind == "images":
                value = {"image": {"image": ImageFactory().pk, "decorative": True, "alt_text": ""}}
                body.append({"type": "picture", "value": value})
            else:
                body.append({"type": "download", "value": {"document": DocumentFactory().pk}})
        tree.practices[0].body = json.dumps(body)
        tree.practices[0].save()
        record()
        with CaptureQueriesContext(connection) as queries:
            assert get(f"{kind}/").json()["meta"]["total_count"] == total
        counts.append(len(queries))
    assert (counts, max(counts) <= 3) == ([counts[0]] * 3, True)


# Bytes ---------------------------------------------------------------------------------------------------------


def test_the_original_bytes(embedded: Tree, get: Get, image: CustomImage) -> None:
    response = get(f"media/{image.sha256}")
    body = content(response)
    assert hashlib.sha256(body).hexdigest() == image.sha256
    assert {name: response.headers.get(name) for name in HEADERS} == {
        "Content-Type": "image/png",
        "Content-Length": str(len(body)),
        "Content-Disposition": None,
        "Cache-Control": "public, max-age=86400, immutable",
        "ETag": f'"{image.sha256}"',
        "Accept-Ranges": "bytes",
        "X-Content-Type-Options": "nosniff",
    }
    assert get(f"media/{image.sha256}", headers={"if-none-match": response.headers["ETag"]}).status_code == 304


HEADERS = (
    "Content-Type",
    "Content-Length",
    "Content-Disposition",
    "Cache-Control",
    "ETag",
    "Accept-Ranges",
    "X-Content-Type-Options",
)


def test_documents_are_saved_and_never_opened(embedded: Tree, get: Get, document: CustomDocument) -> None:
    response = get(f"media/{document.sha256}")
    assert content(response) == Path(document.file.path).read_bytes()
    assert response.headers["Content-Type"].startswith("text/plain")
    assert response.headers["Content-Disposition"] == 'attachment; filename="unique-leaflet-x-y.txt"'


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-3", 206, slice(0, 4)),
        ("bytes=4-", 206, slice(4, None)),
        ("bytes=-3", 206, slice(-3, None)),
        ("bytes=0-999999", 206, slice(0, None)),
        ("bytes=-999999", 206, slice(0, None)),
        ("bytes=5-2", 200, slice(None)),
        ("bytes=0-1,3-4", 200, slice(None)),
        ("lines=1-2", 200, slice(None)),
        ("bytes=-", 200, slice(None)),
        ("bytes=x", 200, slice(None)),
        ("bytes=" + "9" * 30 + "-", 200, slice(None)),
        ("bytes=999999-", 416, None),
        ("bytes=-0", 416, None),
    ],
)
def test_ranges(
    embedded: Tree, get: Get, document: CustomDocument, asked: str, status: int, part: slice | None
) -> None:
    whole = content(get(f"media/{document.sha256}"))
    response = get(f"media/{document.sha256}", headers={"range": asked})
    assert response.status_code == status
    if part is None:
        assert (response.headers["Content-Range"], response.json()["status"]) == (f"bytes */{len(whole)}", 416)
        return
    body = content(response)
    assert (body, response.headers["Content-Length"]) == (whole[part], str(len(body)))
    if status == 206:
        start = whole.index(body)
        assert response.headers["Content-Range"] == f"bytes {start}-{start + len(body) - 1}/{len(whole)}"


def test_a_range_of_other_bytes_is_the_whole_file(embedded: Tree, get: Get, image: CustomImage) -> None:
    answers = [
        get(f"media/{image.sha256}", headers={"range": "bytes=0-3", "if-range": etag}).status_code
        for etag in (f'"{image.sha256}"', '"other"')
    ]
    assert answers == [206, 200]


def test_head_opens_nothing(embedded: Tree, client: Any, image: CustomImage) -> None:
    response = client.head(f"/api/v2/media/{image.sha256}")
    size = len(Path(image.file.path).read_bytes())
    assert (response.status_code, content(response), response.headers["Content-Length"]) == (200, b"", str(size))


def test_lost_bytes_are_nothing(embedded: Tree, get: Get, image: CustomImage) -> None:
    Path(image.file.path).unlink()
    assert get(f"media/{image.sha256}").status_code == 404


def test_nobody_keeps_bytes_past_a_consent() -> None:
    kept = [
        kept_for(CustomImage(consent_until=until, collection_id=1))
        for until in (None, date(2100, 1, 1), timezone.localdate() - timedelta(days=1))
    ]
    assert kept == [
        "public, max-age=86400, immutable",
        "public, max-age=86400, immutable",
        "public, max-age=0, immutable",
    ]
