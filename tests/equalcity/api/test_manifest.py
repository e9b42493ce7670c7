"""`manifest/`: hashes that two instances compare."""

import hashlib
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from wagtail.models import PageViewRestriction

from equalcity.publication.manifest import Entry, manifest
from equalcity.publication.manifest import published as published_entries
from equalcity.publication.models import Publication
from equalcity.publication.record import record
from tests.factories import Tree

Get = Callable[..., Any]


def short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def entries() -> list[Entry]:
    return sorted(published_entries())


def test_the_hashes_are_made_as_it_is_written(published: Tree, get: Get) -> None:
    rows = Publication.objects.filter(kind="page", original=None, state="live")
    lines: dict[str, dict[str, list[str]]] = {}
    for row in rows:
        line = f"{row.origin_instance}/{row.origin_key}/{row.locale} {row.source_etag}\n"
        lines.setdefault(row.locale, {}).setdefault(row.origin_key.hex[:2], []).append(line)
    expected = {
        locale: [short("".join(sorted(of[f"{n:02x}"]))) if f"{n:02x}" in of else "" for n in range(256)]
        for locale, of in lines.items()
    }
    found = get("manifest/").json()
    assert {locale: one["buckets"] for locale, one in found["locales"].items()} == expected
    assert {locale: one["hash"] for locale, one in found["locales"].items()} == {
        locale: short("".join(buckets)) for locale, buckets in expected.items()
    }
    assert found["hash"] == short("".join(one["hash"] for one in found["locales"].values()))
    assert found["count"] == rows.count()


def test_a_bucket_lists_what_its_hash_stands_for(published: Tree, get: Get) -> None:
    whole = get("manifest/").json()
    listed = [
        item
        for number in range(256)
        if any(one["buckets"][number] for one in whole["locales"].values())
        for item in get(f"manifest/?bucket={number:02x}").json()["items"]
    ]
    assert sorted((one["origin"]["key"], one["locale"], one["etag"]) for one in listed) == sorted(
        (str(one.key), one.locale, one.etag) for one in entries()
    )
    assert all(list(item) == ["origin", "locale", "etag"] for item in listed)


def test_one_changed_page_changes_one_bucket(published: Tree, get: Get) -> None:
    before = get("manifest/").json()["locales"]["en"]["buckets"]
    practice = published.practices[0]
    practice.title = "Another title"
    practice.save_revision().publish()
    record()
    after = get("manifest/").json()["locales"]["en"]["buckets"]
    changed = [f"{number:02x}" for number in range(256) if before[number] != after[number]]
    assert changed == [practice.translation_key.hex[:2]]


def test_what_is_hidden_is_gone_at_once(published: Tree, get: Get) -> None:
    before = get("manifest/").json()["count"]
    PageViewRestriction.objects.create(page=published.practices[0], restriction_type=PageViewRestriction.LOGIN)
    assert get("manifest/").json()["count"] == before - 1
    bucket = published.practices[0].translation_key.hex[:2]
    keys = [item["origin"]["key"] for item in get(f"manifest/?bucket={bucket}").json()["items"]]
    assert str(published.practices[0].translation_key) not in keys


def test_it_can_be_narrowed(published: Tree, get: Get) -> None:
    whole = get("manifest/?locale=en").json()
    below = get(f"manifest/?locale=en&subtree={published.index.translation_key}").json()
    assert list(whole["locales"]) == ["en"]
    assert below["count"] == 1 + len(published.practices)


@pytest.mark.parametrize(
    "query", ["bucket=", "bucket=0", "bucket=0G", "bucket=0F", "bucket=%00", "subtree=x", "locale=xx"]
)
def test_what_cannot_be_asked(published: Tree, get: Get, query: str) -> None:
    answer = get(f"manifest/?{query}")
    assert (answer.status_code, answer.json()["parameter"]) == (400, query.partition("=")[0])


def test_nothing_has_a_hash_too() -> None:
    assert (manifest([]).count, manifest([]).locales) == (0, {})


def test_one_query_whatever_there_is(published: Tree, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        manifest(published_entries())


def test_the_order_in_which_rows_come_does_not_matter() -> None:
    instance = uuid.UUID(int=1)
    ends = (3, 1, 2)
    found = [Entry(instance, uuid.UUID(f"aa{'0' * 29}{end}"), "en", "e" * 64) for end in ends]
    lines = [f"{instance}/aa000000-0000-0000-0000-00000000000{end}/en {'e' * 64}\n" for end in (1, 2, 3)]
    assert manifest(found).locales["en"].buckets[0xAA] == short("".join(lines))
    assert manifest(reversed(found)) == manifest(found)
