"""object -> source: what a partner needs to hold the same thing.

Raw StreamField data with every id, inlines by their translation key, every reference by identity, no derived URL.
`canonical` gives RFC 8785 bytes, so that equal content has equal bytes and one etag everywhere.
"""

import datetime
import decimal
import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import rfc8785
from django.db import models
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from modelcluster.models import get_all_child_relations
from taggit.managers import TaggableManager
from wagtail import blocks
from wagtail.documents.models import AbstractDocument
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.images.models import AbstractImage
from wagtail.models import COMMENTS_RELATION_NAME, Page

from equalcity.core.models import CustomDocument, CustomImage, Term
from equalcity.core.public import IsPublic
from equalcity.core.statements import statement
from equalcity.publication import references
from equalcity.publication.counter import state
from equalcity.publication.models import FeedState, Origin
from equalcity.publication.references import DOCUMENT, IMAGE, PAGE, TERM, PageName

# Wagtail's own bookkeeping: where a page stands, who edits it, what is planned with it. None of it is content.
BOOKKEEPING = {
    "id", "path", "depth", "numchild", "url_path", "page_ptr", "content_type", "live", "has_unpublished_changes",
    "first_published_at", "last_published_at", "live_revision", "latest_revision", "latest_revision_created_at",
    "locked", "locked_at", "locked_by", "owner", "alias_of", "expired", "go_live_at", "expire_at", "draft_title",
    "translation_key", "locale", "index_entries", "origin", "sort_order", "page", "workflow_states",
}  # fmt: skip
BLOCK_NAMESPACE = uuid.UUID("0b0e2f0a-3b57-5a0e-9f57-5f0f6f1c7c11")


@dataclass
class References:
    """What one source refers to, gathered while it is written. `feed` was read before anything else."""

    for_public: bool
    feed: FeedState = field(default_factory=state)
    names: set[tuple[str, str]] = field(default_factory=set)
    pages: set[int] = field(default_factory=set)
    media: dict[str, "CustomImage | CustomDocument"] = field(default_factory=dict)
    found: dict[int, Any] = field(default_factory=dict)
    origins: dict[uuid.UUID, tuple[uuid.UUID, uuid.UUID]] = field(default_factory=dict)

    def origin(self, local_key: uuid.UUID) -> tuple[uuid.UUID, uuid.UUID]:
        """Return (instance, key) of where an object comes from: itself, unless the importer wrote otherwise."""
        if local_key not in self.origins:
            self.origins[local_key] = next(iter(_origins(local_key)), (self.feed.instance, local_key))
        return self.origins[local_key]

    def note_origin(self, page: Any) -> None:
        """Remember the origin of a page that was read `with_origin`."""
        known = (
            (page.origin_instance, page.origin_key) if page.origin_key else (self.feed.instance, page.translation_key)
        )
        self.origins[page.translation_key] = known

    def page(self, pk: int | None) -> str | None:
        """Return the page's name; None for a page that is gone or, for the public, hidden."""
        page = self.look_up([pk]).get(pk) if pk is not None else None
        if page is None or (self.for_public and not page.is_public):
            return None
        self.pages.add(page.pk)
        return str(PageName(*self.origins[page.translation_key], page.locale.language_code))

    def look_up(self, pks: Iterable[int]) -> dict[int, Any]:
        """Return these pages, each with `is_public`, as far as they exist. One query for those that are new."""
        if new := set(pks) - self.found.keys():
            for page in _named(list(new), timezone.now()):
                self.found[page.pk] = page
                self.names.add(("page", str(page.translation_key)))
                self.note_origin(page)
        return self.found

    def file(self, model: type[models.Model], pk: int | None) -> str | None:
        """Return the SHA-256 of a picture or document, and remember to describe it."""
        found: Any = model._default_manager.filter(pk=pk).first()
        if found is None:
            return None
        self.names.add(("image" if isinstance(found, AbstractImage) else "document", found.sha256))
        self.media[found.sha256] = found
        return str(found.sha256)

    def term(self, term: Term | None) -> str | None:
        if term is None:
            return None
        self.names.add((term.vocabulary, term.code))
        return f"{term.vocabulary}:{term.code}"


@statement
def _origins(local_key: uuid.UUID) -> "QuerySet[Origin, tuple[uuid.UUID, uuid.UUID]]":
    return Origin.objects.filter(local_key=local_key).values_list("instance", "key")


@statement
def _named(pks: list[int], now: datetime.datetime) -> "QuerySet[Any]":
    return with_origin(Page.objects.filter(pk__among=pks)).annotate(is_public=IsPublic(now=now))


def with_origin(pages: "QuerySet[Page]") -> "QuerySet[Any]":
    """Read pages with their language and with where they come from; what is from here has no `origin_key`."""
    origin = Origin.objects.filter(local_key=OuterRef("translation_key"))
    return pages.select_related("locale").annotate(
        origin_instance=Subquery(origin.values("instance")), origin_key=Subquery(origin.values("key"))
    )


def source_of(thing: Page | Term) -> dict[str, Any]:
    """Return the source of a page or term as it stands in `thing`, hidden references included."""
    return gather(thing, References(for_public=False))


def gather(thing: Page | Term, seen: References) -> dict[str, Any]:
    """Return the source; everything that it refers to is noted in `seen`."""
    instance, key = seen.origin(thing.translation_key)
    if isinstance(thing, Term):
        instance = thing.origin or instance
    source: dict[str, Any] = {
        "type": thing._meta.label,
        "schema": getattr(thing, "source_schema", 1),
        "locale": thing.locale.language_code,
        "origin": {"instance": str(instance), "key": str(key)},
        "fields": fields_of(thing, seen),
        "children": children_of(thing, seen) if isinstance(thing, Page) else {},
    }
    source["media"] = [describe(file) for _sha256, file in sorted(seen.media.items())]
    return source


def canonical(data: dict[str, Any]) -> bytes:
    """Return RFC 8785 bytes."""
    return rfc8785.dumps(data)


def etag(content: bytes) -> str:
    """Return the SHA-256 of the bytes, in hex."""
    return hashlib.sha256(content).hexdigest()


def content_fields(model: type[models.Model]) -> Iterable[Any]:
    """Yield the fields of a model that are content, in the model's order."""
    for one in model._meta.get_fields():
        if one.name in BOOKKEEPING or one.auto_created:
            continue
        if isinstance(one, models.ManyToManyField | TaggableManager) or one.concrete:
            yield one


def fields_of(thing: models.Model, seen: References) -> dict[str, Any]:
    """Return every content field of one object by its name."""
    return {one.name: value_of(thing, one, seen) for one in content_fields(type(thing))}


def value_of(thing: models.Model, one: Any, seen: References) -> Any:
    value = getattr(thing, one.name)
    match one:
        case TaggableManager():
            return sorted(value.names())
        case models.ManyToManyField():
            return sorted((referred(related, seen) for related in value.all()), key=str)
        case models.ForeignKey():
            return referred(value, seen)
        case StreamField():
            return stream_of(one.stream_block, list(value.raw_data), one.name, seen)
        case RichTextField():
            return rich_text_of(value or "", seen)
        case _:
            return plain(value)


def plain(value: Any) -> Any:
    """Return what JSON can hold; dates in ISO 8601, times in UTC."""
    match value:
        case datetime.datetime():
            return value.astimezone(datetime.UTC).isoformat()
        case datetime.date() | datetime.time():
            return value.isoformat()
        case decimal.Decimal() | uuid.UUID():
            return str(value)
        case _:
            return value


def referred(value: Any, seen: References) -> dict[str, Any] | None:
    match value:
        case None:
            return None
        case Term():
            return {TERM: seen.term(value)}
        case AbstractImage():
            return {IMAGE: seen.file(type(value), value.pk)}
        case AbstractDocument():
            return {DOCUMENT: seen.file(type(value), value.pk)}
        case Page():
            return {PAGE: seen.page(value.pk)}
        case _:
            raise TypeError(f"a source cannot refer to {type(value).__name__}")


def children_of(page: Page, seen: References) -> dict[str, Any]:
    """Return the inline rows by relation, each under its translation key, in their order."""
    found: dict[str, list[dict[str, Any]]] = {}
    for relation in get_all_child_relations(type(page)):
        name = relation.get_accessor_name()
        if name == COMMENTS_RELATION_NAME or not hasattr(relation.related_model, "translation_key"):
            continue
        rows = getattr(page, name).all()
        found[name] = [{"key": str(row.translation_key), "fields": fields_of(row, seen)} for row in rows]
    return found


# Stream data -----------------------------------------------------------------------------------------------


def stream_of(block: Any, raw: Any, where: str, seen: References) -> Any:
    """Return raw block data with ids everywhere and references by identity.

    Data that was written without ids would read with new ids each time; they are derived from the place instead.
    """
    if isinstance(block, blocks.BaseStreamBlock):
        return [
            {
                "type": child["type"],
                "value": stream_of(block.child_blocks.get(child["type"]), child["value"], f"{where}/{n}", seen),
                "id": child.get("id") or block_id(f"{where}/{n}"),
            }
            for n, child in enumerate(raw or [])
        ]
    if isinstance(block, blocks.ListBlock):
        return [
            {
                "type": "item",
                "value": stream_of(block.child_block, item_value(item), f"{where}/{n}", seen),
                "id": (item.get("id") if is_item(item) else None) or block_id(f"{where}/{n}"),
            }
            for n, item in enumerate(raw or [])
        ]
    if isinstance(block, ImageBlock):
        return image_of(block, raw, seen)
    if isinstance(block, blocks.BaseStructBlock):
        return {
            name: stream_of(block.child_blocks.get(name), value, f"{where}/{name}", seen)
            for name, value in (raw or {}).items()
        }
    if isinstance(block, blocks.ChooserBlock):
        return chosen(block, raw, seen)
    if isinstance(block, blocks.RichTextBlock):
        return rich_text_of(raw or "", seen)
    return raw


def image_of(block: ImageBlock, raw: Any, seen: References) -> Any:
    if not isinstance(raw, dict):
        raw = {"image": raw, "alt_text": "", "decorative": False}
    return {**raw, "image": chosen(block.child_blocks["image"], raw.get("image"), seen)}


def chosen(block: Any, raw: Any, seen: References) -> dict[str, Any] | None:
    if raw is None:
        return None
    model = block.model_class
    if issubclass(model, Page):
        return {PAGE: seen.page(raw)}
    if issubclass(model, AbstractImage):
        return {IMAGE: seen.file(model, raw)}
    if issubclass(model, AbstractDocument):
        return {DOCUMENT: seen.file(model, raw)}
    return {TERM: seen.term(model._default_manager.filter(pk=raw).first())}


def is_item(item: Any) -> bool:
    return isinstance(item, dict) and item.get("type") == "item" and "value" in item


def item_value(item: Any) -> Any:
    return item["value"] if is_item(item) else item


def block_id(where: str) -> str:
    return str(uuid.uuid5(BLOCK_NAMESPACE, where))


def rich_text_of(html: str, seen: References) -> str:
    """Replace database ids in rich text by names; a link to nothing keeps its text and loses its target."""

    def change(kind: str, tag: str) -> str:
        found = references.ID.search(tag)
        if kind == "foreign":
            return tag.replace('linktype="foreign"', 'linktype="page"')
        if found is None:
            return tag
        pk = int(found[1])
        match kind:
            case "page":
                name = seen.page(pk)
            case "image":
                name = seen.file(CustomImage, pk)
            case _:
                name = seen.file(CustomDocument, pk)
        return tag.replace(found[0], f' ref="{name}"' if name else "")

    return references.rewrite(html, change)


# Media -----------------------------------------------------------------------------------------------------


def describe(file: CustomImage | CustomDocument) -> dict[str, Any]:
    """Return what a partner needs to know of a file before fetching its bytes by their hash."""
    texts = {}
    if isinstance(file, CustomImage):
        texts = dict(file.texts.values_list("locale__language_code", "alt_text"))
    return {
        "kind": "image" if isinstance(file, CustomImage) else "document",
        "sha256": file.sha256,
        "title": file.title,
        "description": getattr(file, "description", ""),
        "credit": file.credit,
        "licence": file.licence,
        "consent_until": plain(file.consent_until),
        "may_be_replicated": file.may_be_replicated,
        "extension": str(file.file.name).rpartition(".")[2],
        "size": file.file_size,
        "texts": texts,
    }
