"""The one question whether a page is public, the same for HTML, API, feed, media and search.

Public is a page that is live and not expired, without a restriction on itself, on an ancestor, or on any page of
its translation set or an ancestor of one; what restricts a page restricts its aliases and what stands below them; an
alias also needs its source to be public. Wagtail alone leaves aliases of restricted and of scheduled pages public, and
wagtail-localize drops the restrictions of translations.

Everything is one SQL condition, so that an answer cannot be older than the restriction that forbids it. It stands
in the core because links in texts ask it too; `equalcity.publication.predicate` asks it of publications.

The condition is written twice: `PUBLIC` asks it of one page after the other, `HIDDEN` names all pages that it leaves
out. They are few, so a list of thousands is counted in the time of reading its index; what a list shows is asked
again one by one. `tests/equalcity/publication/test_predicate.py` and the histories hold the two equal.
"""

from datetime import datetime
from typing import Any, TypeVar

from django.db.models import BooleanField, Func, QuerySet
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from equalcity.core.statements import statement

PageType = TypeVar("PageType", bound=Page)

# The uncorrelated test is evaluated once and spares the other where nothing is restricted.
PUBLIC = """EXISTS (
    SELECT 1 FROM {pages} shown LEFT JOIN {pages} source ON source.id = shown.alias_of_id
    WHERE shown.id = {id} AND shown.depth > 1
    AND shown.live AND (shown.expire_at IS NULL OR shown.expire_at > %s)
    AND (shown.alias_of_id IS NULL OR (source.live AND (source.expire_at IS NULL OR source.expire_at > %s)))
    AND NOT (
        EXISTS (SELECT 1 FROM {restrictions})
        AND EXISTS (
            SELECT 1
            FROM {pages} relative, {restrictions} restriction
            JOIN {pages} closed ON closed.id = restriction.page_id OR closed.alias_of_id = restriction.page_id
            WHERE relative.translation_key IN (shown.translation_key, source.translation_key)
            AND SUBSTR(relative.path, 1, LENGTH(closed.path)) = closed.path
        )
    )
)"""


# The first two selections read an index each, made for them in the migrations of the core. Of a time before another
# PostgreSQL expects a third of all pages; that few have one at all it knows.
HIDDEN = """
    SELECT id FROM {pages} WHERE NOT live
    UNION ALL SELECT id FROM {pages} WHERE expire_at IS NOT NULL AND expire_at <= %s
    UNION ALL SELECT alias.id FROM {pages} alias JOIN {pages} source ON source.id = alias.alias_of_id
        WHERE NOT source.live
    UNION ALL SELECT alias.id FROM {pages} alias JOIN {pages} source ON source.id = alias.alias_of_id
        WHERE source.expire_at IS NOT NULL AND source.expire_at <= %s
    UNION ALL SELECT id FROM {pages}
        WHERE EXISTS (SELECT 1 FROM {restrictions}) AND translation_key IN ({behind})
    UNION ALL SELECT alias.id FROM {pages} alias JOIN {pages} source ON source.id = alias.alias_of_id
        WHERE EXISTS (SELECT 1 FROM {restrictions}) AND source.translation_key IN ({behind})
"""

# The translation sets with a page that stands behind a restriction.
BEHIND = """
    SELECT relative.translation_key FROM {restrictions} restriction
    JOIN {pages} closed ON closed.id = restriction.page_id OR closed.alias_of_id = restriction.page_id
    JOIN {pages} relative ON SUBSTR(relative.path, 1, LENGTH(closed.path)) = closed.path
"""


# One of the pages whose ids stand in a column of JSON.
NAMES_HIDDEN = {
    "sqlite": "EXISTS (SELECT 1 FROM json_each({ids}) named WHERE NOT {public})",
    "postgresql": "EXISTS (SELECT 1 FROM jsonb_array_elements({ids}) named WHERE NOT {public})",
}
NAMED = {"sqlite": "named.value", "postgresql": "CAST(named.value AS bigint)"}


class IsPublic(Func):
    """The condition that the page whose id stands in a column is public now.

    It is written in SQL because every answer of the API asks it: built from querysets, Django needed ten times
    longer to compile it than the database to answer it.
    """

    arity = 1

    def __init__(self, page_id: Any = "pk", now: Any = None, **extra: Any) -> None:
        """`now`: the place of the time in a `statement`; without it, it is that of the question."""
        super().__init__(page_id, output_field=BooleanField(), **extra)
        self.now = now

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> Any:  # type: ignore[override]
        column, params = compiler.compile(self.source_expressions[0])
        tables = {
            "pages": connection.ops.quote_name(Page._meta.db_table),
            "restrictions": connection.ops.quote_name(PageViewRestriction._meta.db_table),
        }
        now = self.now or connection.ops.adapt_datetimefield_value(timezone.now())
        return self.condition(column, tables, connection.vendor), [*params, now, now]

    def condition(self, column: str, tables: dict[str, str], vendor: str) -> str:
        """Return the condition, with two places for the time."""
        return PUBLIC.format(id=column, **tables)


class IsNotHidden(IsPublic):
    """The same for many pages at once. A page that is gone is not hidden."""

    hidden = HIDDEN

    def condition(self, column: str, tables: dict[str, str], vendor: str) -> str:
        return f"{column} NOT IN ({self.hidden.format(behind=BEHIND.format(**tables), **tables)})"


class NamesHidden(IsPublic):
    """The condition that one of the pages whose ids stand in a column of JSON is not public now."""

    def condition(self, column: str, tables: dict[str, str], vendor: str) -> str:
        return NAMES_HIDDEN[vendor].format(ids=column, public=PUBLIC.format(id=NAMED[vendor], **tables))


def public_pages(pages: "QuerySet[PageType]", now: Any = None) -> "QuerySet[PageType]":
    """Keep the pages that anybody may read right now; a `statement` takes the time as a parameter."""
    return pages.filter(IsPublic(now=now))


def is_public(page: Page) -> bool:
    """Ask the database, not the object in memory: that one may be stale."""
    return page.pk is not None and bool(_if_public(page.pk, timezone.now()))


@statement
def _if_public(pk: int, now: datetime) -> "QuerySet[Page, int]":
    return public_pages(Page.objects.filter(pk=pk), now).values_list("pk", flat=True)
