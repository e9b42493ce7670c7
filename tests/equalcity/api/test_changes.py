"""`changes/`: the feed over HTTP."""

import base64
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from equalcity.publication import feed
from equalcity.publication.models import FeedState
from equalcity.publication.record import record
from tests.factories import Tree

Get = Callable[..., Any]


def read(get: Get, **parameters: Any) -> list[dict[str, Any]]:
    """Follow the feed to its end, three items an answer."""
    items: list[dict[str, Any]] = []
    while True:
        answer = get("changes/", limit=3, **parameters).json()
        items += answer["items"]
        parameters["after"] = answer["next"]
        if not answer["more"]:
            return items


def test_a_follower_reads_everything_once_and_in_order(published: Tree, get: Get) -> None:
    items = read(get)
    assert [one["seq"] for one in items] == sorted({one["seq"] for one in items})
    assert items == get("changes/", limit=500).json()["items"]
    practice = published.practices[0]
    [item] = [one for one in items if one["key"] == str(practice.translation_key)]
    assert (item["state"], item["source"]["fields"]["title"], item["parent"]) == (
        "live",
        practice.title,
        str(published.index.translation_key),
    )


def test_nothing_new_is_an_empty_answer_that_can_be_304(published: Tree, get: Get) -> None:
    end = get("changes/", limit=500).json()["next"]
    answer = get("changes/", after=end)
    assert answer.json() == {"items": [], "next": end, "more": False}
    assert get("changes/", after=end, headers={"if-none-match": answer.headers["ETag"]}).status_code == 304


def test_only_what_changed_since(published: Tree, get: Get) -> None:
    end = get("changes/", limit=500).json()["next"]
    published.practices[0].unpublish()
    record()
    told = [(one["key"], one["state"], one["source"]) for one in get("changes/", after=end).json()["items"]]
    assert told == [
        (str(published.practices[0].translation_key), "withdrawn", None),
        (str(published.index.translation_key), "live", told[-1][2]),
    ]


def test_filters(published: Tree, get: Get) -> None:
    french = [(one["locale"], one["state"]) for one in read(get, locale="fr") if one["state"] == "live"]
    assert french == [("fr", "live")]
    both = {one["locale"] for one in read(get, locale="fr,ar") if one["state"] == "live"}
    assert both == {"fr", "ar"}
    below = [one for one in read(get, subtree=str(published.index.translation_key)) if one["type"].startswith("tool")]
    assert {one["key"] for one in below} == {
        str(page.translation_key) for page in (published.index, *published.practices)
    }


def cursor(instance: uuid.UUID, epoch: uuid.UUID, seq: int) -> str:
    return feed.encode(feed.Cursor(instance, epoch, seq))


@pytest.mark.parametrize(
    "after", ["", "x", "é", "AAAA", "a" * 54, "a" * 5000, "\x00", base64.urlsafe_b64encode(b"\xff" * 40).decode()]
)
def test_unreadable_cursors(published: Tree, get: Get, after: str) -> None:
    response = get("changes/", after=after)
    assert (response.status_code, response.json()["parameter"]) == (400, "after")


def test_cursors_of_another_time_or_place(published: Tree, get: Get) -> None:
    state = FeedState.objects.get()
    FeedState.objects.update(pruned=5)
    answers = [
        get("changes/", after=cursor(*place))
        for place in (
            (uuid.uuid4(), state.epoch, 1),
            (state.instance, uuid.uuid4(), 1),
            (state.instance, state.epoch, state.seq + 1),
            (state.instance, state.epoch, 2),
        )
    ]
    assert [one.status_code for one in answers] == [400, 409, 409, 410]
    assert ["resync" in one.json()["detail"] for one in answers[1:3]] == [True, True]
    assert get("changes/", after=cursor(state.instance, state.epoch, 5)).status_code == 200


@pytest.mark.parametrize(
    "parameters",
    [{"limit": 0}, {"limit": 501}, {"limit": "x"}, {"locale": "xx"}, {"locale": ""}, {"subtree": "x"}, {"since": 1}],
)
def test_wrong_parameters(published: Tree, get: Get, parameters: dict[str, Any]) -> None:
    response = get("changes/", **parameters)
    assert (response.status_code, [response.json()["parameter"]]) == (400, list(parameters))
