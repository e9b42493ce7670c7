"""object -> what will be recorded of it. Reads only, outside any lock; the state is always that of the database."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from wagtail.models import Page

from equalcity.core.models import Term
from equalcity.core.models.terms import VOCABULARIES
from equalcity.publication.predicate import public_pages
from equalcity.publication.represent import alias_overrides, document_of, term_document
from equalcity.publication.source import canonical, gather, origin_of


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
    """Return the object as it is to be recorded, or None when it is not public."""
    if kind == "page":
        page = public_pages(Page.objects.filter(pk=object_id)).select_related("locale").first()
        return _prepare_page(page.specific) if page is not None else None
    term = VOCABULARIES[kind]._default_manager.filter(pk=object_id).select_related("locale").first()
    return _prepare_term(term) if term is not None else None


def _prepare_page(page: Page) -> Prepared:
    columns = page_columns(page)
    original = page.alias_of
    if original is not None:
        return Prepared(
            key=page.translation_key,
            locale=page.locale.language_code,
            kind="page",
            columns=columns,
            document=alias_overrides(page),
            original=(original.translation_key, original.locale.language_code),
        )
    source, seen = gather(page, for_public=True)
    vocabularies = frozenset(name for name in seen.names if name[0] in VOCABULARIES)
    return Prepared(
        key=page.translation_key,
        locale=page.locale.language_code,
        kind="page",
        columns=columns,
        document=document_of(page),
        source=canonical(source),
        terms=vocabularies,
        refs=frozenset(seen.names),
        children=published_children(page),
    )


def _prepare_term(term: Term) -> Prepared:
    source, _seen = gather(term, for_public=True)
    instance, key = origin_of(term.translation_key)
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


def page_columns(page: Page) -> dict[str, Any]:
    """Return the columns that filters and orders of the API read."""
    instance, key = origin_of(page.translation_key)
    ancestors = list(page.get_ancestors(inclusive=True).filter(depth__gt=1).order_by("depth"))
    parent = ancestors[-2] if len(ancestors) > 1 else None
    city = getattr(page, "city", None)
    return {
        "type": page.specific_class._meta.label if page.specific_class else "wagtailcore.Page",
        "schema": getattr(page, "source_schema", 1),
        "object_id": page.pk,
        "origin_instance": instance,
        "origin_key": key,
        "parent_key": parent.translation_key if parent else None,
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
