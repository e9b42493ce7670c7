"""A way to do something and let it settle."""

from collections.abc import Callable
from typing import Any

import pytest

from equalcity.publication.feed import Cursor, changes
from equalcity.publication.models import Dirty
from equalcity.publication.reconcile import differences
from equalcity.publication.record import record


@pytest.fixture
def settle(django_capture_on_commit_callbacks: Any) -> Callable[..., Any]:
    """Do something as a request would: run what waits for the commit, then the worker's round.

    After every step the recomputed state must equal the recorded one, without any repair.
    """

    def do(action: Callable[[], Any] | None = None, *, verify: bool = True) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            result = action() if action else None
        record()
        if verify:
            assert list(differences()) == []
            assert [mark.error for mark in Dirty.objects.all()] == []
        return result

    return do


@pytest.fixture
def news() -> Callable[[], list[tuple[str, str, str]]]:
    """What a follower of everything has not read yet: (title or key, locale, state)."""
    import json

    at: list[Cursor | None] = [None]

    def read() -> list[tuple[str, str, str]]:
        page = changes(at[0], limit=500)
        at[0] = page.next
        return [
            (
                json.loads(item.source)["fields"].get("title") or json.loads(item.source)["fields"]["code"]
                if item.source
                else str(item.key),
                item.locale,
                item.state,
            )
            for item in page.items
        ]

    return read
