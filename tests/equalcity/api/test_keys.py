"""Keys: made once, stored as a hash, scoped, expiring, revocable; and how often one may ask."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client, RequestFactory
from django.utils import timezone

from equalcity.api import keys, throttle
from equalcity.api.models import ApiKey
from equalcity.core import callers
from tests.factories import Tree

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
Get = Callable[..., Any]


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


@pytest.fixture
def token() -> str:
    return keys.issue("City of Ghent", ApiKey.Scope.ALL, None)[1]


def test_a_key_reads_what_everybody_reads(published: Tree, get: Get, token: str) -> None:
    assert get("pages/", headers=bearer(token)).content == get("pages/").content


def test_the_token_is_stored_nowhere(token: str) -> None:
    key = ApiKey.objects.get()
    assert (key.prefix, key.digest) == (token[3:11], keys.digest_of(token))
    assert all(token[12:] not in str(value) for value in ApiKey.objects.values_list().get())


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer x",
        "Basic YTpi",
        "Token {token}",
        "bearer  {token}",
        "Bearer {token}x",
        "{token}",
        f"Bearer ec_00000000_{'a' * 43}",
        "Bearer \x00",
        "Bearer é",
    ],
)
@pytest.mark.parametrize("path", ["pages/", "changes/", "docs/", "nonsense/"])
def test_a_bad_key_is_always_refused(get: Get, token: str, header: str, path: str) -> None:
    response = get(path, headers={"authorization": header.format(token=token)})
    assert (response.status_code, response.json()["type"]) == (401, "/api/v2/docs/#bad-key")
    assert response.headers["WWW-Authenticate"].startswith("Bearer")


def test_expired_and_revoked_keys_are_bad_keys(get: Get, token: str) -> None:
    ApiKey.objects.update(expires_at=timezone.now() + timedelta(minutes=1))
    assert get("pages/", headers=bearer(token)).status_code == 200
    ApiKey.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert get("pages/", headers=bearer(token)).status_code == 401
    ApiKey.objects.update(expires_at=None)
    assert [keys.revoke(token[3:11]), keys.revoke(token[3:11]), keys.revoke("nonsense")] == [True, False, False]
    assert get("pages/", headers=bearer(token)).status_code == 401


def test_a_key_for_following_is_for_nothing_else(published: Tree, get: Get) -> None:
    headers = bearer(keys.issue("City of Ghent", ApiKey.Scope.FEED, None)[1])
    paths = ("changes/", "terms/", f"media/{'0' * 64}", "pages/", "images/", "search/", "docs/")
    assert [get(path, headers=headers).status_code for path in paths] == [200, 200, 404, 403, 403, 403, 403]


# Command -------------------------------------------------------------------------------------------------------


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    call_command("issue_key", *arguments)
    return capsys.readouterr().out


def test_the_command_shows_a_working_key_once(capsys: pytest.CaptureFixture[str], get: Get) -> None:
    shown = run(capsys, "City of Ghent", "--scope", "feed", "--days", "30")
    token = re.search(r"ec_\S+", shown)
    assert token is not None
    assert get("changes/", headers=bearer(token[0])).status_code == 200
    key = ApiKey.objects.get()
    assert key.expires_at is not None
    assert (key.name, key.scope, (key.expires_at - timezone.now()).days) == ("City of Ghent", "feed", 29)
    listed = run(capsys, "--list")
    assert listed == f"{key.prefix}  feed  until {key.expires_at:%Y-%m-%d}    City of Ghent\n"
    assert run(capsys, "--revoke", key.prefix) == f"The key {key.prefix} is revoked.\n"
    assert get("changes/", headers=bearer(token[0])).status_code == 401


@pytest.mark.parametrize("arguments", [(), (" ",), ("x" * 121,), ("x", "--days", "-1"), ("--revoke", "nonsense")])
def test_the_command_refuses(arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        call_command("issue_key", *arguments)
    assert ApiKey.objects.count() == 0


# Throttle ------------------------------------------------------------------------------------------------------


def test_too_many_requests_are_told_when_to_go_on(client: Client, monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    monkeypatch.setattr(throttle, "ANONYMOUS", 3)
    monkeypatch.setattr(callers.time, "time", lambda: 1_000_000_000.0)
    answers = [client.get("/api/v2/terms/") for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert (answers[3].json()["type"], answers[3].headers["Retry-After"]) == ("/api/v2/docs/#too-many-requests", "20")
    assert client.get("/api/v2/terms/", REMOTE_ADDR="192.0.2.7").status_code == 200
    assert client.get("/api/v2/terms/", headers=bearer(token)).status_code == 200
    monkeypatch.setattr(callers.time, "time", lambda: 1_000_000_020.0)
    assert client.get("/api/v2/terms/").status_code == 200


def test_guessing_keys_is_throttled(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "ANONYMOUS", 2)
    answers = [client.get("/api/v2/terms/", headers=bearer(f"ec_00000000_{'a' * 43}")) for _ in range(3)]
    assert [one.status_code for one in answers] == [401, 401, 429]


def test_no_address_is_stored(client: Client) -> None:
    client.get("/api/v2/terms/", REMOTE_ADDR="192.0.2.7")
    stored = [name for name in cache._cache if "api:" in name]  # type: ignore[attr-defined]
    assert len(stored) == 1
    assert "192.0.2.7" not in stored[0]
    assert throttle.hashed("192.0.2.7", 1) != throttle.hashed("192.0.2.7", 2)


def test_nobody_is_held_up_when_the_cache_is_down(client: Client, settings: Any) -> None:
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1"}
    }
    assert client.get("/api/v2/terms/").status_code == 200


@pytest.mark.parametrize(
    ("remote", "forwarded", "proxies", "found"),
    [
        ("192.0.2.1", "198.51.100.9", [], "192.0.2.1"),
        ("10.0.0.1", "198.51.100.9", ["10.0.0.0/8"], "198.51.100.9"),
        ("10.0.0.1", "203.0.113.5, 198.51.100.9, 10.0.0.2", ["10.0.0.0/8"], "198.51.100.9"),
        ("10.0.0.1", "", ["10.0.0.1"], "10.0.0.1"),
        ("10.0.0.1", "nonsense", ["10.0.0.1"], "nonsense"),
    ],
)
def test_the_address_behind_our_own_proxies(
    settings: Any, remote: str, forwarded: str, proxies: list[str], found: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded)
    assert throttle.address_of(request) == found


@pytest.mark.parametrize(
    ("address", "caller"),
    [("192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"), ("", "unknown"), ("nonsense", "unknown")],
)
def test_one_connection_is_one_caller(address: str, caller: str) -> None:
    assert throttle.neighbourhood(address) == caller
