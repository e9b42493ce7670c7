"""publication -> what is searched of it. Pure: reads the stored document, its columns and its terms, nothing else.

Only what the page's readers see is searched: a field counts when its model declares it in `search_fields` *and*
shows it in `api_fields`. Rows of a page are declared with `index.RelatedFields`, and the same holds for their fields.
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

import nh3
import orjson
from django.apps import apps
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from equalcity.core.models.terms import VOCABULARIES
from equalcity.publication.models import Publication
from search.embedding import passages

# A vocabulary and a code -> the term's names in all languages of the site.
TermNames = Mapping[tuple[str, str], tuple[str, ...]]

# Fields that stand by themselves in a document: what is in them counts otherwise than in the body.
OWN = {"title", "summary", "other_words"}
LONGEST_TEXT = 200_000  # characters; what follows is shown but not searched
END_OF_BLOCK = re.compile(r"(</(?:p|li|h[1-6]|div|blockquote|tr|td|th|figcaption)>|<(?:br|hr)\b[^>]*>)", re.IGNORECASE)


@dataclass(frozen=True)
class Document:
    """What an engine is given of one publication: texts without markup, and what its facets are counted by.

    `names` are those of its terms, in every language: who types a theme in French finds what is tagged with it in
    English. Nothing of other pages is among them, as those may be hidden at any moment. `other_words` is how people put
    it who do not know ours. `seq` is the publication's number in the feed: of two states of a document the higher one
    is newer.
    """

    publication: int
    seq: int
    key: str
    language: str
    type: str
    city: str
    evidence: str
    terms: Mapping[str, tuple[str, ...]]
    published: date | None
    title: str
    summary: str
    other_words: str
    names: str
    body: str

    @property
    def passages(self) -> tuple[str, ...]:
        """What it says it is about."""
        return passages(self.title, self.summary, self.other_words)


def build(publication: Publication, names: TermNames = MappingProxyType({})) -> Document:
    """Return the search document of a live publication of a page that is no alias."""
    shown: Mapping[str, Any] = orjson.loads(publication.body.document)
    fields = searched_fields(publication.type)
    texts = [text for name in fields for text in texts_of(publication.type, name, shown.get(name))]
    texts += rows_texts(publication.type, shown)
    terms = _terms(publication)
    return Document(
        publication=publication.pk,
        seq=publication.seq or 0,
        key=str(publication.key),
        language=publication.locale,
        type=publication.type,
        city=publication.city,
        evidence=publication.evidence,
        terms=terms,
        published=publication.last_published_at.date() if publication.last_published_at else None,
        title=str(shown.get("title") or publication.title),
        summary=str(shown.get("summary") or ""),
        other_words=str(shown.get("other_words") or ""),
        names="\n".join(dict.fromkeys(_names(terms, names))),
        body="\n".join(text for text in texts if text)[:LONGEST_TEXT],
    )


def _names(terms: Mapping[str, tuple[str, ...]], names: TermNames) -> Iterator[str]:
    return (name for kind, codes in terms.items() for code in codes for name in names.get((kind, code), ()))


def _terms(publication: Publication) -> dict[str, tuple[str, ...]]:
    """Return the codes of each vocabulary that the publication is tagged with."""
    found: dict[str, list[str]] = {}
    for ref in publication.refs.all():
        if ref.kind in VOCABULARIES:
            found.setdefault(ref.kind, []).append(ref.name)
    return {kind: tuple(sorted(codes)) for kind, codes in sorted(found.items())}


@cache
def searched_fields(label: str) -> tuple[str, ...]:
    """Return the fields of a page type whose text is both searched and shown, without those of `OWN`."""
    names = _both(_model(label), _model(label).search_fields, index.SearchField)
    return tuple(name for name in names if name not in OWN)


@cache
def searched_rows(label: str) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the rows of a page type that are both searched and shown: their model, and its fields that are."""
    model = _model(label)
    found = {}
    for related in model.search_fields:
        if isinstance(related, index.RelatedFields) and related.field_name in _both(model, [related], type(related)):
            row: Any = model._meta.get_field(related.field_name).related_model
            found[related.field_name] = (row._meta.label, _both(row, related.fields, index.SearchField))
    return found


def rows_texts(label: str, shown: Mapping[str, Any]) -> Iterator[str]:
    """Yield the texts of a page's rows as plain text, in the order in which they are shown."""
    for relation, (row_label, names) in searched_rows(label).items():
        for row in shown.get(relation) or []:
            for name in names:
                yield from texts_of(row_label, name, row.get(name))


def texts_of(label: str, name: str, value: Any) -> Iterator[str]:
    """Yield the texts of one field of a document as plain text."""
    field = _model(label)._meta.get_field(name)
    if isinstance(field, StreamField):
        yield from block_texts(field.stream_block, value)
    elif isinstance(value, str):
        yield plain(value) if isinstance(field, RichTextField) else value


def block_texts(block: blocks.Block, value: Any) -> Iterator[str]:
    """Yield the texts of a block's API representation; addresses, choices and unknown blocks hold none."""
    match block, value:
        case blocks.StreamBlock(), list():
            for child in value:
                if child.get("type") in block.child_blocks:
                    yield from block_texts(block.child_blocks[child["type"]], child.get("value"))
        case blocks.ListBlock(), list():
            for child in value:
                yield from block_texts(block.child_block, child)
        case blocks.StructBlock(), dict():
            for name, child_block in block.child_blocks.items():
                yield from block_texts(child_block, value.get(name))
        case blocks.RichTextBlock(), str():
            yield plain(value)
        case ((blocks.CharBlock() | blocks.TextBlock()), str()):
            yield value


def plain(markup: str) -> str:
    """Return the text of HTML, paragraphs and list items each on a line."""
    text = html.unescape(nh3.clean(END_OF_BLOCK.sub(r"\1\n", markup), tags=set()))
    return "\n".join(line for part in text.split("\n") if (line := " ".join(part.split())))


def _both(model: Any, declared: Iterable[Any], kind: Any) -> tuple[str, ...]:
    """Return the names of those declarations of one kind that the model also shows in its `api_fields`."""
    shown = {field.name for field in getattr(model, "api_fields", [])}
    names = [str(field.field_name) for field in declared if isinstance(field, kind)]
    return tuple(dict.fromkeys(name for name in names if name in shown))


def _model(label: str) -> Any:
    return apps.get_model(label)
