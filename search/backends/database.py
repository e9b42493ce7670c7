# ruff: noqa: S608 - statements hold fixed names only; values are always parameters
"""What both database engines share: one statement for the counts, one for the hits.

An engine says only which entries match, and roughly how well (`matching`). Everything after that is the same SQL: the
join with what may be delivered, facets, the choice of one language version for each practice. The first of them are put
in order by `ranking`, as those of every engine.
"""

from abc import abstractmethod
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet

from equalcity.core.models.terms import VOCABULARIES
from equalcity.publication.models import Publication
from equalcity.publication.predicate import delivered
from search import analysis
from search.analysis import Asked, Group, asked, indexed
from search.backends import FEW, Backend, Beside, Results, Widened, enough, hits, ladder, page_of
from search.documents import Document
from search.embedding import digest
from search.facets import CHOICES, COLUMNS, TERMS
from search.models import Entry, IndexCursor
from search.query import FACETS, SearchQuery
from search.ranking import RANKED, Wanted
from search.spelling import learn, learn_anew

# One bit for each facet whose choice a row misses: 0 is a hit, a single bit counts for that facet alone.
BIT = {facet: 1 << number for number, facet in enumerate(FACETS)}
TERM_TABLE = "publication_publicationref"

# What excerpts show between two phrases of a page's other words.
BETWEEN = " · "
# The database's index is always the same one.
BUILD = "entries"
# Rows of the counts that are no facet: what the words have found before any filter, what is left of all that was found,
# and of what the words have.
FOUND, HITS, BY_WORDS = ("found", ""), ("hits", ""), ("by words", "")
WRITTEN = [field.name for field in Entry._meta.concrete_fields if not field.primary_key]
Statement = tuple[str, list[Any]]


class DatabaseBackend(Backend):
    """Search in the database that holds the publications."""

    @abstractmethod
    def holding(self, language: str, group: Group, widened: Widened) -> Statement:
        """Return a SELECT of `id` and `score` (more is better): the entries that hold one thing that was asked for."""

    def matching(self, asked_of: Sequence[Asked], query: SearchQuery, widened: Widened) -> Statement:
        """Return a SELECT of `id` and `score` of the entries that hold enough of what was asked for, each once."""
        selects, parameters = [], []
        for one in asked_of:
            parts = [self.holding(one.language, group, widened) for group in one.groups]
            union = " UNION ALL ".join(f"SELECT id, score FROM ({part}) part{n}" for n, (part, _v) in enumerate(parts))
            selects.append(
                f"SELECT id, SUM(score) * COUNT(*) AS score FROM ({union}) parts "
                f"GROUP BY id HAVING COUNT(*) >= {enough(len(one.groups), query, widened)}"
            )
            parameters += [value for _part, values in parts for value in values]
        return " UNION ALL ".join(selects), parameters

    @abstractmethod
    def beginning(self, asked_of: Asked) -> Statement:
        """Return a SELECT like `matching`, of titles that hold the words, the last one as a beginning."""

    def answer(self, query: SearchQuery, wanted: Wanted) -> Results:
        everywhere = wanted.everywhere
        for widened in ladder(query):
            visible = self._visible(query, wanted, widened)
            counts = self._counts(query, visible)
            if counts[FOUND][0] or not everywhere:
                break
        if not counts.pop(FOUND)[0]:
            # What is only near is no result where the words have found nothing that may be shown.
            counts = {HITS: (0, 0), BY_WORDS: (0, 0)}
        (everything, own), (_every, own_by_words) = counts.pop(HITS), counts.pop(BY_WORDS)
        only_own = not query.chosen("language") and own_by_words >= FEW
        total = own if only_own else everything
        facets: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
        for (facet, value), (every, in_own) in sorted(counts.items()):
            if number := in_own if only_own and facet != "language" else every:
                facets[facet][value] = number
        found = self._found(query, visible, only_own) if total else []
        shown = page_of(query, found, wanted)
        by_language = {one.language: one for one in everywhere}
        return Results(
            hits=hits(shown, by_language, widened),
            total=total,
            own=own,
            facets=facets,
            widened=Widened.SPELLING if wanted.forgave and widened is Widened.NO else widened,
            also=by_language[query.language].also if query.language in by_language else (),
            engine=self.name,
        )

    def suggest(self, words: str, language: str, limit: int) -> list[str]:
        wanted = asked(words, language)
        if not wanted.words:
            return []
        match, parameters = self.beginning(wanted)
        shown, shown_parameters = _sql(_shown())
        rows = _rows(
            f"WITH matched AS MATERIALIZED ({match}), shown AS ({shown}) "
            "SELECT shown.title, MAX(matched.score) AS best FROM matched JOIN shown ON shown.id = matched.id "
            "GROUP BY shown.title ORDER BY best DESC, shown.title LIMIT %s",
            [*parameters, *shown_parameters, limit],
        )
        return [title for title, _score in rows]

    def index(self, documents: Iterable[Document]) -> None:
        entries = [
            Entry(
                publication_id=document.publication,
                language=document.language,
                title=indexed(document.title, document.language),
                summary=indexed(document.summary, document.language),
                other_words=indexed(document.other_words, document.language),
                names=indexed(document.names, document.language),
                body=indexed(document.body, document.language),
                text=_readable(document),
                passage=digest(document.passages),
            )
            for document in documents
        ]
        with transaction.atomic():
            before = list(Entry.objects.filter(pk__in=[entry.publication_id for entry in entries]))
            made = {(entry.pk, entry.passage): (entry.embedding, entry.embedded_at) for entry in before}
            for entry in entries:
                entry.embedding, entry.embedded_at = made.get((entry.publication_id, entry.passage), (None, None))
            Entry.objects.bulk_create(
                entries,
                update_conflicts=True,
                unique_fields=["publication"],
                update_fields=WRITTEN,
                batch_size=200,
            )
            learn(entries, before)

    def remove(self, publications: Collection[int]) -> None:
        with transaction.atomic():
            gone = Entry.objects.filter(pk__in=publications)
            learn([], list(gone))
            gone.delete()

    def settle(self) -> None:
        """Nothing is left to do: what was written is there."""

    @property
    def version(self) -> str:
        return str(analysis.VERSION)

    def build(self) -> str:
        return BUILD

    def beside(self, begun_at: str) -> Beside:
        return Over(self, begun_at)

    @contextmanager
    def writing(self, cursor: int) -> Iterator[None]:
        # What is read under the lock is at least as new as the change that named it, and nobody writes older states.
        with transaction.atomic():
            IndexCursor.objects.select_for_update().get(pk=cursor)
            yield

    def holds(self) -> set[int]:
        return set(Entry.objects.values_list("pk", flat=True))

    def count(self) -> int:
        return Entry.objects.count()

    def _visible(self, query: SearchQuery, wanted: Wanted, widened: Widened) -> Statement:
        """Return the common tables of a query: `visible` holds what matches and may be delivered.

        What matches by its meaning alone has no score.
        """
        match, parameters = (
            self.matching(wanted.everywhere, query, widened)
            if wanted.everywhere
            else ("SELECT publication_id AS id, 0 AS score FROM search_entry", [])
        )
        far: Statement = ("1", [])
        if wanted.near:
            among = f"IN ({', '.join(['%s'] * len(wanted.near))})"
            match = (
                f"SELECT id, MAX(score) AS score FROM ({match} UNION ALL SELECT publication_id AS id, NULL AS score "
                f"FROM search_entry WHERE publication_id {among}) either GROUP BY id"
            )
            parameters = [*parameters, *wanted.near]
            far = (f"CASE WHEN shown.id {among} THEN 0 ELSE 1 END", [*wanted.near])
        shown, shown_parameters = _sql(_shown())
        missed, missed_parameters = _missed(query)
        return (
            f"WITH matched AS MATERIALIZED ({match}), shown AS ({shown}), visible AS MATERIALIZED ("
            "SELECT shown.id, shown.key, shown.locale, shown.type, shown.city, shown.evidence, shown.title, "
            f"matched.score, {far[0]} AS far, {missed} AS missed FROM matched JOIN shown ON shown.id = matched.id)",
            [*parameters, *shown_parameters, *far[1], *missed_parameters],
        )

    def _counts(self, query: SearchQuery, visible: Statement) -> dict[tuple[str, str], tuple[int, int]]:
        """Return for each facet value how many practices there are, and how many in the reader's language."""
        numbers = "COUNT(DISTINCT key), COUNT(DISTINCT CASE WHEN locale = %s THEN key END)"
        selects = [
            f"SELECT 'found', '', {numbers} FROM visible WHERE score IS NOT NULL",
            f"SELECT 'hits', '', {numbers} FROM visible WHERE missed = 0",
            f"SELECT 'by words', '', {numbers} FROM visible WHERE missed = 0 AND score IS NOT NULL",
            *(
                f"SELECT '{facet}', {column}, {numbers} FROM visible "
                f"WHERE missed IN (0, {BIT[facet]}) AND {column} <> '' GROUP BY {column}"
                for facet, column in COLUMNS.items()
            ),
            *(
                f"SELECT '{facet}', term.name, {numbers} FROM visible "
                f"JOIN {TERM_TABLE} term ON term.publication_id = visible.id AND term.kind = '{vocabulary}' "
                f"WHERE missed IN (0, {BIT[facet]}) GROUP BY term.name"
                for facet, vocabulary in TERMS.items()
            ),
            *(
                f"SELECT '{facet}', chosen.{field}, {numbers} FROM visible "
                f"JOIN {TERM_TABLE} term ON term.publication_id = visible.id AND term.kind = '{vocabulary}' "
                f"JOIN ({_choices(vocabulary, field)}) chosen ON chosen.code = term.name "
                f"WHERE missed IN (0, {BIT[facet]}) GROUP BY chosen.{field}"
                for facet, (vocabulary, field) in CHOICES.items()
            ),
        ]
        statement, parameters = visible
        rows = _rows(f"{statement} {' UNION ALL '.join(selects)}", [*parameters, *[query.language] * len(selects)])
        return {(facet, value): (every, own) for facet, value, every, own in rows}

    def _found(self, query: SearchQuery, visible: Statement, only_own: bool) -> list[int]:
        """Return the practices that were found, each in its best language, own language first and roughly in order.

        The nearest in meaning come before: they are among those that are put in order.
        """
        statement, parameters = visible
        order, order_parameters = _language_order(query.language)
        own, own_parameters = ("AND locale = %s", [query.language]) if only_own else ("", [])
        rows = _rows(
            f"{statement}, ranked AS (SELECT visible.*, {order} AS distance FROM visible WHERE missed = 0 {own}), "
            "best AS (SELECT ranked.*, ROW_NUMBER() OVER (PARTITION BY key ORDER BY distance, id) AS version "
            "FROM ranked) "
            "SELECT best.id FROM best WHERE version = 1 "
            "ORDER BY CASE WHEN distance = 0 THEN 0 ELSE 1 END, far, score DESC, distance, best.title, best.id "
            "LIMIT %s",
            [*parameters, *order_parameters, *own_parameters, max(RANKED, query.page * query.size)],
        )
        return [pk for (pk,) in rows]


class Over:
    """The table itself, written over: searches find what is there already."""

    build = BUILD
    reached = 0

    def __init__(self, engine: DatabaseBackend, begun_at: str) -> None:
        self.engine, self.begun_at = engine, begun_at

    def index(self, documents: Iterable[Document]) -> None:
        self.engine.index(documents)

    def remove(self, publications: Collection[int]) -> None:
        self.engine.remove(publications)

    def put_in_place(self, live: Collection[int]) -> int:
        gone = self.engine.holds() - set(live)
        self.engine.remove(gone)
        with transaction.atomic():
            learn_anew(Entry.objects.iterator(chunk_size=200))
        return len(gone)


def _readable(document: Document) -> str:
    """Return the texts that excerpts are cut from."""
    phrases = document.other_words.replace("\n", BETWEEN)
    return "\n".join(filter(None, [document.summary, document.body, phrases]))


def _shown() -> "QuerySet[Publication, Any]":
    """Return the pages that may be delivered right now; an alias is found through its original."""
    pages = delivered(Publication.objects.filter(kind="page", original=None))
    return pages.order_by().values("id", "key", "locale", "type", "city", "evidence", "title")


def _missed(query: SearchQuery) -> Statement:
    """Return the sum of the bits of all facets whose choice a row of `shown` does not meet."""
    pieces = ["0"]
    parameters: list[Any] = []
    for facet in FACETS:
        chosen = query.chosen(facet)
        if not chosen:
            continue
        places = ", ".join(["%s"] * len(chosen))
        if facet in COLUMNS:
            met = f"shown.{COLUMNS[facet]} IN ({places})"
        elif facet in CHOICES:
            vocabulary, field = CHOICES[facet]
            met = (
                f"EXISTS (SELECT 1 FROM {TERM_TABLE} term "
                f"JOIN ({_choices(vocabulary, field)}) picked ON picked.code = term.name "
                f"WHERE term.publication_id = shown.id AND term.kind = '{vocabulary}' "
                f"AND picked.{field} IN ({places}))"
            )
        else:
            met = (
                f"EXISTS (SELECT 1 FROM {TERM_TABLE} term WHERE term.publication_id = shown.id "
                f"AND term.kind = '{TERMS[facet]}' AND term.name IN ({places}))"
            )
        pieces.append(f"CASE WHEN {met} THEN 0 ELSE {BIT[facet]} END")
        parameters += chosen
    return f"({' + '.join(pieces)})", parameters


def _choices(vocabulary: str, field: str) -> str:
    """Return a SELECT of a vocabulary's codes, each with a choice that is the same in every language."""
    table = connection.ops.quote_name(VOCABULARIES[vocabulary]._meta.db_table)
    return f"SELECT DISTINCT code, {field} FROM {table}"


def _language_order(own: str) -> Statement:
    """Return how far a row's language is from the reader's: own 0, then the site's order."""
    others = [code for code, _name in settings.LANGUAGES if code != own]
    cases = [f"WHEN %s THEN {number}" for number in range(len(others) + 1)]
    return f"CASE locale {' '.join(cases)} ELSE {len(cases)} END", [own, *others]


def _sql(rows: "QuerySet[Publication, Any]") -> Statement:
    statement, parameters = rows.query.sql_with_params()
    return statement, list(parameters)


def _rows(statement: str, parameters: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()
