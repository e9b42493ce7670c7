"""Whatever is typed or sent: an answer or a clear refusal, soon, on the page, in the API and while typing."""

import time
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from django.test import Client

from search.backends import Backend
from search.backends.elasticsearch.client import SEARCH_SECONDS
from tests.search.conftest import Publish
from tests.search.library import settle

SECONDS = 2
OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}
FORM = "application/x-www-form-urlencoded"
BAD = {
    "a control character": "q=%00",
    "10 kB": "q=" + "a" * 10_000,
    "an unbalanced quote": "q=%22unbalanced",
    "half of a character": "q=%ED%A0%80",
    "brackets": "q=%22%22%22%28%28%5B",
    "asterisks": "q=" + "%2A" * 300,
    "many short words": "q=" + "a+" * 140,
    "one long word": "q=" + "%D8%B3" * 290,
    "many words": "q=" + "+".join(f"{n}zz" for n in range(60)),
    "words that stand nowhere": "q=" + "+".join(f"counter{chr(97 + n)}" for n in range(24)),
    "1,000 values": "q=a&" + "&".join(f"city=c{n}" for n in range(1000)),
    "the last page": "q=a&page=500",
    "no page": "q=a&page=%D9%A1%00",
}


@pytest.fixture
def asked(publish: Publish, engine: Backend, client: Client) -> Any:
    publish("A counter", context="<p>Counters, counted and encountered.</p>")
    settle()
    # The first search makes ready what later ones use again.
    client.get("/en/search/?q=warm")
    if engine.name == "elasticsearch":
        engine.seconds = SEARCH_SECONDS  # type: ignore[attr-defined]
    return client


@pytest.mark.parametrize("query", BAD.values(), ids=BAD)
def test_bad_input_is_answered_or_refused_in_time(asked: Client, query: str) -> None:
    typed = unquote_to_bytes(query.partition("&")[0].removeprefix("q=").replace("+", " "))
    for name, ask in {
        "page": lambda: asked.get(f"/en/search/?{query}"),
        "form": lambda: asked.post("/en/search/", query, content_type=FORM, **OURS),
        "API": lambda: asked.get(f"/api/v2/search/?{query}"),
        "suggestions": lambda: asked.post("/en/search/suggest/", {"q": typed}, **OURS),
        "suggestions of the API": lambda: asked.get(f"/api/v2/suggest/?{query.partition('&')[0]}"),
    }.items():
        began = time.monotonic()
        status = ask().status_code
        # 414: the address itself is too long.
        assert status in {200, 303, 400, 414}, name
        assert time.monotonic() - began < SECONDS, name


def test_a_refusal_says_why(asked: Client) -> None:
    said = asked.get("/en/search/?q=%00").content.decode()
    assert "holds characters that cannot be searched for" in said
    assert "longer than 300 characters" in asked.get("/api/v2/search/?q=" + "a" * 400).json()["detail"]
    assert "longer than 300" in asked.post("/en/search/suggest/", {"q": "a" * 10_000}, **OURS).json()["problem"]
