"""A query string -> the publications of pages that it asks for, in SQL and in as few queries as can be.

Filters that name other pages or terms look them up at once; everything else reads columns.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.coreutils import resolve_model_string
from wagtail.models import Page, Site

from equalcity.api.parameters import ID_MAX, Parameter, Query, read_moment, whole_number
from equalcity.api.problems import BadParameter
from equalcity.core.models import Role
from equalcity.core.models.terms import VOCABULARIES, in_default_language
from equalcity.core.sites import site_address
from equalcity.core.statements import statement
from equalcity.publication.models import Publication, PublicationRef
from equalcity.publication.predicate import delivered_pages, listed_pages

ID = {"type": "integer", "minimum": 1}
ID_OR_ROOT = {"oneOf": [ID, {"const": "root"}]}
MOMENT = {"type": "string", "format": "date-time"}

# Parameter -> vocabulary of the term whose code it takes.
TERM_FACETS = {
    "city": "city",
    "theme": "theme",
    "audience": "target_group",
    "role": "role",
    "setting": "setting",
    "service": "service",
}
TREE_FILTERS = ("child_of", "descendant_of", "ancestor_of", "translation_of")

# Parameter -> column, for filters by equality and for `order`.
COLUMNS = {
    "id": "object_id",
    "title": "title",
    "slug": "slug",
    "show_in_menus": "show_in_menus",
    "first_published_at": "first_published_at",
    "alias_of": "original__object_id",
}
ORDERS = {**COLUMNS, "modified_at": "modified_at"}

LOCALE = Parameter("locale", "Only this language.", {"type": "string", "example": "fr"})
FALLBACK = Parameter(
    "fallback",
    "Languages to take, in this order, where something does not exist in `locale`; "
    "`meta.fallback_from` then names the language that was asked for.",
    {"type": "string", "example": "en,nl"},
    repeatable=True,
)
TYPE = Parameter(
    "type",
    "Only pages of these types, with commas between them. With one type, its own fields are available.",
    {"type": "string", "example": "toolbox_pages.BestPracticePage"},
)
FILTERS: tuple[Parameter, ...] = (
    TYPE,
    LOCALE,
    FALLBACK,
    Parameter("child_of", "Only the children of this page; `root` is the home page.", ID_OR_ROOT),
    Parameter("descendant_of", "Only what stands below this page.", ID_OR_ROOT),
    Parameter("ancestor_of", "Only what stands above this page.", ID),
    Parameter("translation_of", "Only the other languages of this page.", ID_OR_ROOT),
    Parameter("site", "Accepted when it names this site; there is only one.", {"type": "string"}),
    Parameter("id", "Only the page with this id.", ID),
    Parameter("title", "Only pages with exactly this title."),
    Parameter("slug", "Only pages with this slug."),
    Parameter("show_in_menus", "Only pages that are, or are not, shown in menus.", {"type": "boolean"}),
    Parameter("first_published_at", "Only pages first published at exactly this time.", MOMENT),
    Parameter("alias_of", "Only the aliases of this page.", ID),
    Parameter("city", "Code of a city; several widen the choice.", repeatable=True),
    Parameter("theme", "Code of a theme; several widen the choice.", repeatable=True),
    Parameter("audience", "Code of a target group; several widen the choice.", repeatable=True),
    Parameter("role", "Code of a role: who uses it; several widen the choice.", repeatable=True),
    Parameter("setting", "Code of a setting: where it takes place; several widen the choice.", repeatable=True),
    Parameter("service", "Code of a city service; several widen the choice.", repeatable=True),
    Parameter(
        "engagement",
        "Used by people in a role of this kind: professional or volunteer; several widen the choice.",
        repeatable=True,
    ),
    Parameter("evidence", "How well proven: promising, good or best; several widen the choice.", repeatable=True),
    Parameter("modified_after", "Only what changed after this time.", MOMENT),
    Parameter(
        "order",
        "Field to order by, `-` in front turns it round, several with commas; `random` for a lucky dip. "
        f"Fields: {', '.join(ORDERS)}. Without it, the order of the page tree.",
    ),
)


PATH_MAX = Page._meta.get_field("path").max_length or 0
LAST = Page.alphabet[-1]

# What the filters need of a page that a query string names.
NAMED = ("pk", "object_id", "key", "locale", "path", "trail")


@dataclass(frozen=True)
class Known:
    """The pages and terms that a query string names and that the public can see."""

    pages: dict[int, Any] = field(default_factory=dict)
    root: Any = None
    codes: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class Slice:
    """Some rows of a list, and how many there are in all."""

    rows: list[Any]
    total: int


def models_of(query: Query) -> tuple[type[Page], ...]:
    """Return the page models that `type` names, `Page` without it."""
    if not query.text("type"):
        return (Page,)
    models = []
    for name in query.text("type").split(","):
        try:
            model = resolve_model_string(name)
        except (LookupError, ValueError) as error:
            raise BadParameter("type", "There is no such type of page.") from error
        if not issubclass(model, Page):
            raise BadParameter("type", "This is no type of page.")
        models.append(model)
    return tuple(models)


def matching(query: Query, models: tuple[type[Page], ...]) -> "QuerySet[Publication]":
    """Return the pages that the filters leave, in the order asked for. Raises `BadParameter`.

    They are for finding and counting; what is shown of them is read by `delivery.stored_in_order`.
    """
    _check_site(query)
    known = _look_up(query)
    rows = listed_pages()
    if Page not in models:
        rows = rows.filter(type__in=_labels(models))
    locales = ranked_locales(query)
    if locales:
        rows = rows.filter(in_best_locale(locales))
    rows = _by_tree(rows, query, known, across_languages=len(locales) > 1)
    rows = _by_columns(rows, query)
    rows = _by_facets(rows, query, known)
    if "modified_after" in query:
        rows = rows.filter(modified_at__gt=query.moment("modified_after"))
    return _ordered(rows, query)


def slice_of(rows: "QuerySet[Any]", offset: int, limit: int) -> Slice:
    """Read some rows and the number of all, in one query unless the slice is empty."""
    found = list(rows.annotate(total=Window(Count("*")))[offset : offset + limit])
    return Slice(found, found[0].total if found else rows.count())


def slice_of_pages(rows: "QuerySet[Publication]", offset: int, limit: int) -> Slice:
    """Read the ids of some pages and the number of all, likewise.

    Counted apart the database keeps no copy of them all; and with limits as parameters, which Django writes as numbers,
    it prepares one statement for all slices of a list.
    """
    try:
        every, given = rows.order_by().values_list("object_id").query.sql_with_params()
        total = RawSQL(f"SELECT COUNT(*) FROM ({every}) counted", given)  # noqa: S608, S611
        counted = rows.annotate(total=total).values_list("object_id", "total")
        statement, parameters = counted.query.sql_with_params()
    except EmptyResultSet:
        return Slice([], 0)
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} LIMIT %s OFFSET %s", (*parameters, limit, offset))
        found = cursor.fetchall()
    return Slice([pk for pk, _total in found], found[0][1] if found else rows.count())


# Languages -------------------------------------------------------------------------------------------------


def ranked_locales(query: Query) -> list[str]:
    """Return the language asked for and those to fall back to; nothing when none was asked for."""
    locale = query.locale()
    if "fallback" not in query:
        return [locale] if locale else []
    if locale is None:
        raise BadParameter("fallback", "It needs `locale`: the language to fall back from.")
    return list(dict.fromkeys([locale, *query.locales("fallback")]))


def in_best_locale(locales: Sequence[str]) -> Q:
    """Return the condition that a page is in the first of `locales` in which the public can see it."""
    wanted: Any = Q(locale=locales[0])
    for rank, locale in enumerate(locales[1:], start=1):
        better = delivered_pages().filter(key=OuterRef("key"), locale__in=locales[:rank])
        wanted |= Q(locale=locale) & ~Exists(better)
    return wanted


# What is named ---------------------------------------------------------------------------------------------


def _look_up(query: Query) -> Known:
    """Find everything that the query string names: each page in one query, the terms in one."""
    ids = [query.page_id(name, root=name != "ancestor_of") for name in TREE_FILTERS if name in query]
    keys = [
        VOCABULARIES[vocabulary].key_for(code)
        for facet, vocabulary in TERM_FACETS.items()
        for code in query.words(facet)
    ]
    now = timezone.now()
    pages = [page for pk in set(ids) if pk is not None for page in _page_named(pk, now)]
    home = _home(now) if None in ids else []
    return Known(
        pages={page.object_id: page for page in pages},
        root=next(iter(home), None),
        codes=frozenset((_vocabulary_of(label), code) for label, code in (_terms_named(keys) if keys else [])),
    )


@statement
def _page_named(pk: int, now: datetime) -> "QuerySet[Publication, Any]":
    return delivered_pages(now).filter(object_id=pk).values_list(*NAMED, named=True)


@statement
def _home(now: datetime) -> "QuerySet[Publication, Any]":
    home = Site.objects.filter(is_default_site=True).values("root_page_id")
    return delivered_pages(now).filter(object_id=Subquery(home)).values_list(*NAMED, named=True)


@statement
def _terms_named(keys: list[uuid.UUID]) -> "QuerySet[Publication, tuple[str, str]]":
    terms = Publication.objects.filter(kind="term", state=Publication.State.LIVE)
    return terms.filter(key__among=keys).values_list("type", "slug")


def _vocabulary_of(label: str) -> str:
    return next(name for name, model in VOCABULARIES.items() if model._meta.label == label)


def _named(query: Query, name: str, known: Known) -> Any:
    page_id = query.page_id(name, root=name != "ancestor_of")
    found = known.root if page_id is None else known.pages.get(page_id)
    if found is None:
        raise BadParameter(name, "No published page has this id.")
    return found


@cache
def _labels(models: tuple[type[Page], ...]) -> list[str]:
    return [one._meta.label for one in apps.get_models() if issubclass(one, models)]


def _check_site(query: Query) -> None:
    if "site" not in query:
        return
    host, port = site_address()
    if query.text("site").lower() not in {host, f"{host}:{port}"}:
        raise BadParameter("site", "There is no such site here.")


# Filters ---------------------------------------------------------------------------------------------------


def _by_tree(
    rows: "QuerySet[Publication]", query: Query, known: Known, *, across_languages: bool
) -> "QuerySet[Publication]":
    """Filter by place in the tree. Keys are the same in every language, so a fallback may stand in another tree."""
    if "child_of" in query and "descendant_of" in query:
        raise BadParameter("descendant_of", "It cannot be used together with child_of.")
    if "child_of" in query:
        parent = _named(query, "child_of", known)
        rows = rows.filter(parent_key=parent.key)
        rows = rows if across_languages else rows.filter(parent_id=parent.object_id)
    if "descendant_of" in query:
        top = _named(query, "descendant_of", known)
        if across_languages:
            rows = rows.filter(trail__contains=f"/{top.key}/").exclude(key=top.key)
        else:
            # Not `startswith`: the database can plan a range before it knows where it lies.
            rows = rows.filter(path__gt=top.path, path__lte=top.path.ljust(PATH_MAX, LAST))
    if "ancestor_of" in query:
        low = _named(query, "ancestor_of", known)
        rows = rows.filter(key__in=[key for key in low.trail.split("/") if key]).exclude(key=low.key)
        rows = rows if across_languages else rows.filter(locale=low.locale)
    if "translation_of" in query:
        one = _named(query, "translation_of", known)
        rows = rows.filter(key=one.key).exclude(pk=one.pk)
    return rows


def _by_columns(rows: "QuerySet[Publication]", query: Query) -> "QuerySet[Publication]":
    for name, column in COLUMNS.items():
        if name not in query:
            continue
        value: Any
        match name:
            case "id" | "alias_of":
                value = whole_number(name, query.text(name), most=ID_MAX, what="the id of a page")
            case "show_in_menus":
                value = query.truth(name)
            case "first_published_at":
                value = read_moment(name, query.text(name))
            case _:
                value = query.text(name)
        rows = rows.filter(**{column: value})
    return rows


def _by_facets(rows: "QuerySet[Publication]", query: Query, known: Known) -> "QuerySet[Publication]":
    for facet, vocabulary in TERM_FACETS.items():
        codes = query.words(facet)
        if not codes:
            continue
        if unknown := [code for code in codes if (vocabulary, code) not in known.codes]:
            raise BadParameter(facet, f"There is no such code; terms/ lists them all. Unknown: {unknown[0][:60]}")
        if facet == "city":
            rows = rows.filter(city__in=codes)
        else:
            rows = rows.filter(_names_one_of(vocabulary, codes))
    if kinds := query.words("engagement"):
        if strange := set(kinds) - set(Role.Engagement.values):
            raise BadParameter("engagement", f"There is no such kind: {min(strange)[:60]}")
        roles = Role.objects.filter(in_default_language(), engagement__in=kinds)
        rows = rows.filter(_names_one_of(Role.vocabulary, roles.values("code")))
    if levels := query.words("evidence"):
        if strange := set(levels) - evidence_levels():
            raise BadParameter("evidence", f"There is no such level: {min(strange)[:60]}")
        rows = rows.filter(evidence__in=levels)
    return rows


def _names_one_of(vocabulary: str, codes: Any) -> Exists:
    """The condition that a row's source names one of these terms; the terms of an alias are those of its original."""
    of_row = Coalesce(OuterRef("original_id"), OuterRef("pk"))
    return Exists(PublicationRef.objects.filter(publication_id=of_row, kind=vocabulary, name__in=codes))


@cache
def evidence_levels() -> set[str]:
    """Return the levels that any page type declares."""
    declared = [one._meta.get_field("evidence_level") for one in apps.get_models() if hasattr(one, "evidence_level")]
    return {value for one in declared for value, _label in getattr(one, "choices", None) or ()}


def _ordered(rows: "QuerySet[Publication]", query: Query) -> "QuerySet[Publication]":
    names = query.text("order").split(",") if query.text("order") else []
    if "random" in names:
        if len(names) > 1 or "offset" in query:
            raise BadParameter("order", "random goes neither with other fields nor with offset.")
        return rows.order_by("?")
    columns = []
    for name in names:
        sign, plain = ("-", name[1:]) if name.startswith("-") else ("", name)
        if plain not in ORDERS:
            raise BadParameter("order", f"Lists can be ordered by: {', '.join(ORDERS)}, random.")
        columns.append(sign + ORDERS[plain])
    # The id makes every order total, so that no row is met twice or missed from one slice to the next.
    return rows.order_by(*columns, "object_id") if columns else rows.order_by("path", "object_id")
