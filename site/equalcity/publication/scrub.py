"""Removing something from what is stored of a key, in place: the second half of safety rule 3.

Recording anew would be too late: until then a reader could fetch the old bytes. So documents and sources are
rewritten in the transaction that takes the words back, with other etags, and with a new number in the feed, so that
every follower hears of it. The counter's lock is held meanwhile: whoever records at the same time either was done
before or finds a newer mark and gives up what they had prepared.
"""

import uuid
from collections.abc import Callable
from typing import Any

import orjson
from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Page

from equalcity.publication import marks, telling
from equalcity.publication.counter import locked_state
from equalcity.publication.models import Dirty, FeedState, Publication
from equalcity.publication.signals import scrubbed
from equalcity.publication.source import canonical, etag

# Columns of a publication that hold words of the page, under the same names as there.
TEXTS = ("title", "slug", "url_path")
Change = Callable[[dict[str, Any]], dict[str, Any]]
Clean = Callable[[str], str]


def scrub(
    key: uuid.UUID, pages: list[int], *, document: Change, source: Change, clean: Clean, blank: dict[str, Any]
) -> int:
    """Rewrite what is published of a key and tell whoever keeps copies; return the number the feed has now.

    Belongs into the transaction that changes the pages, after them. Raises what a keeper of copies raises.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("Nothing is removed by halves: begin a transaction first.")
    counter, now = locked_state(), timezone.now()
    rows = list(Publication.objects.filter(kind="page", key=key).select_related("body"))
    called = {pk: tuple(texts) for pk, *texts in Page.objects.filter(pk__in=pages).values_list("pk", *TEXTS)}
    # Who is writing something of it at this moment reads it again, whether it is called differently now or not.
    telling.note(counter, "page", str(key))
    for row in rows:
        if row.state != Publication.State.LIVE:
            continue
        if row.object_id in called and called[row.object_id] != tuple(getattr(row, name) for name in TEXTS):
            row.title, row.slug, row.url_path = called[row.object_id]
            telling.tell_of_page(counter, row)
        body = row.body
        said = document(orjson.loads(body.document))
        row.document_etag = etag(orjson.dumps(said, option=orjson.OPT_SORT_KEYS))
        row.modified_at = now
        if row.original_id is None:
            counter.seq += 1
            row.seq = counter.seq
            body.source = canonical(source(orjson.loads(body.source))).decode()
            row.source_etag = etag(body.source.encode())
            said["meta"]["modified_at"] = now.isoformat()
        body.document = orjson.dumps(said).decode()
        row.save()
        body.save()
        row.refs.filter(kind__in=blank).delete()
    FeedState.objects.filter(pk=counter.pk).update(seq=counter.seq)
    for mark in Dirty.objects.filter(kind__in=["page", "tree"], object_id__in=pages).exclude(error=""):
        Dirty.objects.filter(pk=mark.pk).update(error=clean(mark.error))
    publications = [row.pk for row in rows]
    scrubbed.send(sender=None, key=key, pages=pages, publications=publications, clean=clean, blank=blank)
    marks.mark_pages(pages)
    return counter.seq


def clean_texts(value: Any, clean: Clean) -> Any:
    """Return JSON with every text in it cleaned."""
    match value:
        case str():
            return clean(value)
        case list():
            return [clean_texts(one, clean) for one in value]
        case dict():
            return {name: clean_texts(one, clean) for name, one in value.items()}
        case _:
            return value
