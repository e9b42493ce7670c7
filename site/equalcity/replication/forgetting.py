"""What was taken back of a page leaves what was kept of its pulls: bases of merges, conflicts, held items (rule 3)."""

import uuid
from typing import Any

import orjson

from equalcity.publication.scrub import Clean, clean_texts
from equalcity.publication.source import canonical
from equalcity.replication.models import Conflict, HeldItem, Replica


def on_scrubbed(sender: Any, key: uuid.UUID, clean: Clean, blank: dict[str, Any], **kwargs: Any) -> None:
    """Blank the fields and clean the words in everything that was kept of this page."""
    for replica in Replica.objects.filter(local_key=key):
        replica.base = _cleaned(replica.base, clean, blank)
        replica.applied = _cleaned(replica.applied, clean, blank)
        replica.unplaced = clean_texts(replica.unplaced, clean)
        replica.save(update_fields=["base", "applied", "unplaced"])
        for conflict in Conflict.objects.filter(replica=replica):
            for name in ("base", "mine", "theirs"):
                setattr(conflict, name, _cleaned(getattr(conflict, name), clean, blank))
            conflict.save(update_fields=["base", "mine", "theirs"])
        # It is asked for again; kept as it came it would hold everything.
        HeldItem.objects.filter(peer=replica.peer, key=replica.peer_key).delete()


def without(source: dict[str, Any], blank: dict[str, Any]) -> dict[str, Any]:
    """Return a source in which these fields stand for nothing; fields that it does not have stay away."""
    fields = source.get("fields", {})
    return {**source, "fields": {**fields, **{name: nothing for name, nothing in blank.items() if name in fields}}}


def _cleaned(text: str, clean: Clean, blank: dict[str, Any]) -> str:
    return canonical(clean_texts(without(orjson.loads(text), blank), clean)).decode() if text else ""
