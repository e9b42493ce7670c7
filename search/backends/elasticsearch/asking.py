"""The requests of one search: the reader's language by itself if it holds enough, else all of them together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from elasticsearch import Elasticsearch
from elasticsearch.dsl.query import Bool, Query, Terms

from equalcity.core.models import Role
from equalcity.core.statements import statement
from search.backends import FEW, Widened
from search.backends.elasticsearch import answers, queries
from search.backends.elasticsearch.client import Patience, ask
from search.backends.elasticsearch.mapping import alias, languages
from search.backends.elasticsearch.queries import Engagements
from search.query import SearchQuery
from search.ranking import RANKED, Wanted

# What is read of a hit, from its columns: the document as it was sent would have to be unpacked for each.
READ = {"docvalue_fields": ["publication", "key", "locale"], "stored_fields": "_none_"}


@dataclass(frozen=True)
class Asking:
    """One search of one instance's indexes; `hidden` are the publications in them that nobody may find now."""

    client: Elasticsearch
    patience: Patience
    instance: UUID
    hidden: Sequence[int]
    query: SearchQuery
    wanted: Wanted

    def page(self, widened: Widened) -> answers.Page:
        """Return one page of what is found, opened so far. Raises `EngineDown`."""
        own = self.query.language
        alone = self._own_alone(widened) if own in languages() and not self.query.chosen("language") else None
        page = alone or self._all_together(widened)
        # What is only near is no result where the words have found nothing that may be shown.
        return page if page.matching else answers.NOTHING

    def _own_alone(self, widened: Widened) -> answers.Page | None:
        """Return what the reader's language holds; None if that is too little.

        Of the others only the number is asked for: that takes a part of the time of finding the best.
        """
        own, others = [self.query.language], [code for code in languages() if code != self.query.language]
        matching = self._matching(own, widened)
        totals = queries.totals(self.query, self._engagements, one_language=True) | self._by_words(matching)
        body = {**self._found, "sort": queries.order(words=bool(self.wanted.everywhere)), "aggs": totals}
        page = answers.own(self._ask(own, self._or_near(matching), body), self.query)
        if page.by_words < FEW:
            return None
        if not others:
            # Naming no index would ask all that are on the server.
            return page
        counted = Bool(filter=[self._matching(others, widened)])
        body = {"size": 0, "aggs": queries.in_languages(self.query, self._engagements)}
        return page.beside(answers.languages(self._ask(others, counted, body)))

    def _all_together(self, widened: Widened) -> answers.Page:
        """Return practices, the reader's language first, each in the version that is nearest to it."""
        by_words = self._matching(languages(), widened)
        matching = self._or_near(by_words)
        totals = queries.totals(self.query, self._engagements, one_language=False) | self._by_words(by_words)
        body = {
            **self._found,
            "collapse": {"field": "key"},
            "sort": queries.order(self.query.language, words=bool(self.wanted.everywhere)),
            "aggs": totals | queries.in_languages(self.query, self._engagements),
        }
        page = answers.page(self._ask(languages(), matching, body))
        foreign = [one.key for one in page.versions if one.language != self.query.language]
        if not foreign:
            return page
        of_these = Bool(must=[matching], filter=[Terms(key=foreign)])
        body = {"post_filter": self._chosen, "size": len(foreign) * len(languages()), **READ}
        best = answers.nearest(answers.versions(self._ask(languages(), of_these, body)), self.query)
        return replace(page, versions=tuple(best.get(one.key, one) for one in page.versions))

    def _ask(self, codes: Sequence[str], matching: Query, body: dict[str, Any]) -> dict[str, Any]:
        """Ask the indexes of some languages, and leave out what nobody may find."""
        visible = Bool(must=[matching], must_not=queries.without(self.hidden))
        indexes = [self._names[code] for code in codes]
        return ask(self.client, self.patience, indexes, {"query": visible.to_dict(), **body})

    def _matching(self, codes: Sequence[str], widened: Widened) -> Query:
        if not self.wanted.everywhere:
            return queries.everything()
        wanted = [one for one in self.wanted.everywhere if one.language in codes]
        return queries.matching(wanted, self.query, widened, self._names)

    def _or_near(self, matching: Query) -> Query:
        """Return it or what is nearest in meaning, which comes first: it is among those that are put in order."""
        return queries.either(matching, self.wanted.near) if self.wanted.near else matching

    def _by_words(self, matching: Query) -> dict[str, Any]:
        """Return the aggregation of what the words have found: where nothing is near, that is all."""
        alone = matching if self.wanted.near else queries.everything()
        return queries.by_words(alone, self.query, self._engagements)

    @cached_property
    def _names(self) -> dict[str, str]:
        return {code: alias(self.instance, code) for code in languages()}

    @cached_property
    def _engagements(self) -> Engagements:
        return dict(_engagements_of_roles())

    @property
    def _chosen(self) -> dict[str, Any]:
        return Bool(filter=queries.chosen(self.query, self._engagements)).to_dict()

    @property
    def _found(self) -> dict[str, Any]:
        """What is the same in every request for hits."""
        begin = first(self.query)
        return {
            "post_filter": self._chosen,
            "from_": begin,
            "size": self.query.size if begin else RANKED,
            **READ,
        }


def first(query: SearchQuery) -> int:
    """Return where to begin: at the first of those that are put in order here, or at a page behind them."""
    return 0 if query.page * query.size <= RANKED else (query.page - 1) * query.size


@statement
def _engagements_of_roles() -> "QuerySet[Role, tuple[str, str]]":
    return Role.objects.order_by().values_list("code", "engagement").distinct()
