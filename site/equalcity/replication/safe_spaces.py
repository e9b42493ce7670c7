"""Places of a peer: taken only where a rule says so, never known more exactly than here, less exactly at once (rule 3).

A place that its origin lets be known less exactly is lowered here in the same moment, whatever the fuse says. One
that it lets be known more exactly is a proposal: what arrives is cut to our precision before anything of it is
stored, and two people here decide, as for any other place. Pulled places cannot be edited here
(`safespace_map.forms`), and leave the map when their own check is due.
"""

from dataclasses import replace

import orjson

from equalcity.publication.counter import instance_id
from equalcity.publication.source import canonical, etag
from equalcity.replication.forgetting import without
from equalcity.replication.models import Peer, Replica
from equalcity.replication.schema import FeedItem
from safespace_map.lowering import lower
from safespace_map.models import SafeSpacePage
from safespace_map.precision import LEVELS, blank_for, is_more_exact

PLACE = SafeSpacePage._meta.label


def is_unwanted(peer: Peer, item: FeedItem) -> bool:
    """Whether this is a place of a peer whose places nobody asked for."""
    return item.type == PLACE and not peer.with_places


def at_our_precision(peer: Peer, item: FeedItem) -> FeedItem:
    """Return the item with no more in it than may be known here; lower the place first where less may be.

    Only the peer that a place is bound to has a say.
    """
    theirs = _precision(item)
    replica = Replica.objects.filter(
        peer=peer, origin_instance=item.origin_instance, origin_key=item.origin_key, anchor=False
    ).first()
    place = SafeSpacePage.objects.filter(translation_key=item.key_at(instance_id())).order_by("pk").first()
    if theirs is None or place is None:
        return item
    if replica is not None and is_more_exact(place.precision, theirs) and item.origin_instance != instance_id():
        lower(place, theirs, by=peer.name)
        return item
    if not is_more_exact(theirs, place.precision):
        return item
    if replica is not None:
        Replica.objects.filter(pk=replica.pk).update(proposal=Replica.Proposal.RAISE)
    return _cut(item, place.precision)


def _cut(item: FeedItem, precision: str) -> FeedItem:
    """Return the item as if the place were known that little, checksum and all."""
    source = without(orjson.loads(orjson.dumps(item.source)), {**blank_for(precision), "precision": precision})
    sealed = etag(canonical(source))
    return replace(item, source=source, etag=sealed, raw={**item.raw, "source": source, "etag": sealed})


def _precision(item: FeedItem) -> str | None:
    """Return how exactly the item says that the place is known, if it is a place and says so."""
    if item.type != PLACE or not item.is_live or not isinstance(item.source, dict):
        return None
    fields = item.source.get("fields")
    said = fields.get("precision") if isinstance(fields, dict) else None
    return said if said in LEVELS else None
