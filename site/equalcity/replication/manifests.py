"""Does this instance hold what a peer offers? Manifests say so in two requests, without reading the pages."""

from collections.abc import Iterator
from dataclasses import dataclass

from wagtail.models import Locale

from equalcity.publication.manifest import BUCKETS, Entry, LocaleManifest, manifest
from equalcity.replication.client import PeerClient
from equalcity.replication.models import Peer, Replica

# What a peer took back waits for a person here, and is no longer in its manifest.
GONE = (Replica.Proposal.WITHDRAW, Replica.Proposal.RECALL, Replica.Proposal.LEFT)
EMPTY = LocaleManifest(0, "", ("",) * len(BUCKETS))


@dataclass(frozen=True)
class Comparison:
    """How many pages the peer offers in our languages, and which of them differ from what was pulled here."""

    offered: int
    missing: tuple[Entry, ...] = ()
    changed: tuple[Entry, ...] = ()
    gone: tuple[Entry, ...] = ()

    @property
    def same(self) -> bool:
        return not (self.missing or self.changed or self.gone)


def held(peer: Peer) -> Iterator[Entry]:
    """Yield what was pulled from a peer, as it was there at the last pull; what we made of it does not count."""
    rows = Replica.objects.filter(peer=peer).exclude(proposal__in=GONE)
    for row in rows.values_list("origin_instance", "origin_key", "locale", "base_etag"):
        yield Entry(*row)


def compare(peer: Peer, client: PeerClient) -> Comparison:
    """Compare what the peer offers in the languages that we follow with what was pulled. Raises `PeerError`."""
    locales = followed(peer)
    subtree = str(peer.subtree) if peer.subtree else ""
    theirs = client.manifest(peer.locales, subtree).locales
    ours = [entry for entry in held(peer) if entry.locale in locales]
    mine = manifest(ours).locales
    offered = sum(one.count for locale, one in theirs.items() if locale in locales)
    differing = sorted(
        {
            bucket
            for locale in locales
            for bucket, there, here in zip(
                BUCKETS, theirs.get(locale, EMPTY).buckets, mine.get(locale, EMPTY).buckets, strict=True
            )
            if there != here
        }
    )
    listed = (one for bucket in differing for one in client.manifest_bucket(bucket, peer.locales, subtree))
    there = {named(one): one for one in listed if one.locale in locales}
    here = {named(one): one for one in ours if one.bucket in differing}
    return Comparison(
        offered,
        missing=tuple(there[name] for name in sorted(there.keys() - here.keys())),
        changed=tuple(there[name] for name in sorted(there.keys() & here.keys()) if there[name] != here[name]),
        gone=tuple(here[name] for name in sorted(here.keys() - there.keys())),
    )


def followed(peer: Peer) -> list[str]:
    """Return the languages that are pulled from a peer: those it is followed in, as far as we have them."""
    ours = Locale.objects.order_by("language_code").values_list("language_code", flat=True)
    return [code for code in ours if not peer.locales or code in peer.locales]


def named(entry: Entry) -> tuple[str, str, str]:
    return str(entry.instance), str(entry.key), entry.locale
