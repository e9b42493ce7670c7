"""object -> what will be recorded of it. Reads only, outside any lock; the state is always that of the database."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection, connections, models
from django.db.models import QuerySet
from django.utils import timezone
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.models import COMMENTS_RELATION_NAME, Page

from equalcity.core.models import Term
from equalcity.core.models.terms import VOCABULARIES
from equalcity.core.public import IsPublic
from equalcity.core.statements import statement
from equalcity.publication.predicate import public_pages
from equalcity.publication.represent import alias_overrides, document_of, term_document
from equalcity.publication.source import References, canonical, content_fields, gather


class Overtaken(Exception):
    """Something changed while the object was read: nothing of what was read may be written, it is read again."""


@dataclass(frozen=True)
class Prepared:
    """One object as it will be recorded; `document` lacks only `meta.modified_at`, which depends on the change.

    `told` is `FeedState.told` from before anything else was read.
    """

    key: uuid.UUID
    locale: str
    kind: str
    columns: dict[str, Any]
    document: dict[str, Any]
    source: bytes = b""
    original: tuple[uuid.UUID, str] | None = None
    refs: frozenset[tuple[str, str]] = frozenset()
    children: list[str] = field(default_factory=list)
    told: int = 0


def prepare(kind: str, object_id: int) -> Prepared | None:
    """Return the object as it is to be recorded, or None when it is not public. Raises `Overtaken`."""
    seen = References(for_public=True)
    if kind == "page":
        line = line_to(object_id)
        return _prepare_page(line, seen) if line and line[-1].is_public else None
    term = VOCABULARIES[kind]._default_manager.filter(pk=object_id).select_related("locale").first()
    return _prepare_term(term, seen) if term is not None else None


def _prepare_page(line: list[Any], seen: References) -> Prepared:
    """Prepare the page to which `line` leads. Raises `Overtaken`."""
    found = line[-1]
    page = in_full(found)
    if page.path != line[-1].path:
        raise Overtaken
    page.locale = found.locale
    original = page.alias_of
    if original is None:
        hold_relations(page, seen)
    origin = seen.origin(page.translation_key)
    columns = page_columns(page, line, origin)
    parent = line[-2] if len(line) > 1 and line[-2].is_public else None
    document = document_of(page, parent) if original is None else alias_overrides(page, parent)
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
            told=seen.feed.told,
        )
    source = gather(page, seen)
    return Prepared(
        key=page.translation_key,
        locale=page.locale.language_code,
        kind="page",
        columns={**columns, "mentions": sorted(seen.pages)},
        document=document,
        source=canonical(source),
        refs=frozenset(seen.names),
        children=published_children(page),
        told=seen.feed.told,
    )


def hold_relations(page: Page, seen: References) -> None:
    """Read the rows that belong to the page once, for document and source, without what they say of hidden pages.

    What was left out is noted as seen, so that the page is recorded anew when it becomes public.
    """
    filled = filled_relations(page)
    for relation in child_relations(type(page)):
        name = relation.get_accessor_name()
        rows = _rows(relation)(page.pk) if filled[name] else []
        for to_page in fields_to_pages(relation.related_model):
            rows = without_hidden(rows, to_page, seen)
        setattr(page, name, rows)
    for terms in get_all_child_m2m_relations(type(page)):
        setattr(page, terms.name, _terms(terms)(page.pk) if filled[terms.name] else [])


@cache
def _rows(relation: Any) -> Any:
    """The question for the rows of one relation of a page."""
    parent = relation.field.attname
    return statement(lambda page: relation.related_model._default_manager.filter(**{parent: page}))


@cache
def _terms(terms: Any) -> Any:
    """The question for the terms that one field of a page names."""
    naming = f"{terms.related_query_name()}__pk"
    return statement(lambda page: terms.related_model._default_manager.filter(**{naming: page}))


def child_relations(model: type[Page]) -> list[Any]:
    """Return the relations to the rows that belong to a page and are part of its content."""
    return [one for one in get_all_child_relations(model) if one.get_accessor_name() != COMMENTS_RELATION_NAME]


def filled_relations(page: Page) -> dict[str, bool]:
    """Return which of the relations of a page have rows: one question spares one for each that has none, the most."""
    names, question = _any_rows(type(page), connection.alias)
    if not names:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(question, [page.pk] * len(names))
        return dict(zip(names, map(bool, cursor.fetchone()), strict=True))


@cache
def _any_rows(model: type[Page], using: str) -> tuple[list[str], str]:
    """Return the relations of a type of pages, and the question which of them have rows."""
    places = {
        one.get_accessor_name(): (one.field.model._meta.db_table, one.field.column) for one in child_relations(model)
    }
    for terms in get_all_child_m2m_relations(model):
        places[terms.name] = (terms.remote_field.through._meta.db_table, terms.m2m_column_name())
    quoted = connections[using].ops.quote_name
    rows = [f"SELECT 1 FROM {quoted(table)} WHERE {quoted(column)} = %s" for table, column in places.values()]  # noqa: S608
    return list(places), "SELECT " + ", ".join(f"EXISTS ({one})" for one in rows)


@cache
def fields_to_pages(model: type[models.Model]) -> tuple[Any, ...]:
    """Return the fields of a kind of rows that lead to another page."""
    return tuple(
        one
        for one in model._meta.concrete_fields
        if isinstance(one, models.ForeignKey)
        and issubclass(one.related_model, Page)
        and not isinstance(one, ParentalKey)
    )


def without_hidden(rows: list[Any], to_page: Any, seen: References) -> list[Any]:
    """Return the rows that lead to no hidden page; they hold the page that they lead to, as it was read.

    A row that can do without the page stays, and leads nowhere.
    """
    pages = seen.look_up(pk for row in rows if (pk := getattr(row, to_page.attname)) is not None)
    kept = []
    for row in rows:
        page = pages.get(getattr(row, to_page.attname))
        hidden = page is not None and not page.is_public
        if not hidden or to_page.null:
            kept.append(row)
        if page is not None and to_page.related_model is Page:
            setattr(row, to_page.name, None if hidden and to_page.null else page)
    return kept


def _prepare_term(term: Term, seen: References) -> Prepared:
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


def line_to(pk: int) -> list[Any]:
    """Return the pages from below the root down to this one, each with `is_public`; of what is no page, nothing.

    Raises `Overtaken`.
    """
    paths = [path[:end] for path in _path(pk) for end in range(2 * Page.steplen, len(path) + 1, Page.steplen)]
    found = _along(paths, timezone.now()) if paths else []
    if paths and (not found or found[-1].pk != pk):
        raise Overtaken
    return found


@statement
def _path(pk: int) -> "QuerySet[Page, str]":
    return Page.objects.filter(pk=pk).values_list("path", flat=True)


@statement
def _along(paths: list[str], now: datetime) -> "QuerySet[Page, Any]":
    pages = Page.objects.filter(path__among=paths).order_by("depth").select_related("locale")
    return pages.annotate(is_public=IsPublic(now=now))


def in_full(page: Page) -> Page:
    """Return a page as what it is, with the terms and files that its own columns lead to. Raises `Overtaken`."""
    for found in _in_full(page.specific_class or Page)(page.pk):
        return found
    raise Overtaken


@cache
def _in_full(model: type[Page]) -> Any:
    """The question for one page of a type."""
    leading = [
        one.name
        for one in content_fields(model)
        if isinstance(one, models.ForeignKey) and not issubclass(one.related_model, Page)
    ]
    return statement(lambda pk: model._default_manager.filter(pk=pk).select_related(*leading))


def page_columns(page: Page, line: list[Any], origin: tuple[uuid.UUID, uuid.UUID]) -> dict[str, Any]:
    """Return the columns that filters and orders of the API read."""
    parent = line[-2] if len(line) > 1 else None
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
        "trail": "/" + "".join(f"{one.translation_key}/" for one in line),
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
    if not page.numchild:
        return []
    children = public_pages(Page.objects.child_of(page).filter(alias_of=None)).order_by("path")
    return [str(key) for key in children.values_list("translation_key", flat=True)]
