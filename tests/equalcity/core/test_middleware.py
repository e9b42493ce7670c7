"""Headers that every public answer carries."""

import pytest
from django.conf import settings
from django.test import Client

from tests.factories import Tree


def header_values(client: Client, path: str) -> dict[str, str]:
    response = client.get(path)
    names = ("Cache-Control", "Referrer-Policy", "X-Content-Type-Options", "X-Frame-Options")
    return {name: response[name] for name in names}


@pytest.mark.parametrize("path", ["/", "/en/", "/en/help/", "/en/nothing/"])
def test_no_trace_and_no_guessing(client: Client, tree: Tree, path: str) -> None:
    assert header_values(client, path) == {
        "Cache-Control": "no-store",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }


def test_content_security_policy(client: Client, tree: Tree) -> None:
    policy = client.get("/en/")["Content-Security-Policy"]
    parts = dict(part.split(" ", 1) for part in policy.split("; "))
    assert parts["default-src"] == "'none'"
    assert parts["frame-ancestors"] == "'none'"
    assert "unsafe" not in policy
    assert "http" not in policy


def test_the_inline_script_is_the_one_that_the_policy_names(client: Client, tree: Tree) -> None:
    text = client.get("/en/").content.decode()
    assert f"<script>{settings.EXIT_GUARD}</script>" in text
    assert text.count("<script>") == 1


def test_visitors_get_no_cookie(client: Client, tree: Tree) -> None:
    for path in ("/", "/en/", "/fr/", "/en/help/", tree.practices[0].url):
        assert not client.get(path).cookies
