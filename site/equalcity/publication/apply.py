"""source -> object: the way back.

Puts a source on a page or term in memory; nothing is saved. What cannot be placed here (a field or block that this
version does not know, a reference to something that has not arrived) is returned, so that the caller can keep it.
"""

import json
import uuid
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db import models
from modelcluster.models import get_all_child_relations
from taggit.managers import TaggableManager
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import COMMENTS_RELATION_NAME, Page

from equalcity.core.models import CustomDocument, CustomImage, Term
from equalcity.publication import references
from equalcity.publication.references import DOCUMENT, IMAGE, PAGE, PageName, read_page_name
from equalcity.publication.source import content_fields


class Resolver(Protocol):
    """Finds local objects by the names that a source uses; None where there is none (yet)."""

    def page(self, name: PageName) -> Page | None: ...

    def image(self, sha256: str) -> CustomImage | None: ...

    def document(self, sha256: str) -> CustomDocument | None: ...

    def term(self, vocabulary: str, code: str) -> Term | None: ...


@dataclass
class Unplaced:
    """What a source holds that could not be put on the object: by field, by block with its place, by reference."""

    fields: dict[str, Any] = field(default_factory=dict)
    blocks: list[dict[str, Any]] = field(default_factory=list)
    references: list[dict[str, str]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.fields or self.blocks or self.references)


@dataclass
class _Placing:
    resolver: Resolver
    unplaced: Unplaced

    def find(self, reference: dict[str, Any] | None, where: str) -> Any:
        """Return the object that a reference names, or None, noting what is missing."""
        kind, name = next(iter(reference.items()), ("", None)) if reference else ("", None)
        if name is None:
            return None
        found = self._look_up(kind, str(name))
        if found is None:
            self.unplaced.references.append({"where": where, "kind": kind, "name": str(name)})
        return found

    def _look_up(self, kind: str, name: str) -> Any:
        match kind:
            case references.PAGE:
                return self.resolver.page(read_page_name(name))
            case references.IMAGE:
                return self.resolver.image(name)
            case references.DOCUMENT:
                return self.resolver.document(name)
            case references.TERM:
                vocabulary, _colon, code = name.partition(":")
                return self.resolver.term(vocabulary, code)
            case _:
                return None


def apply_source(thing: Page | Term, source: dict[str, Any], resolver: Resolver) -> Unplaced:
    """Put the content of `source` on `thing` and return what could not be placed.

    Inline rows are matched by their key and keep their primary key. Raises `ValueError`, `TypeError` or
    `django.core.exceptions.ValidationError` for values that no version of the type could hold.
    """
    placing = _Placing(resolver, Unplaced())
    _put_fields(thing, source["fields"], "", placing)
    if isinstance(thing, Page):
        _put_children(thing, source.get("children", {}), placing)
    return placing.unplaced


def _put_fields(thing: models.Model, values: dict[str, Any], where: str, placing: _Placing) -> None:
    known = {one.name: one for one in content_fields(type(thing))}
    for name, value in values.items():
        place = f"{where}{name}"
        if name not in known:
            placing.unplaced.fields[place] = value
            continue
        one = known[name]
        match one:
            case TaggableManager():
                getattr(thing, name).set(value)
            case models.ManyToManyField():
                found = [placing.find(reference, place) for reference in value]
                setattr(thing, name, [related for related in found if related is not None])
            case models.ForeignKey():
                setattr(thing, name, placing.find(value, place))
            case StreamField():
                setattr(thing, name, json.dumps(_stream(one.stream_block, value, place, placing)))
            case RichTextField():
                setattr(thing, name, _rich_text(value, place, placing))
            case _:
                setattr(thing, name, one.to_python(value))


def _put_children(page: Page, children: dict[str, Any], placing: _Placing) -> None:
    known = {
        relation.get_accessor_name(): relation.related_model
        for relation in get_all_child_relations(type(page))
        if relation.get_accessor_name() != COMMENTS_RELATION_NAME
    }
    for name, rows in children.items():
        if name not in known:
            placing.unplaced.fields[name] = rows
            continue
        model = known[name]
        present = {row.translation_key: row for row in getattr(page, name).all()} if page.pk else {}
        placed = []
        for order, row in enumerate(rows):
            key = uuid.UUID(row["key"])
            child = present.get(key) or model(translation_key=key)
            child.locale = page.locale
            child.sort_order = order
            _put_fields(child, row["fields"], f"{name}/{key}/", placing)
            if _is_whole(child):
                placed.append(child)
            else:
                placing.unplaced.blocks.append({"where": name, "position": order, "block": row})
        setattr(page, name, placed)


def _is_whole(child: models.Model) -> bool:
    """Whether every reference that the row cannot do without has been found."""
    return all(
        getattr(child, one.attname) is not None
        for one in content_fields(type(child))
        if isinstance(one, models.ForeignKey) and not one.null
    )


def _stream(block: Any, value: Any, where: str, placing: _Placing) -> Any:
    if isinstance(block, blocks.BaseStreamBlock):
        placed = []
        for position, child in enumerate(value):
            inner = block.child_blocks.get(child["type"])
            if inner is None:
                placing.unplaced.blocks.append({"where": where, "position": position, "block": child})
                continue
            placed.append({**child, "value": _stream(inner, child["value"], f"{where}/{child['id']}", placing)})
        return placed
    if isinstance(block, blocks.ListBlock):
        return [
            {**item, "value": _stream(block.child_block, item["value"], f"{where}/{item['id']}", placing)}
            for item in value
        ]
    if isinstance(block, blocks.BaseStructBlock):
        placed_values = {}
        for name, inner_value in value.items():
            inner = block.child_blocks.get(name)
            if inner is None:
                placing.unplaced.fields[f"{where}/{name}"] = inner_value
            elif isinstance(block, ImageBlock) and name == "image":
                placed_values[name] = _pk(placing.find(inner_value, f"{where}/{name}"))
            else:
                placed_values[name] = _stream(inner, inner_value, f"{where}/{name}", placing)
        return placed_values
    if isinstance(block, blocks.ChooserBlock):
        return _pk(placing.find(value, where))
    if isinstance(block, blocks.RichTextBlock):
        return _rich_text(value, where, placing)
    return value


def _pk(found: Any) -> int | None:
    return found.pk if found is not None else None


def _rich_text(html: str, where: str, placing: _Placing) -> str:
    """Put local ids in place of names; a link to a page that is not here stays, as a foreign link by its name."""
    kinds = {"page": PAGE, "document": DOCUMENT, "image": IMAGE}

    def change(kind: str, tag: str) -> str:
        named = references.REF.search(tag)
        if named is None or kind not in kinds:
            return tag
        found = placing.find({kinds[kind]: named[1]}, where)
        if found is not None:
            return tag.replace(named[0], f' id="{found.pk}"')
        return tag.replace('linktype="page"', 'linktype="foreign"') if kind == "page" else tag

    return references.rewrite(html, change)
