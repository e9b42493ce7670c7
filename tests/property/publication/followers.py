"""Somebody who follows the change feed and remembers the last state of everything."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.test import Client

State = dict[tuple[str, str], tuple[str, str, Any]]


@dataclass
class Follower:
    """Reads on from its cursor whenever it likes; `state` is what it holds live."""

    locales: tuple[str, ...] = ()
    subtree: UUID | None = None
    limit: int = 7
    cursor: str = ""
    state: State = field(default_factory=dict)
    last: int = 0

    def read(self, visitor: Client) -> list[dict[str, Any]]:
        """Read to the end; return the items."""
        items = []
        more = True
        while more:
            query: dict[str, Any] = {"limit": self.limit}
            if self.cursor:
                query["after"] = self.cursor
            if self.locales:
                query["locale"] = ",".join(self.locales)
            if self.subtree:
                query["subtree"] = str(self.subtree)
            response = visitor.get(f"/api/v2/changes/?{urlencode(query)}")
            assert response.status_code == 200, response.content
            page = response.json()
            for item in page["items"]:
                self._take(item)
            items += page["items"]
            assert page["items"] or not page["more"], "the feed stands still"
            self.cursor, more = page["next"], page["more"]
        return items

    def _take(self, item: dict[str, Any]) -> None:
        assert item["seq"] > self.last, "the feed went back"
        self.last = item["seq"]
        name = (item["key"], item["locale"])
        if item["state"] == "live":
            assert item["source"] is not None
            self.state[name] = (item["etag"], str(item["parent"]), tuple(item["children"]))
        else:
            assert (item["source"], item["etag"], item["children"], item["parent"]) == (None, "", [], None), item
            self.state.pop(name, None)

    def from_the_start(self) -> "Follower":
        return Follower(self.locales, self.subtree, limit=500)
