"""Alive and ready."""

from typing import Any

import pytest
from django.test import Client


def test_alive_without_a_database(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_ready(client: Client) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"ready": True, "dependencies": {"database": "ok", "cache": "ok"}}


def test_not_ready_while_the_database_is_down(client: Client) -> None:
    # Without the mark, pytest-django refuses every query: to the site the database is down.
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"ready": False, "dependencies": {"database": "down", "cache": "ok"}}


@pytest.mark.django_db
def test_a_cache_that_is_down_makes_it_slower_not_unready(client: Client, settings: Any) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json()["dependencies"] == {"database": "ok", "cache": "down"}
