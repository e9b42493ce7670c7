"""The search server first, and the database where that does not answer."""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from search.backends import Backend, EngineDown, Finder, Results
from search.breaker import Breaker
from search.query import SearchQuery

log = logging.getLogger(__name__)
Answer = TypeVar("Answer")


class Fallback(Finder):
    """Answers are the first engine's while it works. The breaker is this process's own: each learns by itself."""

    def __init__(self, first: Backend, second: Backend) -> None:
        self.first, self.second = first, second
        self.breaker = Breaker()
        self.name = first.name

    def search(self, query: SearchQuery) -> Results:
        found = self._ask(lambda: self.first.search(query))
        return replace(self.second.search(query), simplified=True) if found is None else found

    def suggest(self, words: str, language: str, limit: int) -> list[str]:
        found = self._ask(lambda: self.first.suggest(words, language, limit))
        return self.second.suggest(words, language, limit) if found is None else found

    def _ask(self, question: Callable[[], Answer]) -> Answer | None:
        """Return the first engine's answer; None when it has none, or is not to be asked now."""
        if not self.breaker.allows():
            return None
        try:
            answer = question()
        except EngineDown as problem:
            # The message names the kind of failure and holds no word of the search.
            log.warning("%s did not answer (%s); the database answers instead.", self.first.name, problem)
            self.breaker.failed()
            return None
        self.breaker.succeeded()
        return answer
