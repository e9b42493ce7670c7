"""Writing: one index for each language, put in place under its alias in one step.

Every document carries its number in the feed as its version: of two writers the server keeps the newer state, however
late the older one arrives. Writes name aliases only (`require_alias`), so that nothing creates an index by accident.
"""

import time
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.helpers import scan, streaming_bulk

from equalcity.publication import feed
from equalcity.publication.models import Publication
from search.backends import EngineDown
from search.backends.elasticsearch.client import (
    GREETING_SECONDS,
    LINGER_SECONDS,
    WRITE_SECONDS,
    IndexMissing,
    answering,
    within,
)
from search.backends.elasticsearch.mapping import alias, body, languages, new_build, prefix, source
from search.documents import Document

BULK_BYTES = 8 * 1024 * 1024
# Written already by somebody who knew as much or more; not there any more.
HARMLESS = {"index": {409}, "delete": {404, 409}}
# The last batch of an interrupted attempt may be there in parts.
OVERLAP = 500
# After a swap the old indexes stay so long: longer than any search takes.
GRACE_SECONDS = LINGER_SECONDS + 1

Action = dict[str, Any]


class Index:
    """The indexes that searches are answered from."""

    def __init__(self, client: Elasticsearch) -> None:
        self.client = client
        self.patient = client.options(request_timeout=WRITE_SECONDS)

    def index(self, documents: Iterable[Document]) -> None:
        write(self.patient, _indexing(documents, ""))

    def remove(self, publications: Collection[int]) -> None:
        write(self.patient, _removing(publications, ""))

    def settle(self) -> None:
        with answering():
            self.patient.indices.refresh(index=self._aliases())

    def build(self) -> str:
        """Return the build that stands in place in every language; empty when one is missing or another one's."""
        greeting = self.client.options(request_timeout=GREETING_SECONDS).indices
        names = self._aliases()
        try:
            found = within(
                GREETING_SECONDS, lambda: greeting.get_mapping(index=names, filter_path="*.mappings._meta").body
            )
        except IndexMissing:
            return ""
        with answering():
            builds = {one.get("mappings", {}).get("_meta", {}).get("build", "") for one in found.values()}
        return builds.pop() if len(builds) == 1 and len(found) == len(languages()) else ""

    def beside(self, begun_at: str, version: str) -> "Beside":
        instance = feed.state().instance
        return unfinished(self.patient, version) or Beside.begin(self.patient, prefix(instance), begun_at, version)

    def holds(self) -> set[int]:
        with answering():
            found = scan(self.patient, index=",".join(self._aliases()), query={"_source": False}, size=5000)
            return {int(hit["_id"]) for hit in found}

    def count(self) -> int:
        greeting, names = self.client.options(request_timeout=GREETING_SECONDS), self._aliases()
        return within(GREETING_SECONDS, lambda: int(greeting.count(index=names)["count"]))

    def _aliases(self) -> list[str]:
        instance = feed.state().instance
        return [alias(instance, code) for code in languages()]


class Beside:
    """Indexes of a new build, which no search reads before they are put in place."""

    def __init__(self, client: Elasticsearch, build: str, begun_at: str, reached: int) -> None:
        self.client, self.build, self.begun_at, self.reached = client, build, begun_at, reached
        self.ending = _ending(build)

    @classmethod
    def begin(cls, client: Elasticsearch, start: str, begun_at: str, version: str) -> "Beside":
        """Create the indexes; what earlier attempts by other rules left is removed."""
        build = new_build()
        meta = {"build": build, "version": version, "begun_at": begun_at}
        with answering():
            for name in _left_over(client, start):
                client.indices.delete(index=name, ignore_unavailable=True)
            for code in languages():
                client.indices.create(
                    index=f"{start}-{code}-{build}",
                    aliases={f"{start}-{code}{_ending(build)}": {}},
                    **body(code, meta),
                )
        return cls(client, build, begun_at, 0)

    def index(self, documents: Iterable[Document]) -> None:
        write(self.client, _indexing(documents, self.ending))

    def remove(self, publications: Collection[int]) -> None:
        write(self.client, _removing(publications, self.ending))

    def put_in_place(self, live: Collection[int]) -> int:
        """Swap all languages at once, and remove what they replace."""
        start = prefix(feed.state().instance)
        with answering():
            new = {code: f"{start}-{code}-{self.build}" for code in languages()}
            self.client.indices.refresh(index=list(new.values()))
            old = _in_place(self.client, start)
            actions: list[dict[str, Any]] = [{"remove": {"index": name, "alias": f"{start}-*"}} for name in old]
            for code, name in new.items():
                actions.append({"remove": {"index": name, "alias": f"{start}-{code}{self.ending}"}})
                actions.append({"add": {"index": name, "alias": f"{start}-{code}"}})
            self.client.indices.update_aliases(actions=actions)
            # Searches that began before the swap still read the old ones.
            time.sleep(GRACE_SECONDS)
            for name in old:
                self.client.indices.delete(index=name, ignore_unavailable=True)
        return 0


def unfinished(client: Elasticsearch, version: str) -> Beside | None:
    """Return the attempt of these rules that was interrupted, if the feed still knows where it began."""
    state = feed.state()
    start = prefix(state.instance)
    with answering():
        found = client.indices.get_mapping(index=f"{start}-*", filter_path="*.mappings._meta").body
        metas = {name: one["mappings"]["_meta"] for name, one in found.items() if one.get("mappings")}
        open_ = _written_to(client, start)
        builds = {meta["build"] for name, meta in metas.items() if name in open_ and meta.get("version") == version}
        for build in sorted(builds, reverse=True):
            names = [f"{start}-{code}-{build}" for code in languages()]
            if not all(name in metas for name in names):
                continue
            begun_at = metas[names[0]]["begun_at"]
            cursor = feed.decode(begun_at)
            if cursor.epoch == state.epoch and state.pruned <= cursor.seq <= state.seq:
                return Beside(client, build, begun_at, _reached(client, names))
    return None


def write(client: Elasticsearch, actions: Iterable[Action]) -> None:
    """Send the actions in bulk. Raises `EngineDown` when one of them is refused for a reason of its own."""
    with answering():
        sent = streaming_bulk(
            client, actions, max_chunk_bytes=BULK_BYTES, raise_on_error=False, require_alias=True, max_retries=0
        )
        for accepted, answer in sent:
            [(kind, item)] = answer.items()
            if not accepted and item["status"] not in HARMLESS[kind]:
                raise EngineDown(f"it refused to {kind} a document: {item['error']['type']}")


def _indexing(documents: Iterable[Document], ending: str) -> Iterator[Action]:
    instance = feed.state().instance
    for document in documents:
        if document.language in languages():
            target = f"{alias(instance, document.language)}{ending}"
            yield {**_versioned("index", target, document.publication, document.seq), "_source": source(document)}


def _removing(publications: Collection[int], ending: str) -> Iterator[Action]:
    """Yield what removes publications; a row that is gone altogether was removed when it was withdrawn."""
    instance = feed.state().instance
    rows = Publication.objects.filter(pk__in=publications).values_list("pk", "locale", "seq")
    for pk, code, seq in rows:
        if code in languages():
            yield _versioned("delete", f"{alias(instance, code)}{ending}", pk, seq or 0)


def _versioned(kind: str, target: str, publication: int, seq: int) -> Action:
    return {
        "_op_type": kind,
        "_index": target,
        "_id": str(publication),
        "version": seq,
        "version_type": "external_gte",
    }


def _in_place(client: Elasticsearch, start: str) -> set[str]:
    """Return the indexes that stand behind the aliases of searches, of languages that are gone as well."""
    found = client.indices.get_alias(index=f"{start}-*").body
    return {
        name for name, one in found.items() if any(name.startswith(f"{given}-") for given in one.get("aliases", {}))
    }


def _written_to(client: Elasticsearch, start: str) -> set[str]:
    """Return the indexes of attempts that were neither put in place nor replaced."""
    found = client.indices.get_alias(index=f"{start}-*").body
    return {name for name, one in found.items() if any("." in given for given in one.get("aliases", {}))}


def _left_over(client: Elasticsearch, start: str) -> set[str]:
    """Return the indexes of attempts that were given up."""
    found = client.indices.get_alias(index=f"{start}-*").body
    return set(found) - _in_place(client, start)


def _reached(client: Elasticsearch, names: list[str]) -> int:
    """Return the publication up to which an interrupted attempt surely wrote all."""
    client.indices.refresh(index=names)
    answer = client.search(
        index=names, size=1, sort=[{"publication": "desc"}], from_=OVERLAP, source={"includes": ["publication"]}
    )
    hits = answer["hits"]["hits"]
    return int(hits[0]["_source"]["publication"]) if hits else 0


def _ending(build: str) -> str:
    return f".{build}"
