"""A query string -> the publications of pages that it asks for, in SQL and in as few queries as can be.

Filters that name other pages or terms look them up at once; everything else reads columns.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.coreutils import resolve_model_string
from wagtail.models import Page, Site

from equalcity.api.parameters import ID_MAX, Parameter, Query, read_moment, whole_number
from equalcity.api.problems import BadParameter
from equalcity.api.slices import FORMS, Condition, PageListing
from equalcity.core.models import Role
from equalcity.core.models.terms import VOCABULARIES, in_default_language
from equalcity.core.sites import site_address
from equalcity.core.statements import statement
from equalcity.publication.models import Publication, PublicationRef
from equalcity.publication.predicate import delivered_pages

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

Rows = QuerySet[Publication]

# What the filters need of a page that a query string names.
NAMED = ("pk", "object_id", "key", "locale", "path", "trail")


@dataclass(frozen=True)
class Known:
    """The pages and terms that a query string names and that the public can see."""

    pages: dict[int, Any] = field(default_factory=dict)
    root: Any = None
    codes: frozenset[tuple[str, str]] = frozenset()


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


def matching(query: Query, models: tuple[type[Page], ...]) -> PageListing:
    """Return the pages that the filters leave, in the order asked for. Raises `BadParameter`.

    They are for finding and counting; what is shown of them is read by `delivery.stored_in_order`.
    """
    _check_site(query)
    now = timezone.now()
    known = _look_up(query, now)
    conditions: list[Condition] = []
    if Page not in models:
        conditions.append(Condition(_of_types, fixed=_labels(models)))
    locales = ranked_locales(query)
    if locales:
        conditions.append(Condition(_in_best_locale, (now, *locales)))
    conditions += _by_tree(query, known, across_languages=len(locales) > 1)
    conditions += _by_columns(query)
    conditions += _by_facets(query, known)
    if "modified_after" in query:
        conditions.append(Condition(_later, (query.moment("modified_after"),)))
    return PageListing(now, tuple(conditions), _order(query))


# Languages -------------------------------------------------------------------------------------------------


def ranked_locales(query: Query) -> list[str]:
    """Return the language asked for and those to fall back to; nothing when none was asked for."""
    locale = query.locale()
    if "fallback" not in query:
        return [locale] if locale else []
    if locale is None:
        raise BadParameter("fallback", "It needs `locale`: the language to fall back from.")
    return list(dict.fromkeys([locale, *query.locales("fallback")]))


# What is named ---------------------------------------------------------------------------------------------


def _look_up(query: Query, now: datetime) -> Known:
    """Find everything that the query string names: each page in one query, the terms in one."""
    ids = [query.page_id(name, root=name != "ancestor_of") for name in TREE_FILTERS if name in query]
    keys = [
        VOCABULARIES[vocabulary].key_for(code)
        for facet, vocabulary in TERM_FACETS.items()
        for code in query.words(facet)
    ]
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


@lru_cache(FORMS)
def _labels(models: tuple[type[Page], ...]) -> tuple[str, ...]:
    return tuple(one._meta.label for one in apps.get_models() if issubclass(one, models))


def _check_site(query: Query) -> None:
    if "site" not in query:
        return
    host, port = site_address()
    if query.text("site").lower() not in {host, f"{host}:{port}"}:
        raise BadParameter("site", "There is no such site here.")


# Filters ---------------------------------------------------------------------------------------------------


def _by_tree(query: Query, known: Known, *, across_languages: bool) -> Iterator[Condition]:
    """Filter by place in the tree. Keys are the same in every language, so a fallback may stand in another tree."""
    if "child_of" in query and "descendant_of" in query:
        raise BadParameter("descendant_of", "It cannot be used together with child_of.")
    if "child_of" in query:
        parent = _named(query, "child_of", known)
        yield Condition(_equal, (parent.key,), ("parent_key",))
        if not across_languages:
            yield Condition(_equal, (parent.object_id,), ("parent_id",))
    if "descendant_of" in query:
        top = _named(query, "descendant_of", known)
        if across_languages:
            yield Condition(_below_in_any_language, (f"/{top.key}/", top.key))
        else:
            yield Condition(_below, (top.path, top.path.ljust(PATH_MAX, LAST)))
    if "ancestor_of" in query:
        low = _named(query, "ancestor_of", known)
        keys = [key for key in low.trail.split("/") if key]
        yield Condition(_among, tuple(uuid.UUID(key) for key in keys if key != str(low.key)), ("key",))
        if not across_languages:
            yield Condition(_equal, (low.locale,), ("locale",))
    if "translation_of" in query:
        one = _named(query, "translation_of", known)
        yield Condition(_translations, (one.key, one.pk))


def _by_columns(query: Query) -> Iterator[Condition]:
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
        yield Condition(_equal, (value,), (column,))


def _by_facets(query: Query, known: Known) -> Iterator[Condition]:
    for facet, vocabulary in TERM_FACETS.items():
        codes = query.words(facet)
        if not codes:
            continue
        if unknown := [code for code in codes if (vocabulary, code) not in known.codes]:
            raise BadParameter(facet, f"There is no such code; terms/ lists them all. Unknown: {unknown[0][:60]}")
        if facet == "city":
            yield Condition(_among, tuple(codes), ("city",))
        else:
            yield Condition(_naming, tuple(codes), (vocabulary,))
    if kinds := query.words("engagement"):
        if strange := set(kinds) - set(Role.Engagement.values):
            raise BadParameter("engagement", f"There is no such kind: {min(strange)[:60]}")
        yield Condition(_for_engagement, tuple(kinds))
    if levels := query.words("evidence"):
        if strange := set(levels) - evidence_levels():
            raise BadParameter("evidence", f"There is no such level: {min(strange)[:60]}")
        yield Condition(_among, tuple(levels), ("evidence",))


@cache
def evidence_levels() -> set[str]:
    """Return the levels that any page type declares."""
    declared = [one._meta.get_field("evidence_level") for one in apps.get_models() if hasattr(one, "evidence_level")]
    return {value for one in declared for value, _label in getattr(one, "choices", None) or ()}


def _order(query: Query) -> tuple[str, ...]:
    names = query.text("order").split(",") if query.text("order") else []
    if "random" in names:
        if len(names) > 1 or "offset" in query:
            raise BadParameter("order", "random goes neither with other fields nor with offset.")
        return ("?",)
    columns = []
    for name in names:
        sign, plain = ("-", name[1:]) if name.startswith("-") else ("", name)
        if plain not in ORDERS:
            raise BadParameter("order", f"Lists can be ordered by: {', '.join(ORDERS)}, random.")
        columns.append(sign + ORDERS[plain])
    # The id makes every order total, so that no row is met twice or missed from one slice to the next.
    return (*columns, "object_id") if columns else ("path", "object_id")


# Conditions ------------------------------------------------------------------------------------------------


def _of_types(rows: Rows, *labels: str) -> Rows:
    return rows.filter(type__in=labels)


def _equal(rows: Rows, column: str, value: Any) -> Rows:
    return rows.filter(**{column: value})


def _among(rows: Rows, column: str, *values: Any) -> Rows:
    return rows.filter(**{f"{column}__in": values})


def _later(rows: Rows, moment: datetime) -> Rows:
    return rows.filter(modified_at__gt=moment)


def _in_best_locale(rows: Rows, now: datetime, *locales: str) -> Rows:
    """In the first of the languages in which the public can see the page."""
    wanted: Any = Q(locale=locales[0])
    for rank, locale in enumerate(locales[1:], start=1):
        better = delivered_pages(now).filter(key=OuterRef("key"), locale__in=locales[:rank])
        wanted |= Q(locale=locale) & ~Exists(better)
    return rows.filter(wanted)


def _below(rows: Rows, path: str, last: str) -> Rows:
    # Not `startswith`: the database can plan a range before it knows where it lies.
    return rows.filter(path__gt=path, path__lte=last)


def _below_in_any_language(rows: Rows, step: str, key: uuid.UUID) -> Rows:
    return rows.filter(trail__contains=step).exclude(key=key)


def _translations(rows: Rows, key: uuid.UUID, pk: int) -> Rows:
    return rows.filter(key=key).exclude(pk=pk)


def _naming(rows: Rows, vocabulary: str, *codes: str) -> Rows:
    return rows.filter(_names_one_of(vocabulary, codes))


def _for_engagement(rows: Rows, *kinds: str) -> Rows:
    roles = Role.objects.filter(in_default_language(), engagement__in=kinds)
    return rows.filter(_names_one_of(Role.vocabulary, roles.values("code")))


def _names_one_of(vocabulary: str, codes: Any) -> Exists:
    """A row's source names one of these terms; the terms of an alias are those of its original."""
    of_row = Coalesce(OuterRef("original_id"), OuterRef("pk"))
    return Exists(PublicationRef.objects.filter(publication_id=of_row, kind=vocabulary, name__in=codes))
