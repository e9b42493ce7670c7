"""One pull: everything that changed at a peer since the last one, taken item by item.

Killed anywhere, it resumes: each page is one transaction, the cursor moves after the items it covers, and an item
that was taken already is recognised by its etag. What must wait is kept with its reason and looked at again.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import orjson
from django.utils import timezone
from wagtail.models import Locale

from equalcity.core.models import District
from equalcity.replication import importer, safe_spaces
from equalcity.replication.client import PeerAnsweredNonsense, PeerClient, PeerError
from equalcity.replication.importer import ParentMissing, Result
from equalcity.replication.media import MediaRefused, take_media
from equalcity.replication.models import HeldItem, Peer, Replica
from equalcity.replication.schema import FeedItem, Malformed, Refused, read_item, read_media, read_source

ITEMS = 100
FUSE_PAGES = 20
FUSE_SHARE = 0.10
# One or two withdrawals are everyday work, also where a tenth of everything is less than that.
FUSE_LEAST = 2


class FuseBlown(Exception):
    """More would be withdrawn than a person should let pass unseen; nothing of that was done. Says so in a sentence."""


@dataclass
class Report:
    """What a pull did, in items; `say` receives a line about each thing that a person should know."""

    counts: Counter[str] = field(default_factory=Counter)
    say: Callable[[str], None] = print
    step: Callable[[], None] = lambda: None

    def add(self, result: Result) -> None:
        self.counts[result.value] += 1

    @property
    def writes(self) -> int:
        """Pages, terms, files and notes written; 0 when everything was up to date."""
        quiet = {Result.UNCHANGED.value, Result.SKIPPED.value}
        return sum(count for name, count in self.counts.items() if name not in quiet)


def pull(peer: Peer, client: PeerClient, report: Report, *, force: bool = False) -> None:
    """Bring everything that changed since the last pull, and leave a note of how it went on the peer's row.

    `force`: also take back what the fuse would ask about. Raises `PeerError` and `FuseBlown`; what was taken
    before stays, and the next pull goes on from there.
    """
    peer.last_attempt_at = timezone.now()
    peer.save(update_fields=["last_attempt_at"])
    try:
        _read_feed(peer, client, report)
        _settle(peer, client, report, force=force)
    except (PeerError, FuseBlown) as error:
        peer.last_error = str(error)
        peer.save(update_fields=["last_error"])
        raise
    peer.last_success_at = timezone.now()
    peer.last_error = ""
    peer.save(update_fields=["last_success_at", "last_error"])


def _scope(peer: Peer) -> str:
    """Return what the cursor depends on: pages that we passed over are wanted once we have their language."""
    ours = sorted(Locale.objects.values_list("language_code", flat=True))
    return f"{','.join(ours)} {','.join(peer.locales)} {peer.subtree or ''} {peer.with_places}"


def _read_feed(peer: Peer, client: PeerClient, report: Report) -> None:
    scope = _scope(peer)
    if scope != peer.cursor_scope:
        peer.cursor, peer.cursor_scope = "", scope
        peer.save(update_fields=["cursor", "cursor_scope"])
    more = True
    while more:
        answer = client.changes(
            peer.cursor, limit=ITEMS, locales=peer.locales, subtree=str(peer.subtree) if peer.subtree else ""
        )
        if answer.more and answer.next == peer.cursor:
            raise PeerAnsweredNonsense(f"{client.url} says that there is more, but not where.")
        for item in in_order(answer.items):
            take_or_hold(peer, client, item, report)
        if answer.next != peer.cursor:
            peer.cursor = answer.next
            peer.save(update_fields=["cursor"])
        more = answer.more


def in_order(items: Iterable[FeedItem]) -> list[FeedItem]:
    """Return terms first, then pages so that parents come before children and siblings in their parents' order.

    Items whose parents form a circle come last; they will wait for a parent that never comes.
    """
    listed = list(items)
    # Districts name their city.
    terms = sorted((item for item in listed if item.is_term), key=lambda item: item.type == District._meta.label)
    pages = {(item.key, item.locale): item for item in listed if not item.is_term}
    below: dict[object, list[FeedItem]] = {}
    for item in pages.values():
        above = (item.parent, item.locale) if (item.parent, item.locale) in pages else None
        below.setdefault(above, []).append(item)
    ordered: list[FeedItem] = []
    waiting = list(reversed(below.pop(None, [])))
    while waiting:
        item = waiting.pop()
        ordered.append(item)
        place = {key: number for number, key in enumerate(item.children)}
        children = below.pop((item.key, item.locale), [])
        children.sort(key=lambda child: place.get(child.key, len(place)), reverse=True)
        waiting.extend(children)
    circular = [item for group in below.values() for item in group]
    return [*terms, *ordered, *circular]


def take_or_hold(peer: Peer, client: PeerClient, item: FeedItem, report: Report, *, nothing_more: bool = False) -> None:
    """Take one item, or keep it with the reason why not. Raises `PeerError`."""
    report.step()
    if safe_spaces.is_unwanted(peer, item) and item.is_live:
        report.add(Result.SKIPPED)
        return
    item = safe_spaces.at_our_precision(peer, item)
    if importer.would_withdraw(peer, item) and not nothing_more:
        hold(peer, item, HeldItem.Why.WITHDRAWAL, "The peer took it back.", report)
        return
    try:
        _take_files(peer, client, item, report)
        result = importer.take(peer, item, nothing_more=nothing_more)
    except ParentMissing:
        hold(peer, item, HeldItem.Why.PARENT, "The page above it has not come.", report)
    except Refused as error:
        hold(peer, item, HeldItem.Why.REFUSED, str(error), report)
    else:
        HeldItem.objects.filter(peer=peer, key=item.key, locale=item.locale).delete()
        report.add(result)


def _take_files(peer: Peer, client: PeerClient, item: FeedItem, report: Report) -> None:
    if not importer.wants_content(item):
        return
    for entry in read_media(read_source(item)):
        try:
            if take_media(peer, client, entry):
                report.counts["media"] += 1
        except MediaRefused as error:
            report.say(f"A file was left out. {error}")
        except PeerAnsweredNonsense as error:
            raise Refused(f"Its file “{entry.title}” could not be fetched: {error}") from error


def hold(peer: Peer, item: FeedItem, why: str, reason: str, report: Report) -> None:
    """Keep an item that was not taken; the same item with the same reason is not written twice."""
    text = orjson.dumps(item.raw).decode()
    known = HeldItem.objects.filter(peer=peer, key=item.key, locale=item.locale).first()
    if known is not None and (known.item, known.why, known.reason) == (text, why, reason):
        return
    held = known or HeldItem(peer=peer, key=item.key, locale=item.locale)
    held.item, held.why, held.reason = text, why, reason
    held.save()
    if why == HeldItem.Why.REFUSED:
        report.say(f"Held back: {item.type} {item.key} ({item.locale}). {reason}")


# The end of a pull -----------------------------------------------------------------------------------------


def _settle(peer: Peer, client: PeerClient, report: Report, *, force: bool) -> None:
    """Look again at what waited, now that the feed is read to its end."""
    _take_held(peer, client, report)
    report.counts["linked"] += importer.settle_references(peer)
    _check_fuse(peer, force=force)
    for item in _held_items(peer, HeldItem.Why.WITHDRAWAL):
        take_or_hold(peer, client, item, report, nothing_more=True)


def _take_held(peer: Peer, client: PeerClient, report: Report) -> None:
    """Take what can be taken by now; each round may bring the parents of the next one's children."""
    before = None
    while (waiting := HeldItem.objects.filter(peer=peer).exclude(why=HeldItem.Why.WITHDRAWAL)).count() != before:
        before = waiting.count()
        for item in in_order(_held_items(peer, HeldItem.Why.PARENT, HeldItem.Why.REFUSED)):
            take_or_hold(peer, client, item, report, nothing_more=True)


def _held_items(peer: Peer, *why: str) -> list[FeedItem]:
    """Return the held items that can be read; one that an older version wrote differently is dropped."""
    found = []
    for held in HeldItem.objects.filter(peer=peer, why__in=why).order_by("pk"):
        try:
            found.append(read_item(orjson.loads(held.item)))
        except (orjson.JSONDecodeError, Malformed):
            held.delete()
    return found


def _check_fuse(peer: Peer, *, force: bool) -> None:
    """Raises `FuseBlown`."""
    waiting = HeldItem.objects.filter(peer=peer, why=HeldItem.Why.WITHDRAWAL).count()
    pages = Replica.objects.filter(peer=peer, anchor=False).count()
    if force or waiting <= FUSE_LEAST or (waiting <= FUSE_PAGES and waiting <= pages * FUSE_SHARE):
        return
    raise FuseBlown(
        f"{peer.name} takes back {waiting} of the {pages} pages that it gave us. Nothing was taken back here; "
        f"everything else was pulled. If that is right, run it again with --force."
    )
