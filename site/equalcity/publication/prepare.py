"""object -> what will be recorded of it. Reads only, outside any lock; the state is always that of the database."""

import uuid
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.models import COMMENTS_RELATION_NAME, Page

from equalcity.core.models import Term
from equalcity.core.models.terms import VOCABULARIES
from equalcity.core.public import IsPublic
from equalcity.publication.predicate import public_pages
from equalcity.publication.represent import alias_overrides, document_of, term_document
from equalcity.publication.source import References, canonical, gather


class Moved(Exception):
    """The page went elsewhere while it was read: nothing of what was read may be written, it is read again."""


@dataclass(frozen=True)
class Prepared:
    """One object as it will be recorded; `document` lacks only `meta.modified_at`, which depends on the change."""

    key: uuid.UUID
    locale: str
    kind: str
    columns: dict[str, Any]
    document: dict[str, Any]
    source: bytes = b""
    original: tuple[uuid.UUID, str] | None = None
    terms: frozenset[tuple[str, str]] = frozenset()
    refs: frozenset[tuple[str, str]] = frozenset()
    children: list[str] = field(default_factory=list)


def prepare(kind: str, object_id: int) -> Prepared | None:
    """Return the object as it is to be recorded, or None when it is not public. Raises `Moved`."""
    if kind == "page":
        page = public_pages(Page.objects.filter(pk=object_id)).select_related("locale").first()
        if page is None:
            return None
        specific = page.specific
        specific.locale = page.locale
        return _prepare_page(specific)
    term = VOCABULARIES[kind]._default_manager.filter(pk=object_id).select_related("locale").first()
    return _prepare_term(term) if term is not None else None


def _prepare_page(page: Page) -> Prepared:
    seen, original = References(for_public=True), page.alias_of
    if original is None:
        hold_relations(page, seen)
    origin = seen.origin(page.translation_key)
    columns = page_columns(page, origin)
    document = document_of(page) if original is None else alias_overrides(page)
    document["meta"]["origin"] = {"instance": str(origin[0]), "key": str(origin[1])}
    around = [*document["meta"]["translations"], *filter(None, [document["meta"].get("parent")])]
    seen.pages.update(other["id"] for other in around)
    if original is not None:
        return Prepared(
            key=page.translation_key,
            locale=page.locale.language_code,
            kind="page",
            columns={**columns, "mentions": sorted(seen.pages)},
            document=document,
            original=(original.translation_key, original.locale.language_code),
        )
    source = gather(page, seen)
    return Prepared(
        key=page.translation_key,
        locale=page.locale.language_code,
        kind="page",
        columns={**columns, "mentions": sorted(seen.pages)},
        document=document,
        source=canonical(source),
        terms=frozenset(name for name in seen.names if name[0] in VOCABULARIES),
        refs=frozenset(seen.names),
        children=published_children(page),
    )


def hold_relations(page: Page, seen: References) -> None:
    """Read the rows that belong to the page once, for document and source, without those about hidden pages.

    What was left out is noted as seen, so that the page is recorded anew when it becomes public.
    """
    for relation in get_all_child_relations(type(page)):
        if relation.get_accessor_name() != COMMENTS_RELATION_NAME:
            rows = getattr(page, relation.get_accessor_name()).get_object_list()
            for name in fields_to_pages(relation.related_model):
                hidden = seen.hidden_among({getattr(row, name) for row in rows})
                rows[:] = [row for row in rows if getattr(row, name) not in hidden]
    for terms in get_all_child_m2m_relations(type(page)):
        getattr(page, terms.name).get_object_list()


@cache
def fields_to_pages(model: type[models.Model]) -> tuple[str, ...]:
    """Return the columns of a kind of rows that hold the id of another page."""
    return tuple(
        one.attname
        for one in model._meta.concrete_fields
        if isinstance(one, models.ForeignKey)
        and issubclass(one.related_model, Page)
        and not isinstance(one, ParentalKey)
    )


def _prepare_term(term: Term) -> Prepared:
    seen = References(for_public=True)
    source = gather(term, seen)
    instance, key = seen.origin(term.translation_key)
    return Prepared(
        key=term.translation_key,
        locale=term.locale.language_code,
        kind="term",
        columns={
            "type": term._meta.label,
            "object_id": term.pk,
            "title": term.name,
            "slug": term.code,
            "origin_instance": term.origin or instance,
            "origin_key": key,
        },
        document=term_document(term),
        source=canonical(source),
    )


def page_columns(page: Page, origin: tuple[uuid.UUID, uuid.UUID]) -> dict[str, Any]:
    """Return the columns that filters and orders of the API read. Raises `Moved`."""
    line = page.get_ancestors(inclusive=True).filter(depth__gt=1).order_by("depth")
    ancestors = list(line.annotate(is_public=IsPublic()))
    if not ancestors or ancestors[-1].pk != page.pk:
        raise Moved
    parent = ancestors[-2] if len(ancestors) > 1 else None
    city = getattr(page, "city", None)
    return {
        "type": page.specific_class._meta.label if page.specific_class else "wagtailcore.Page",
        "schema": getattr(page, "source_schema", 1),
        "object_id": page.pk,
        "origin_instance": origin[0],
        "origin_key": origin[1],
        # Followers read this one: the key of a hidden parent would tell that there is one.
        "parent_key": parent.translation_key if parent and parent.is_public else None,
        "parent_id": parent.pk if parent else None,
        "trail": "/" + "".join(f"{one.translation_key}/" for one in ancestors),
        "path": page.path,
        "depth": page.depth,
        "url_path": page.url_path,
        "slug": page.slug,
        "title": page.title,
        "show_in_menus": page.show_in_menus,
        "first_published_at": page.first_published_at,
        "last_published_at": page.last_published_at,
        "city": city.code if isinstance(city, Term) else "",
        "evidence": getattr(page, "evidence_level", ""),
    }


def published_children(page: Page) -> list[str]:
    """Return the keys of the public children in their order; aliases are no children of the feed."""
    children = public_pages(Page.objects.child_of(page).filter(alias_of=None)).order_by("path")
    return [str(key) for key in children.values_list("translation_key", flat=True)]
