"""Reading what a peer sends, and bringing older content up to date."""

import uuid
from typing import Any

import pytest

from equalcity.replication import schema
from equalcity.replication.pull import in_order
from equalcity.replication.schema import Malformed, Refused, read_answer, read_item, read_media, upgraded

KEY = "11111111-1111-4111-8111-111111111111"


def item(**changes: Any) -> dict[str, Any]:
    return {
        "seq": 1,
        "key": KEY,
        "locale": "en",
        "type": "home.StandardPage",
        "schema": 1,
        "state": "live",
        "origin": {"instance": KEY, "key": KEY},
        "parent": None,
        "children": [],
        "etag": "a" * 64,
        "modified_at": "2026-01-01T00:00:00+00:00",
        "source": {},
        **changes,
    }


BROKEN = [
    {"seq": "1"},
    {"seq": True},
    {"key": "x"},
    {"key": None},
    {"locale": "../etc"},
    {"locale": "en-" + "a" * 20},
    {"type": 5},
    {"type": "x" * 200},
    {"schema": None},
    {"state": "sleeping"},
    {"origin": None},
    {"origin": {"instance": KEY}},
    {"parent": "x"},
    {"children": "x"},
    {"children": [5]},
    {"etag": "x"},
    {"etag": None},
]


@pytest.mark.parametrize("changes", BROKEN, ids=str)
def test_a_broken_envelope_is_malformed(changes: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        read_item(item(**changes))


def test_what_is_more_than_expected_does_not_matter() -> None:
    """A newer version may say more."""
    assert read_item(item(news=1)).key == uuid.UUID(KEY)


def test_numbers_must_rise() -> None:
    with pytest.raises(Malformed, match="order"):
        read_answer({"items": [item(), item()], "next": "x", "more": False})


MEDIA = {"kind": "image", "sha256": "a" * 64, "title": "x", "extension": "png"}


@pytest.mark.parametrize(
    "changes",
    [{"kind": "film"}, {"sha256": "x"}, {"extension": "../x"}, {"consent_until": "2020-13-45"}, {"texts": [1]}],
    ids=str,
)
def test_a_broken_description_of_a_file_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        read_media({"media": [{**MEDIA, **changes}]})


def test_a_file_is_private_unless_it_says_otherwise() -> None:
    assert read_media({"media": [MEDIA]})[0].may_be_replicated is False


def test_older_content_is_brought_up_to_date_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = {
        ("t", 1): lambda source: {**source, "fields": {"b": source["fields"]["a"]}},
        ("t", 2): lambda source: {**source, "fields": {"c": source["fields"]["b"]}},
    }
    monkeypatch.setattr(schema, "UPGRADES", steps)
    assert upgraded({"type": "t", "schema": 1, "fields": {"a": 5}}, 3) == {
        "type": "t",
        "schema": 3,
        "fields": {"c": 5},
    }


def test_a_missing_step_is_refused() -> None:
    with pytest.raises(Refused, match="too old"):
        upgraded({"type": "t", "schema": 0, "fields": {}}, 1)


def test_parents_come_before_children_and_terms_first() -> None:
    keys = [str(uuid.UUID(int=number)) for number in range(1, 6)]
    child, other, parent, term, lost = keys
    feed = [
        item(seq=1, key=child, parent=parent),
        item(seq=2, key=other, parent=parent),
        item(seq=3, key=parent, children=[other, child]),
        item(seq=4, key=term, type="core.City"),
        item(seq=5, key=lost, parent=lost),
    ]
    ordered = in_order(map(read_item, feed))
    assert [str(one.key) for one in ordered] == [term, parent, other, child, lost]
