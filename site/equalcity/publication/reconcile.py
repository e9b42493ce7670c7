"""What should be published, compared with what is: the hourly net below the marks.

Closes what `.update()`, a changed `SITE_URL`, a restored database or a bug leaves behind.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import orjson
from django.db import DatabaseError
from wagtail.models import Page

from equalcity.core.models.terms import VOCABULARIES
from equalcity.publication import marks
from equalcity.publication.models import Dirty, Publication
from equalcity.publication.predicate import public_pages
from equalcity.publication.prepare import Prepared, prepare
from equalcity.publication.source import etag


@dataclass(frozen=True)
class Difference:
    """One object whose publication is `missing`, `leaked` (recorded, but not public) or `stale`.

    `broken` is what cannot be rendered, so that nobody knows: recording it parks it with its error.
    """

    kind: str
    object_id: int
    problem: str


def differences(progress: Callable[[int, int], None] | None = None) -> Iterator[Difference]:
    """Yield every difference; renders each public object once. Writes nothing."""
    expected = list(_expected())
    have = _recorded()
    for done, (kind, object_id) in enumerate(expected, start=1):
        row = have.pop((kind, object_id), None)
        if row is None:
            yield Difference(kind, object_id, "missing")
        elif problem := _problem_of(row, kind, object_id):
            yield Difference(kind, object_id, problem)
        if progress:
            progress(done, len(expected))
    for kind, object_id in have:
        yield Difference(kind, object_id, "leaked")


def repair(found: list[Difference]) -> None:
    """Mark what differs, so that `record` puts it right.

    Of what is parked, others were told when it parked: trying again tells them nothing new.
    """
    parked = set(Dirty.objects.exclude(parked_at=None).values_list("kind", "object_id"))
    for one in found:
        echo = (one.kind, one.object_id) in parked
        marks.mark(one.kind, one.object_id, echo=echo, record_later=False)


def _expected() -> Iterator[tuple[str, int]]:
    for pk in public_pages(Page.objects.filter(depth__gt=1)).order_by("path").values_list("pk", flat=True):
        yield "page", pk
    for vocabulary, model in VOCABULARIES.items():
        for pk in model._default_manager.order_by("pk").values_list("pk", flat=True):
            yield vocabulary, pk


def _recorded() -> dict[tuple[str, int], Publication]:
    vocabularies = {model._meta.label: name for name, model in VOCABULARIES.items()}
    rows = Publication.objects.filter(state=Publication.State.LIVE).select_related("original").prefetch_related("refs")
    return {
        ("page" if row.kind == "page" else vocabularies[row.type], row.object_id): row
        for row in rows
        if row.object_id is not None
    }


def _problem_of(row: Publication, kind: str, object_id: int) -> str:
    try:
        prepared = prepare(kind, object_id)
    except DatabaseError:
        raise
    except Exception:
        return "broken"
    return "stale" if _is_stale(row, prepared) else ""


def _is_stale(row: Publication, prepared: Prepared | None) -> bool:
    if prepared is None or (row.key, row.locale) != (prepared.key, prepared.locale):
        return True
    if any(getattr(row, name) != value for name, value in prepared.columns.items()):
        return True
    if prepared.original is not None:
        original = row.original
        return (
            original is None
            or (original.key, original.locale) != prepared.original
            or row.document_etag != etag(orjson.dumps(prepared.document))
        )
    return (
        row.original_id is not None
        or row.source_etag != etag(prepared.source)
        or row.document_etag != etag(orjson.dumps(prepared.document, option=orjson.OPT_SORT_KEYS))
        or row.children != prepared.children
        or {(one.kind, one.name) for one in row.refs.all()} != prepared.refs
    )
