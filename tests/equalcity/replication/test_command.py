"""`peer add|list|pull|status|remove`, as an engineer types it."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from equalcity.publication.models import Origin
from equalcity.replication.keys import UnreadableKey, decrypt, encrypt
from equalcity.replication.models import Peer
from tests.equalcity.replication.upstream import Upstream
from tests.factories import Tree


def run(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    call_command("peer", *args)
    return capsys.readouterr().out


def test_a_peer_is_added_pulled_and_removed(partner: Upstream, capsys: pytest.CaptureFixture[str]) -> None:
    assert "is followed now" in run(capsys, "add", partner.url, "--name", "Rome")
    assert f"Rome\t{partner.url}\tlast success never" in run(capsys, "list")
    said = run(capsys, "pull", "Rome")
    assert said.splitlines()[-1].startswith("Rome: 6 created, 0 updated, 0 unchanged, ")
    assert "6 pages, 0 conflicts, 0 proposals, 0 held items" in run(capsys, "status")
    assert "Its 6 pages stay as they are" in run(capsys, "remove", "Rome")
    assert (Peer.objects.count(), Page.objects.filter(depth__gt=2).count(), Origin.objects.count()) == (0, 6, 6)


def test_the_key_is_sent_and_is_not_readable_in_the_database(
    partner: Upstream, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "key").write_text("ec_secret\n")
    run(capsys, "add", partner.url, "--name", "Rome", "--key-file", str(tmp_path / "key"))
    run(capsys, "pull")
    assert ("ec_secret" in Peer.objects.get().key, partner.keys[0]) == (False, "Bearer ec_secret")


def test_a_key_of_another_secret_is_a_sentence(
    upstream: Upstream, tree: Tree, settings: object, capsys: pytest.CaptureFixture[str]
) -> None:
    Peer.objects.create(name="Rome", url=upstream.url, key=encrypt("ec_secret"))
    settings.SECRET_KEY = "another" * 10  # type: ignore[attr-defined]
    with pytest.raises(CommandError, match="SECRET_KEY has changed"):
        run(capsys, "pull")


def test_an_empty_key_stays_empty() -> None:
    assert (encrypt(""), decrypt("")) == ("", "")
    with pytest.raises(UnreadableKey):
        decrypt("x")


def test_where_and_what_is_stored(tree: Tree, capsys: pytest.CaptureFixture[str]) -> None:
    key = "11111111-1111-4111-8111-111111111111"
    options = ("--subtree", key, "--locales", "en, fr", "--under", "/en/brussels-toolbox/")
    run(capsys, "add", "https://partner.example/", "--name", "Rome", *options)
    peer = Peer.objects.get()
    assert (peer.url, str(peer.subtree), peer.locales, peer.under_id) == (
        "https://partner.example",
        key,
        ["en", "fr"],
        tree.toolbox.pk,
    )


def test_adding_again_only_if_missing(tree: Tree, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "add", "https://partner.example", "--name", "Rome")
    assert run(capsys, "add", "https://partner.example/", "--name", "Roma", "--if-missing") == ""
    with pytest.raises(CommandError, match="already exists"):
        run(capsys, "add", "https://partner.example", "--name", "Roma")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["add", "http://partner.example", "--name", "x"], "must start with https"),
        (["add", "https://p.example", "--name", "x", "--under", "/en/nowhere/"], "no page at /en/nowhere/"),
        (["add", "https://p.example", "--name", "x", "--under", "/xx/"], "no page at /xx/"),
        (["add", "https://p.example", "--name", "x", "--subtree", "5"], "5 is not a key"),
        (["add", "https://p.example", "--name", "x", "--key-file", "/nowhere"], "key file cannot be read"),
        (["pull"], "Nobody is followed yet"),
        (["pull", "Rome"], "Nobody of the name Rome is followed; known: nobody"),
    ],
)
def test_mistakes_are_sentences(tree: Tree, capsys: pytest.CaptureFixture[str], options: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        run(capsys, *options)
    assert Peer.objects.count() == 0


def test_one_peer_that_fails_does_not_keep_the_others_waiting(
    partner: Upstream, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "add", "http://127.0.0.1:9", "--name", "Away")
    run(capsys, "add", partner.url, "--name", "Rome")
    with pytest.raises(CommandError, match=r"^Away: http://127\.0\.0\.1:9 is not reachable"):
        run(capsys, "pull")
    assert "Rome: 6 created" in capsys.readouterr().out
    assert "last error: http://127.0.0.1:9 is not reachable" in run(capsys, "status", "Away")
