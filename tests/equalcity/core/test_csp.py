"""The CMS runs no script but its own, and of those in its pages only the ones that start a widget."""

import re

import pytest
from django.test import Client

from equalcity.core.csp import INLINE, is_wagtail_screen
from tests.factories import Tree, UserFactory
from tests.factories.staff import sign_in

STARTS = [
    'initDateChooser("id_checked_on", {"dayOfWeekStart": 0, "format": "Y-m-d"});',
    'new PageChooser("id_related_pages-__prefix__-target", {"modelNames": ["wagtailcore.page"], "modalUrl": "/cms/"});',
    '\n    (function() {\n        var panel = new InlinePanel(JSON.parse("{\\u0022type\\u0022: 1}"));\n    })();\n',
    'if (typeof window.chooserUrls === "undefined") {\n  window.chooserUrls = {\n a: "/b/",\n c: "/d/"\n}\n}',
]
OTHERS = [
    "alert(1)",
    'initDateChooser("a", {"b": alert(1)});',
    'initDateChooser("a", {"b": 1}); alert(1)',
    'initDateChooser("a" + alert(1), {"b": 1});',
    'initDateChooser("a\\u0022", {"b": `x`});',
    'new PageChooser("a", {"b": (() => 1)()});',
    'new PageChooser("\\", {}); alert(1); //", {"b": 1});',
    'eval("x", {"b": 1});',
]


@pytest.mark.parametrize("script", STARTS)
def test_what_starts_a_widget_may_run(script: str) -> None:
    assert INLINE.search(f"<script>{script}</script>".encode())


@pytest.mark.parametrize("script", OTHERS)
def test_nothing_else_may(script: str) -> None:
    assert INLINE.search(f"<script>{script}</script>".encode()) is None


@pytest.mark.parametrize(
    ("path", "wagtail"),
    [("/cms/", True), ("/cms/pages/1/edit/", True), ("/cms/login/", False), ("/en/", False), ("/cmsx/", False)],
)
def test_which_pages_are_wagtails(path: str, wagtail: bool) -> None:
    assert is_wagtail_screen(path) is wagtail


def directives(policy: str) -> dict[str, list[str]]:
    return {name: sources for name, *sources in (part.split() for part in policy.split("; "))}


@pytest.mark.django_db
def test_the_editor_gets_a_nonce_for_its_own_scripts_and_no_unsafe_ones(client: Client, tree: Tree) -> None:
    sign_in(client, UserFactory(is_superuser=True))
    answer = client.get(f"/cms/pages/{tree.practices[0].pk}/edit/")
    policy = directives(answer["Content-Security-Policy"])
    nonces = set(re.findall(r'<script nonce="([^"]+)"', answer.content.decode()))

    assert len(nonces) == 1
    assert [source for source in policy["script-src"] if source.startswith("'nonce-")] == [f"'nonce-{nonces.pop()}'"]
    assert "'unsafe-inline'" not in policy["script-src"]
    assert policy["default-src"] == policy["base-uri"] == ["'none'"]
    assert re.findall(r"<script>", answer.content.decode()) == []


@pytest.mark.django_db
def test_a_preview_is_the_public_page_in_a_frame_of_ours(client: Client, tree: Tree) -> None:
    sign_in(client, UserFactory(is_superuser=True))
    answer = client.get(f"/cms/pages/{tree.about.pk}/view_draft/")
    policy = directives(answer["Content-Security-Policy"])
    assert (policy["frame-ancestors"], policy["style-src"]) == (["'self'"], ["'self'"])
    assert directives(client.get("/en/help/")["Content-Security-Policy"])["frame-ancestors"] == ["'none'"]
