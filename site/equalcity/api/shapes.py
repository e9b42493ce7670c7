"""Which fields an answer has: by model, and by what `fields=` chose.

The rules are those of stock Wagtail API v2, read from the same declarations (`api_fields`, `api_meta_fields`) beside
the models. Stored documents hold every field and every relation one level deep; here they are cut to what was asked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from types import MappingProxyType
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.api.conf import APIField
from wagtail.documents.models import AbstractDocument
from wagtail.fields import RichTextField, StreamField
from wagtail.images.models import AbstractImage
from wagtail.models import Page

from equalcity.api.grammar import Choice, GrammarError, parse
from equalcity.api.problems import BadParameter
from equalcity.core.models import Term

# What this API adds to every page beyond stock, in `meta`.
OWN_PAGE_META = ("key", "origin", "modified_at", "translations", "example", "machine_translated")
OWN_MEDIA_META = ("sha256", "credit", "licence")

PAGE_META = (
    "type",
    "detail_url",
    "html_url",
    "slug",
    "show_in_menus",
    "seo_title",
    "search_description",
    "first_published_at",
    "alias_of",
    "parent",
    "locale",
)
PAGE_LIST = frozenset(
    {"id", "type", "detail_url", "title", "html_url", "slug", "first_published_at", "locale", *OWN_PAGE_META}
)
MEDIA_META = ("type", "detail_url", "tags", "download_url")
MEDIA_LIST = frozenset({"id", "type", "detail_url", "title", "tags", "download_url", *OWN_MEDIA_META})
BARE = frozenset({"id", "type", "detail_url"})


@dataclass(frozen=True)
class Shape:
    """The fields of one model: all of them in order, which stand in `meta`, and which come unasked where."""

    fields: tuple[str, ...]
    meta: frozenset[str]
    in_list: frozenset[str]
    in_relation: frozenset[str]


@dataclass(frozen=True)
class Selection:
    """The fields to keep of one object; of the relations among them, what to keep of each related object."""

    body: frozenset[str]
    meta: frozenset[str]
    relations: Mapping[str, "Selection"] = field(default_factory=lambda: MappingProxyType({}))
    may_name_pages: bool = True

    def __contains__(self, name: str) -> bool:
        return name in self.body or name in self.meta

    @cached_property
    def shown(self) -> frozenset[str]:
        """What stands in an object itself."""
        return self.body | {"meta"}

    def apply(self, document: dict[str, Any]) -> dict[str, Any]:
        """Return what is kept of `document`, in its own order; it may be the document itself, cut."""
        if not document.keys() <= self.shown:
            document = {name: value for name, value in document.items() if name in self.shown}
        for name, relation in self.relations.items():
            if value := document.get(name):
                document[name] = relation.apply_related(value)
        meta = document.get("meta")
        if meta is not None and not meta.keys() <= self.meta:
            meta = document["meta"] = {name: value for name, value in meta.items() if name in self.meta}
        if not meta:
            document.pop("meta", None)
        return document

    def apply_related(self, value: Any) -> Any:
        """Cut one related object, or a list of them."""
        return [self.apply(one) for one in value] if isinstance(value, list) else self.apply(value)


@cache
def shape_of(model: type[models.Model]) -> Shape:
    """Return the fields that `model` has in the API."""
    body = ["id"]
    if issubclass(model, Page):
        body.append("title")
        meta, in_list, in_relation = [*PAGE_META, *OWN_PAGE_META], PAGE_LIST, BARE | {"title"}
    elif issubclass(model, AbstractImage):
        body += ["title", "width", "height"]
        meta, in_list, in_relation = [*MEDIA_META, *OWN_MEDIA_META], MEDIA_LIST, BARE | {"title", "download_url"}
    elif issubclass(model, AbstractDocument):
        body.append("title")
        meta, in_list, in_relation = [*MEDIA_META, *OWN_MEDIA_META], MEDIA_LIST, BARE | {"title", "download_url"}
    elif issubclass(model, Term):
        # A bare number says nothing about a term: its code and name always come along.
        meta, in_list, in_relation = ["type", "detail_url"], BARE, BARE | {"code", "name"}
    else:
        meta, in_list, in_relation = ["type", "detail_url"], BARE, BARE
    body += _names(getattr(model, "api_fields", ()))
    meta += _names(getattr(model, "api_meta_fields", ()))
    return Shape(tuple(dict.fromkeys(body + meta)), frozenset(meta), in_list, in_relation)


def _names(declared: Iterable[APIField | str]) -> list[str]:
    return [one.name if isinstance(one, APIField) else one for one in declared]


@cache
def relation_of(model: type[models.Model], name: str) -> tuple[type[models.Model], bool] | None:
    """Return the model that a field leads to and whether its objects are part of the page; None for plain fields."""
    try:
        found: Any = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    if not found.is_relation or found.related_model is None:
        return None
    return found.related_model, isinstance(getattr(found, "field", None), ParentalKey)


@lru_cache(maxsize=256)
def select_for_list(model: type[models.Model], text: str | None) -> Selection:
    """Return what a list shows of each object. Raises `BadParameter`."""
    shape = shape_of(model)
    without_parent = tuple(name for name in shape.fields if name != "parent")
    return _select(model, without_parent, shape.in_list, _parsed(text))


@lru_cache(maxsize=256)
def select_for_detail(model: type[models.Model], text: str | None) -> Selection:
    """Return what the answer for one object shows. Raises `BadParameter`."""
    shape = shape_of(model)
    return _select(model, shape.fields, frozenset(shape.fields), _parsed(text))


def _parsed(text: str | None) -> tuple[Choice, ...]:
    try:
        return parse(text or "")
    except GrammarError as error:
        raise BadParameter("fields", f"fields: {error}") from error


def _select(
    model: type[models.Model], available: tuple[str, ...], default: frozenset[str], choices: tuple[Choice, ...]
) -> Selection:
    chosen = set(default)
    if choices and choices[0].name in {"*", "_"}:
        chosen = set(available) if choices[0].name == "*" else set()
        choices = choices[1:]
    if unknown := sorted({choice.name for choice in choices} - set(available)):
        raise BadParameter("fields", f"fields: unknown here: {', '.join(unknown)[:200]}")
    nested: dict[str, tuple[Choice, ...]] = {}
    for choice in choices:
        if choice.negated:
            chosen.discard(choice.name)
            continue
        chosen.add(choice.name)
        if choice.nested:
            nested[choice.name] = choice.nested
    relations: dict[str, Selection] = {}
    for name in sorted(chosen):
        relation = relation_of(model, name)
        if relation is not None:
            relations[name] = _select_related(*relation, nested.get(name, ()))
        elif name in nested:
            raise BadParameter("fields", f"fields: {name} is not a relation and has no fields of its own")
    shape = shape_of(model)
    return Selection(
        frozenset(chosen - shape.meta),
        frozenset(chosen & shape.meta),
        MappingProxyType(relations),
        any(may_name_pages(model, name) for name in chosen),
    )


@cache
def may_name_pages(model: type[models.Model], name: str) -> bool:
    """Return whether a field can say something of another page: its title, its id or its address."""
    try:
        found: Any = model._meta.get_field(name)
    except FieldDoesNotExist:
        return name in {"translations", "parent"} or name not in shape_of(model).meta
    if found.is_relation:
        return not issubclass(found.related_model, Term)
    return isinstance(found, StreamField | RichTextField)


def _select_related(model: type[models.Model], part_of_page: bool, choices: tuple[Choice, ...]) -> Selection:
    shape = shape_of(model)
    available = tuple(name for name in shape.fields if name != "parent" and name not in OWN_PAGE_META)
    if part_of_page and (not choices or choices[0].name not in {"*", "_"}):
        choices = (Choice("*"), *choices)
    return _select(model, available, shape.in_relation, choices)
