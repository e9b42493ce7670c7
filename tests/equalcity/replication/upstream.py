"""Another instance, as a real HTTP server in this process: it serves what it is given, faithfully or not.

Its items are what our own feed says of a tree that was made with the factories, under the name of another instance:
as a partner would send them.
"""

import base64
import json
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from equalcity.publication import counter, feed
from equalcity.publication.record import record
from equalcity.publication.source import canonical, etag

PARTNER = uuid.UUID("7b0c1a52-31a4-4d0c-9f0e-2c9e1f6a5c01")

Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Upstream:
    """What the partner's server has and how it behaves."""

    url: str = ""
    items: list[dict[str, Any]] = field(default_factory=list)
    media: dict[str, bytes] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    misbehave: Callable[[str], Answer | None] = lambda path: None
    last: int = 0

    def answer(self, path: str, asked: dict[str, str]) -> Answer:
        if path.startswith("/api/v2/media/"):
            content = self.media.get(path.rpartition("/")[2])
            return (200, {"Content-Type": "application/octet-stream"}, content) if content else (404, {}, b"")
        after = int(base64.b64decode(asked["after"])) if "after" in asked else 0
        limit = int(asked.get("limit", "100"))
        locales = set(filter(None, asked.get("locale", "").split(",")))
        new = [
            item
            for item in self.items
            if item["seq"] > after and (not locales or item["state"] != "live" or item["locale"] in locales)
        ]
        batch = new[:limit]
        last = max([after, *(item["seq"] for item in batch)])
        body = {
            "items": batch,
            "next": base64.b64encode(str(last).encode()).decode(),
            "more": len(new) > len(batch),
        }
        return 200, {"Content-Type": "application/json"}, json.dumps(body).encode()

    # Editing over there ------------------------------------------------------------------------------------

    def take_feed(self) -> None:
        """Say of our own tree what our own feed says, as if it were theirs."""
        record()
        ours = str(counter.instance_id())
        page = feed.changes(None, limit=500)
        for one in page.items:
            item = {**one.as_json(), "source": json.loads(one.source) if one.source else None}
            self.items.append(json.loads(json.dumps(item).replace(ours, str(PARTNER))))
        for item in self.items:
            self.seal(item)
        self.last = self.items[-1]["seq"]

    def find(self, slug: str, locale: str = "en") -> dict[str, Any]:
        return next(
            item
            for item in self.items
            if item["locale"] == locale and item["source"] and item["source"]["fields"].get("slug") == slug
        )

    def seal(self, item: dict[str, Any]) -> None:
        """Make the item's checksum right again."""
        if item["source"]:
            item["etag"] = etag(canonical(item["source"]))

    def touch(self, item: dict[str, Any]) -> None:
        """Give the item the next number, as after any change."""
        self.items.remove(item)
        self.last += 1
        item["seq"] = self.last
        self.items.append(item)

    def edit(self, slug: str, locale: str = "en", **fields: Any) -> dict[str, Any]:
        item = self.find(slug, locale)
        item["source"]["fields"].update(fields)
        self.seal(item)
        self.touch(item)
        return item

    def withdraw(self, slug: str, locale: str = "en", state: str = "withdrawn") -> dict[str, Any]:
        item = self.find(slug, locale)
        item.update(state=state, source=None, etag="", parent=None, children=[])
        self.touch(item)
        return item

    def translate(self, original: str, locale: str, **fields: Any) -> dict[str, Any]:
        """Add a translation of the item with the slug `original`."""
        item = json.loads(json.dumps(self.find(original)))
        item["locale"] = item["source"]["locale"] = locale
        item["source"]["fields"].update(fields)
        self.seal(item)
        self.items.append(item)
        self.touch(item)
        return item


class _Handler(BaseHTTPRequestHandler):
    upstream: Upstream

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.upstream.requests.append(parts.path)
        self.upstream.keys.append(self.headers.get("Authorization", ""))
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        status, headers, body = self.upstream.misbehave(parts.path) or self.upstream.answer(parts.path, asked)
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            self.close_connection = True

    def log_message(self, *args: Any) -> None:
        """Say nothing: the tests ask `requests`."""


def serve(upstream: Upstream) -> ThreadingHTTPServer:
    """Start the server on a free port of this machine; the caller ends it with `shutdown` and `server_close`."""
    handler = type("Handler", (_Handler,), {"upstream": upstream})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    upstream.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    return server
