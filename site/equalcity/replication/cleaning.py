"""Text that comes from a peer, cleaned before anything else reads it (safety rule 6).

Works on the source: rich text there names what it links to by `ref`, and a database id in it would be a way to
point at a page of ours that nobody may see. On the way through the fields it also makes sure that every value has
the shape that its field needs, so that damaged data is refused here and not half applied.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import nh3
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import COMMENTS_RELATION_NAME, Page

from equalcity.core.sanitize import GLOBAL_ATTRIBUTES, REMOVED_WITH_CONTENT, SCHEMES, TAGS
from equalcity.publication.references import DOCUMENT, IMAGE
from equalcity.publication.source import content_fields
from equalcity.replication.schema import Refused, Source


@dataclass(frozen=True)
class Aside:
    """A block that was taken out: of which field, from which place, and the files that it misses (kind, hash)."""

    field: str
    position: int
    block: dict[str, Any]
    missing: list[tuple[str, str]]


_rich_text = nh3.Cleaner(
    tags=set(TAGS),
    clean_content_tags=set(REMOVED_WITH_CONTENT),
    # `data-block-key` joins a paragraph to its translations and comments.
    attributes={
        "a": {"href", "hreflang", "linktype", "ref"},
        "*": {*GLOBAL_ATTRIBUTES, "data-block-key"},
    },
    url_schemes=set(SCHEMES),
    link_rel=None,
)


def clean_rich_text(html: Any) -> str:
    """Return rich text of a source with nothing in it but what an editor here could have written.

    Spelled as the editor spells it, so that text that needs no cleaning is the same text afterwards.
    """
    return _rich_text.clean(_shaped(html, str)).replace("&nbsp;", "\u00a0").replace("<br>", "<br/>")


def clean_source(model: type[Any], source: Source) -> Source:
    """Return `source` with its rich text cleaned. Raises `Refused` for values of the wrong shape.

    Fields, rows and blocks that this version does not know stay as they are: they are kept beside the page and
    come here again once they are known.
    """
    return {
        **source,
        "fields": _clean_fields(model, source["fields"]),
        "children": _clean_children(model, source.get("children", {})) if issubclass(model, Page) else {},
    }


def set_aside(model: type[Any], source: Source, is_here: Callable[[str, str], bool]) -> tuple[Source, list[Aside]]:
    """Take out the blocks of bodies that show a file which is not here: without it they would be broken.

    `is_here(kind, sha256)` tells whether a file is. Returns the rest, and what was taken out with its place.
    """
    aside: list[Aside] = []
    fields = dict(source["fields"])
    for one in content_fields(model):
        if not isinstance(one, StreamField) or one.name not in fields:
            continue
        whole = []
        for position, block in enumerate(fields[one.name]):
            missing = [(kind, name) for kind, name in _files(block) if not (name and is_here(kind, name))]
            if missing:
                aside.append(Aside(one.name, position, block, missing))
            else:
                whole.append(block)
        fields[one.name] = whole
    return {**source, "fields": fields}, aside


def _files(value: Any) -> Iterator[tuple[str, str]]:
    """Yield every picture and document that a value of a source refers to: (kind, hash)."""
    match value:
        case {"$image": name}:
            yield IMAGE, str(name or "")
        case {"$document": name}:
            yield DOCUMENT, str(name or "")
        case dict():
            for inner in value.values():
                yield from _files(inner)
        case list():
            for inner in value:
                yield from _files(inner)


def _clean_fields(model: type[Any], values: dict[str, Any]) -> dict[str, Any]:
    known = {one.name: one for one in content_fields(model)}
    return {name: _clean_field(known.get(name), value) for name, value in values.items()}


def _clean_field(one: Any, value: Any) -> Any:
    match one:
        case RichTextField():
            return clean_rich_text(value)
        case StreamField():
            return _clean_block(one.stream_block, value)
        case None:
            return value
    if one.many_to_many:
        return [_reference(entry) for entry in _shaped(value, list)]
    if one.many_to_one:
        return _reference(value)
    if isinstance(value, dict | list):
        raise Refused(f"Its field {one.name} holds something that does not fit.")
    return value


def _clean_children(model: type[Page], children: dict[str, Any]) -> dict[str, Any]:
    known = {
        relation.get_accessor_name(): relation.related_model
        for relation in get_all_child_relations(model)
        if relation.get_accessor_name() != COMMENTS_RELATION_NAME
    }
    return {
        name: [{**row, "fields": _clean_fields(known[name], row["fields"])} for row in rows] if name in known else rows
        for name, rows in children.items()
    }


def _clean_block(block: Any, value: Any) -> Any:
    if isinstance(block, blocks.BaseStreamBlock):
        entries = [_entry(entry) for entry in _shaped(value, list)]
        return [{**entry, "value": _clean_known(block, entry["type"], entry["value"])} for entry in entries]
    if isinstance(block, blocks.ListBlock):
        entries = [_entry(entry) for entry in _shaped(value, list)]
        return [{**entry, "value": _clean_block(block.child_block, entry["value"])} for entry in entries]
    if isinstance(block, ImageBlock):
        return {**_shaped(value, dict), "image": _reference(value.get("image"))}
    if isinstance(block, blocks.BaseStructBlock):
        return {name: _clean_known(block, name, inner) for name, inner in _shaped(value, dict).items()}
    if isinstance(block, blocks.ChooserBlock):
        return _reference(value)
    if isinstance(block, blocks.RichTextBlock):
        return clean_rich_text(value)
    if isinstance(value, dict | list):
        raise Refused("One of its blocks holds something that does not fit.")
    return value


def _clean_known(block: Any, name: str, value: Any) -> Any:
    inner = block.child_blocks.get(name)
    return value if inner is None else _clean_block(inner, value)


def _entry(entry: Any) -> dict[str, Any]:
    if not (isinstance(entry, dict) and isinstance(entry.get("type"), str) and isinstance(entry.get("id"), str)):
        raise Refused("One of its blocks has no type or no id.")
    if "value" not in entry:
        raise Refused("One of its blocks has no value.")
    return entry


def _reference(value: Any) -> Any:
    if value is None or (isinstance(value, dict) and len(value) == 1):
        return value
    raise Refused("It refers to something in a way that cannot be read.")


def _shaped(value: Any, kind: type) -> Any:
    if not isinstance(value, kind):
        raise Refused(f"It holds {type(value).__name__} where {kind.__name__} belongs.")
    return value
