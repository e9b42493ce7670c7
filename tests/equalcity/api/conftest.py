"""An address book of the API."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client


@pytest.fixture(autouse=True)
def fresh_counters() -> Iterator[None]:
    """No test is held up by the requests of another."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def get(client: Client) -> Callable[..., Any]:
    """Ask the API; parameters by name."""

    def ask(path: str, headers: dict[str, str] | None = None, **parameters: Any) -> Any:
        return client.get(f"/api/v2/{path}", parameters, headers=headers)

    return ask
