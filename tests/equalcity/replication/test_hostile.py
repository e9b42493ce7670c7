"""Items and files that an honest instance would not send: each is refused for itself, and the rest arrives."""

import hashlib
import io
import json
import re
import struct
import uuid
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from wagtail.models import Page

from equalcity.core.models import CustomImage
from equalcity.publication.counter import instance_id
from equalcity.replication import importer
from equalcity.replication.client import PeerAnsweredNonsense, PeerUnreachable
from equalcity.replication.models import HeldItem, Peer, Replica, ReplicaMedia
from equalcity.replication.schema import read_item
from tests.equalcity.replication.conftest import Ours, Pull
from tests.equalcity.replication.upstream import Answer, Upstream
from tests.factories import StandardPageFactory
from toolbox_pages.models import BestPracticePage, ToolboxPage

SLUG = "a-warm-handover"
OTHERS = ["a-safer-space-at-the-counter", "evenings-with-parents"]


def practices() -> list[str]:
    return sorted(BestPracticePage.objects.values_list("slug", flat=True))


def break_fields(**fields: Any) -> Callable[[dict[str, Any]], None]:
    return lambda item: item["source"]["fields"].update(fields)


def set_type(item: dict[str, Any]) -> None:
    item["type"] = item["source"]["type"] = "core.User"


def set_schema(item: dict[str, Any]) -> None:
    item["source"]["schema"] = 99


def give_another_name(item: dict[str, Any]) -> None:
    item["source"]["origin"]["key"] = str(uuid.uuid4())


def drop_children(item: dict[str, Any]) -> None:
    item["source"]["children"] = {"reviews": [{"key": "not a uuid", "fields": {}}]}


def score_too_high(item: dict[str, Any]) -> None:
    row = {"reviewer_role": "x", "relevance": 99, "replicability": 1, "practical_use": 1, "comment": ""}
    item["source"]["children"]["reviews"] = [{"key": str(uuid.uuid4()), "fields": row}]


BROKEN: dict[str, tuple[Callable[[dict[str, Any]], None], str]] = {
    "a type that is no page": (set_type, "which this version does not know"),
    "a newer schema": (set_schema, "newer version of this software"),
    "another origin inside": (give_another_name, "something else than the feed says"),
    "a row without key": (drop_children, "the shape of a page"),
    "a score that no form takes": (score_too_high, "does not pass our checks"),
    "a null character": (break_fields(title="a\x00b"), "cannot be stored"),
    "an endless text": (break_fields(evidence_method="x" * 300_000), "more than 200000 characters"),
    "a title of 400 characters": (break_fields(title="x" * 400), "does not pass our checks"),
    "no title": (break_fields(title=""), "does not pass our checks"),
    "a list for a title": (break_fields(title=["x"]), "does not fit"),
    "a number for rich text": (break_fields(context=5), "int where str belongs"),
    "a word for a stream": (break_fields(steps="x"), "str where list belongs"),
    "a block without id": (break_fields(steps=[{"type": "step", "value": {}}]), "no type or no id"),
    "a choice that does not exist": (break_fields(budget_band="free"), "does not pass our checks"),
    "no date": (break_fields(checked_on="yesterday"), "does not pass our checks"),
    "a reference that cannot be read": (break_fields(city="rome"), "cannot be read"),
    "a term that cannot be one": (break_fields(city={"$term": "city:../etc"}), "cannot be stored"),
    "no city": (break_fields(city=None), "cannot be stored"),
    "a link to a script": (
        break_fields(body=[{"type": "link", "id": "x", "value": {"text": "x", "url": "javascript:alert(1)"}}]),
        "does not pass our checks",
    ),
    "a page name that is none": (
        break_fields(context='<p><a linktype="page" ref="x/y/z">x</a></p>'),
        "cannot be stored",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_item_is_held_and_the_others_arrive(partner: Upstream, pull_once: Pull, name: str) -> None:
    damage, words = BROKEN[name]
    item = partner.find(SLUG)
    damage(item)
    partner.seal(item)

    pull_once()

    held = HeldItem.objects.get()
    assert (held.why, words in held.reason) == ("refused", True), held.reason
    assert practices() == OTHERS
    assert pull_once().writes == 0


def test_a_wrong_checksum_is_held(partner: Upstream, pull_once: Pull) -> None:
    partner.find(SLUG)["source"]["fields"]["title"] = "Changed on the way"
    pull_once()
    assert "does not fit its checksum" in HeldItem.objects.get().reason


def test_a_held_item_arrives_once_it_is_repaired(partner: Upstream, pull_once: Pull) -> None:
    item = partner.find(SLUG)
    item["source"]["fields"]["title"] = ""
    partner.seal(item)
    pull_once()
    partner.edit(SLUG, title="Whole again")

    report = pull_once()

    assert (report.counts["created"], HeldItem.objects.count(), len(practices())) == (1, 0, 3)


def test_scripts_styles_and_foreign_ids_are_cleaned_away(partner: Upstream, pull_once: Pull) -> None:
    html = (
        '<p data-block-key="k1">Good <script>alert(1)</script><b onclick="x()">bold</b>'
        '<a href="javascript:x()">bad</a> <a linktype="page" id="1">inside</a><iframe src="//x"></iframe></p>'
    )
    item = partner.find(SLUG)
    item["source"]["fields"]["context"] = html
    item["source"]["fields"]["steps"] = [
        {"type": "step", "id": "s1", "value": {"title": "<b>plain</b>", "text": '<p style="x">y<img src=x></p>'}}
    ]
    partner.seal(item)
    pull_once()

    page = BestPracticePage.objects.get(slug=SLUG)
    assert page.context == ('<p data-block-key="k1">Good <b>bold</b><a>bad</a> <a linktype="page">inside</a></p>')
    assert page.steps.raw_data[0]["value"] == {"title": "<b>plain</b>", "text": "<p>y</p>"}


def test_a_circle_of_parents_waits_for_ever(partner: Upstream, pull_once: Pull) -> None:
    index, toolbox = partner.find("guide-of-best-practices"), partner.find("brussels-toolbox")
    toolbox["parent"] = index["key"]

    pull_once()

    assert (ToolboxPage.objects.count(), practices()) == (0, [])
    assert set(HeldItem.objects.values_list("why", flat=True)) == {"parent"}
    assert pull_once().writes == 0


def test_a_page_below_itself_waits_for_ever(partner: Upstream, pull_once: Pull) -> None:
    item = partner.find("guide-of-best-practices")
    item["parent"] = item["key"]
    pull_once()
    assert HeldItem.objects.count() == 4


def test_a_page_where_its_type_may_not_stand_is_refused(partner: Upstream, pull_once: Pull) -> None:
    partner.find(SLUG)["parent"] = partner.find("en")["key"]
    pull_once()
    assert "cannot stand below" in HeldItem.objects.get().reason


def test_two_pages_with_one_slug_both_arrive(partner: Upstream, pull_once: Pull) -> None:
    item = partner.find(SLUG)
    item["source"]["fields"]["slug"] = OTHERS[0]
    partner.seal(item)
    pull_once()
    assert practices() == [OTHERS[0], f"{OTHERS[0]}-2", OTHERS[1]]


def test_our_own_pages_are_not_for_others_to_change(partner: Upstream, pull_once: Pull, ours: Ours) -> None:
    page = StandardPageFactory(parent=ours.home, title="Ours", slug="ours")
    item = partner.find("about-the-project")
    item["origin"] = item["source"]["origin"] = {"instance": str(instance_id()), "key": str(page.translation_key)}
    partner.seal(item)

    pull_once()

    page.refresh_from_db()
    assert (page.title, page.latest_revision, Replica.objects.filter(object_id=page.pk).count()) == ("Ours", None, 0)


def test_a_translation_of_ours_comes_back_beside_its_original(partner: Upstream, pull_once: Pull, ours: Ours) -> None:
    page = StandardPageFactory(parent=ours.home, title="Ours", slug="ours")
    item = partner.translate("about-the-project", "fr", title="La nôtre", slug="la-notre")
    item["origin"] = item["source"]["origin"] = {"instance": str(instance_id()), "key": str(page.translation_key)}
    item["key"], item["parent"] = str(uuid.uuid4()), str(uuid.uuid4())
    partner.seal(item)

    pull_once()

    given = page.get_translations().get()
    assert (given.title, given.live, given.get_parent().pk) == ("La nôtre", False, ours.homes["fr"].pk)


def test_another_peer_does_not_change_what_the_first_one_gave(partner: Upstream, pull_once: Pull, peer: Peer) -> None:
    pull_once()
    other = Peer.objects.create(name="Other", url=f"{peer.url}/other")
    item = partner.edit(SLUG, title="Another version")
    assert importer.take(other, read_item(item)) == importer.Result.SKIPPED
    assert BestPracticePage.objects.get(slug=SLUG).get_latest_revision_as_object().title == "A warm handover"


# Feeds -----------------------------------------------------------------------------------------------------


def test_numbers_out_of_order_stop_the_pull(partner: Upstream, pull_once: Pull, peer: Peer) -> None:
    partner.items[0], partner.items[1] = partner.items[1], partner.items[0]
    with pytest.raises(PeerAnsweredNonsense, match="order of their numbers"):
        pull_once()
    peer.refresh_from_db()
    assert (peer.cursor, "order of their numbers" in peer.last_error) == ("", True)


def test_more_without_end_stops(partner: Upstream, pull_once: Pull) -> None:
    body = {"items": [], "next": "same", "more": True}
    partner.misbehave = lambda path: (200, {"Content-Type": "application/json"}, json.dumps(body).encode())
    with pytest.raises(PeerAnsweredNonsense, match="but not where"):
        pull_once()


def test_what_broke_off_goes_on_with_the_next_pull(partner: Upstream, pull_once: Pull) -> None:
    first = partner.answer("/api/v2/changes/", {"limit": "8"})
    assert json.loads(first[2])["more"] is True
    queue: list[Answer] = [first, (200, {"Content-Type": "text/html"}, b"<p>")]
    partner.misbehave = lambda path: queue.pop(0)
    with pytest.raises(PeerAnsweredNonsense):
        pull_once()
    taken = Page.objects.filter(depth__gt=2).count()
    partner.misbehave = lambda path: None

    pull_once()

    assert (0 < taken < 6, Page.objects.filter(depth__gt=2).count()) == (True, 6)


@pytest.mark.parametrize("broken", ["save_revision", "full_clean"])
def test_nothing_of_a_page_is_there_when_it_fails_in_the_middle(
    partner: Upstream, pull_once: Pull, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    def fail(self: Page, *args: Any, **kwargs: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(BestPracticePage, broken, fail)
        with pytest.raises(KeyboardInterrupt):
            pull_once()
    assert practices() == []
    assert Replica.objects.filter(type="toolbox_pages.BestPracticePage").count() == 0
    assert Page.find_problems() == ([], [], [], [], [])

    pull_once()
    assert len(practices()) == 3


# Files -----------------------------------------------------------------------------------------------------


def png(width: int = 20, height: int = 10, *, secret: str = "") -> bytes:
    out, info = io.BytesIO(), PngInfo()
    if secret:
        info.add_text("Location", secret)
    Image.new("RGB", (width, height), "teal").save(out, "PNG", pnginfo=info)
    return out.getvalue()


def bomb() -> bytes:
    """A PNG of a few bytes that claims 40,000 by 40,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def show(upstream: Upstream, content: bytes, *, promised: bytes | None = None, **entry: Any) -> str:
    """Let the partner's page show a picture with these bytes; return its identity."""
    sha256 = hashlib.sha256(promised or content).hexdigest()
    upstream.media[sha256] = content
    item = upstream.find(SLUG)
    item["source"]["media"] = [
        {
            "kind": "image", "sha256": sha256, "title": "Counter", "description": "A counter", "credit": "A. Person",
            "licence": "CC BY 4.0", "consent_until": None, "may_be_replicated": True, "extension": "png",
            "size": len(content), "texts": {"fr": "Un guichet", "el": "Γκισέ"}, **entry,
        }
    ]  # fmt: skip
    value = {"image": {"image": {"$image": sha256}, "alt_text": "A counter", "decorative": False}, "caption": ""}
    item["source"]["fields"]["body"] = [{"type": "picture", "id": "p1", "value": value}]
    upstream.seal(item)
    return sha256


def test_a_picture_comes_with_its_page_once(partner: Upstream, pull_once: Pull) -> None:
    sha256 = show(partner, png())

    report = pull_once()

    image = CustomImage.objects.get()
    assert (report.counts["media"], image.sha256, image.credit) == (1, sha256, "A. Person")
    assert [(text.locale.language_code, text.alt_text) for text in image.texts.all()] == [("fr", "Un guichet")]
    shown = BestPracticePage.objects.get(slug=SLUG).body[0].value["image"]
    assert (shown.pk, shown.contextual_alt_text) == (image.pk, "A counter")
    pull_once()
    assert len([path for path in partner.requests if "media" in path]) == 1


def test_a_consent_that_ends_upstream_ends_here(partner: Upstream, pull_once: Pull) -> None:
    show(partner, png())
    pull_once()
    item = partner.find(SLUG)
    item["source"]["media"][0]["consent_until"] = "2020-01-01"
    partner.seal(item)
    partner.touch(item)

    report = pull_once()

    assert (CustomImage.objects.get().has_consent(), report.counts["updated"]) == (False, 0)


def test_what_is_hidden_in_a_picture_does_not_get_in(partner: Upstream, pull_once: Pull) -> None:
    sha256 = show(partner, png(secret="50.85, 4.35"))
    pull_once()

    image = CustomImage.objects.get()
    with image.file.open("rb") as file:
        content = file.read()
    assert (b"50.85" in content, hashlib.sha256(content).hexdigest()) == (False, image.sha256)
    assert ReplicaMedia.objects.get().sha256 == sha256
    assert BestPracticePage.objects.get(slug=SLUG).body[0].value["image"].pk == image.pk


LEFT_OUT: dict[str, tuple[Callable[[Upstream], str], str]] = {
    "other bytes": (lambda up: show(up, png(), promised=b"promised"), "not the ones that were promised"),
    "no picture": (lambda up: show(up, b"<svg onload=alert(1)>"), "not a picture"),
    "a bomb": (lambda up: show(up, bomb()), "million pixels|not a picture"),
    "too many bytes": (lambda up: show(up, b"\x00" * (21 * 1024 * 1024)), "more than 20 MB"),
    "not for copying": (lambda up: show(up, png(), may_be_replicated=False), "does not want it copied"),
    "no consent": (lambda up: show(up, png(), consent_until="2020-01-01"), "has run out"),
}


@pytest.mark.parametrize("name", LEFT_OUT)
def test_a_file_that_cannot_be_taken_is_left_out(partner: Upstream, pull_once: Pull, name: str) -> None:
    prepare, words = LEFT_OUT[name]
    sha256 = prepare(partner)

    report = pull_once()

    assert CustomImage.objects.count() == 0
    assert re.search(words, " ".join(report.said))  # type: ignore[attr-defined]
    page = BestPracticePage.objects.get(slug=SLUG)
    replica = Replica.objects.get(object_id=page.pk)
    assert [one["name"] for one in replica.unplaced["references"]] == [sha256]
    assert pull_once().writes == 0


def test_a_file_that_the_peer_cannot_give_now_lets_the_page_wait(
    partner: Upstream, pull_once: Pull, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("equalcity.replication.client.PAUSES", (0.0, 0.0))
    show(partner, png())
    partner.misbehave = lambda path: (500, {}, b"") if "media" in path else None
    pull_once()
    assert ("could not be fetched" in HeldItem.objects.get().reason, practices()) == (True, OTHERS)
    partner.misbehave = lambda path: None

    pull_once()

    assert (HeldItem.objects.count(), CustomImage.objects.count(), len(practices())) == (0, 1, 3)


def test_a_peer_that_is_too_busy_for_files_stops_the_pull(partner: Upstream, pull_once: Pull) -> None:
    show(partner, png())
    partner.misbehave = lambda path: (429, {}, b"") if "media" in path else None
    with pytest.raises(PeerUnreachable, match="asks us to wait"):
        pull_once()
