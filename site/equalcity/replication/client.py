"""Everything that goes out to a peer: one class, one session, and a limit on each thing a peer could overdo.

The only module that imports an HTTP client (import-linter holds it).
"""

import ssl
import time
from collections.abc import Callable, Iterable
from functools import cache
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit

import httpcore
import httpx
import orjson

from equalcity.publication.manifest import Entry, Manifest
from equalcity.replication.addresses import AddressRefused, allowed_addresses, is_loopback
from equalcity.replication.schema import (
    FeedAnswer,
    Malformed,
    check_depth,
    read_answer,
    read_bucket,
    read_manifest,
)

Read = TypeVar("Read")

SECONDS = 30.0
STEP_SECONDS = 10.0
JSON_BYTES = 5 * 1024 * 1024
MEDIA_BYTES = 20 * 1024 * 1024
PAUSES = (0.5, 2.0)
PASSING = {500, 502, 503, 504}
PROBLEM_BYTES = 64 * 1024


class PeerError(Exception):
    """A request to a peer failed; the text is one sentence for a person."""


class PeerUnreachable(PeerError):
    """Nobody answers now: not within the time limit, too busy (429), or at an address that we do not talk to."""


class PeerAnsweredNonsense(PeerError):
    """It answered something that is not what was asked for: HTML, an error, cut-off or oversized data."""


class PeerRefused(PeerError):
    """It does not accept our key (401, 403)."""


class PeerResyncNeeded(PeerError):
    """Our place in its feed is not one of its own any more: it was restored (409), or is another instance (400)."""


class PeerGone(PeerError):
    """Our place in its feed is older than what it keeps (410)."""


class TooLarge(PeerAnsweredNonsense):
    """More bytes than we take in one answer."""


class NoSuchFile(PeerAnsweredNonsense):
    """The peer does not have, or does not give, the file that its page shows (403, 404, 410)."""


class Deadline:
    """One time limit for a whole request, however many small steps it takes."""

    def __init__(self) -> None:
        self.ends = 0.0

    def start(self, seconds: float) -> None:
        self.ends = time.monotonic() + seconds

    def left(self) -> float:
        return max(0.0, self.ends - time.monotonic())

    def step(self) -> float:
        """Return how long the next step on the network may take. Raises `httpcore.TimeoutException`."""
        if self.left() <= 0:
            raise httpcore.ReadTimeout("the time for the whole request is over")
        return min(STEP_SECONDS, self.left())


class _Stream(httpcore.NetworkStream):
    """A connection whose every step also counts against the time limit of the whole request."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.step())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.step())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, self._deadline.step())
        return _Stream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _CheckedBackend(httpcore.SyncBackend):
    """Resolves a name once, checks every address, and connects to what was checked."""

    def __init__(self, deadline: Deadline) -> None:
        super().__init__()
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        last: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in allowed_addresses(host, port):
            try:
                stream = super().connect_tcp(address, port, self._deadline.step(), local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
            else:
                return _Stream(stream, self._deadline)
        raise last


@cache
def _certificates() -> ssl.SSLContext:
    """Return what peers' certificates are checked by; reading all authorities takes longer than a short answer."""
    return httpx.create_ssl_context(trust_env=False)


class _CheckedTransport(httpx.HTTPTransport):
    """httpx's transport on our own network backend, without proxies or certificates from the environment."""

    def __init__(self, deadline: Deadline) -> None:
        super().__init__(verify=_certificates(), trust_env=False)
        self._pool = httpcore.ConnectionPool(
            ssl_context=_certificates(),
            max_connections=1,
            keepalive_expiry=STEP_SECONDS,
            network_backend=_CheckedBackend(deadline),
        )


class PeerClient:
    """One peer, one session. Use it as a context manager.

    `url` is the peer's address without path; `key` what it gave us to read with, or empty.
    Raises `PeerUnreachable` for an address that we do not talk to. `seconds` limits each call, retries included.
    """

    def __init__(self, url: str, *, key: str = "", seconds: float = SECONDS) -> None:
        parts = urlsplit(url)
        if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname or "")):
            raise PeerUnreachable(f"{url} is refused: a peer's address must start with https://.")
        self.url = url.rstrip("/")
        self._seconds = seconds
        self._deadline = Deadline()
        headers = {"Accept-Encoding": "gzip", "User-Agent": "equalcity-peer"}
        if key:
            headers["Authorization"] = f"Bearer {key}"
        self._session = httpx.Client(
            transport=_CheckedTransport(self._deadline),
            headers=headers,
            follow_redirects=False,
            trust_env=False,
            timeout=STEP_SECONDS,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session.close()

    def changes(self, after: str, *, limit: int, locales: Iterable[str] = (), subtree: str = "") -> FeedAnswer:
        """Return what changed after the cursor `after` (empty: from the beginning), at most `limit` items.

        Asks for fewer when so many do not fit into one answer. Raises `PeerError`.
        """
        while True:
            asked = {
                "after": after,
                "limit": str(limit),
                "locale": ",".join(locales),
                "subtree": subtree,
            }
            try:
                data = self._json("/api/v2/changes/", {name: value for name, value in asked.items() if value})
            except TooLarge:
                if limit == 1:
                    raise
                limit = max(1, limit // 4)
                continue
            try:
                return read_answer(data)
            except Malformed as error:
                raise PeerAnsweredNonsense(f"{self.url} sent a feed that cannot be read: {error}.") from error

    def manifest(self, locales: Iterable[str], subtree: str) -> Manifest:
        """Return the hashes of what the peer offers. Raises `PeerError`."""
        return self._read_manifest(locales, subtree, {}, read_manifest)

    def manifest_bucket(self, bucket: str, locales: Iterable[str], subtree: str) -> list[Entry]:
        """Return what stands in one bucket of the peer's manifest. Raises `PeerError`."""
        return self._read_manifest(locales, subtree, {"bucket": bucket}, read_bucket)

    def _read_manifest(
        self, locales: Iterable[str], subtree: str, more: dict[str, str], read: Callable[[Any], Read]
    ) -> Read:
        asked = {"locale": ",".join(locales), "subtree": subtree, **more}
        data = self._json("/api/v2/manifest/", {name: value for name, value in asked.items() if value})
        try:
            return read(data)
        except Malformed as error:
            raise PeerAnsweredNonsense(f"{self.url} sent a manifest that cannot be read: {error}.") from error

    def media(self, sha256: str) -> bytes:
        """Return the bytes that the peer gives for `sha256`, unchecked. Raises `PeerError`."""
        return self._get(f"/api/v2/media/{sha256}", {}, MEDIA_BYTES, "")

    def _json(self, path: str, asked: dict[str, str]) -> Any:
        content = self._get(path, asked, JSON_BYTES, "application/json")
        try:
            data = orjson.loads(content)
            check_depth(data)
        except (orjson.JSONDecodeError, Malformed) as error:
            raise PeerAnsweredNonsense(
                f"{self.url} sent data that is cut off or damaged ({error}); nothing of it was used."
            ) from error
        return data

    def _get(self, path: str, asked: dict[str, str], most: int, expected: str) -> bytes:
        """Fetch, and try again a little later what may pass: within one time limit for all tries."""
        self._deadline.start(self._seconds)
        for pause in (*PAUSES, None):
            try:
                return self._get_once(path, asked, most, expected)
            except (TooLarge, NoSuchFile):
                raise
            except (_Passing, httpx.TransportError) as error:
                if pause is None or isinstance(error, httpx.UnsupportedProtocol) or self._deadline.left() <= pause:
                    raise self._explained(error) from error
            except (AddressRefused, OSError) as error:
                raise PeerUnreachable(f"{self.url} is not reachable: {error}") from error
            time.sleep(pause)
        raise AssertionError("the last try either returns or raises")

    def _get_once(self, path: str, asked: dict[str, str], most: int, expected: str) -> bytes:
        with self._session.stream("GET", f"{self.url}{path}", params=asked) as answer:
            if answer.status_code != 200:
                raise self._explained_status(answer, path)
            if answer.headers.get("Content-Encoding", "identity") not in {"identity", "gzip"}:
                raise PeerAnsweredNonsense(f"{self.url} sent an encoding that was not asked for.")
            given = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
            if expected and given != expected:
                raise PeerAnsweredNonsense(
                    f"{self.url}{path} answered with {given or 'something unnamed'} instead of {expected}: "
                    f"is it an instance of this software?"
                )
            content = bytearray()
            for piece in answer.iter_bytes():
                content += piece
                if len(content) > most:
                    raise TooLarge(f"{self.url} sent more than {most // 1024 // 1024} MB in one answer.")
            return bytes(content)

    def _explained_status(self, answer: httpx.Response, path: str) -> Exception:
        status = answer.status_code
        feed = path.startswith(("/api/v2/changes/", "/api/v2/manifest/"))
        media = path.startswith("/api/v2/media/")
        match status:
            case 401 | 403 if feed:
                return PeerRefused(f"{self.url} does not accept our key ({status}). Ask the peer for a new one.")
            case 403 | 404 | 410 if media:
                return NoSuchFile(f"{self.url} does not give this file ({status}).")
            case 409 if feed:
                return PeerResyncNeeded(
                    f"{self.url} was restored from a backup since our last pull (409). Nothing was changed here; "
                    f"a resync is needed."
                )
            case 410 if feed:
                return PeerGone(
                    f"{self.url} no longer keeps the changes since our last pull (410). Nothing was changed here; "
                    f"a resync is needed."
                )
            case 400 if feed:
                parameter, detail = self._problem(answer)
                if parameter == "after":
                    return PeerResyncNeeded(
                        f"{self.url} is another instance than at our last pull: it does not know our place in its "
                        f"feed. Nothing was changed here; a resync is needed."
                    )
                return PeerAnsweredNonsense(f"{self.url} cannot answer what we ask: {detail}")
            case 429:
                return PeerUnreachable(f"{self.url} asks us to wait. Run it again in a minute; nothing was lost.")
            case _ if status in PASSING:
                return _Passing(f"{self.url} answered with an error of its own ({status}).")
            case _ if 300 <= status < 400:
                return PeerAnsweredNonsense(
                    f"{self.url} sends us on to {answer.headers.get('Location', 'nowhere')[:200]}, which is not "
                    f"followed. Add the peer under the address that answers itself."
                )
            case _:
                return PeerAnsweredNonsense(f"{self.url}{path} answered {status}, which was not expected.")

    def _problem(self, answer: httpx.Response) -> tuple[str, str]:
        """Return the parameter that a problem names, and what it says (RFC 9457); empty where it says nothing."""
        content = b""
        for piece in answer.iter_bytes():
            content += piece
            if len(content) > PROBLEM_BYTES:
                break
        try:
            problem = orjson.loads(content)
        except orjson.JSONDecodeError:
            return "", "it says nothing that can be read"
        if not isinstance(problem, dict):
            return "", "it says nothing that can be read"
        return str(problem.get("parameter", "")), str(problem.get("detail", ""))[:300]

    def _explained(self, error: Exception) -> PeerError:
        match error:
            case _Passing():
                return PeerAnsweredNonsense(f"{error} Nothing was lost; try again later.")
            case httpx.TimeoutException():
                return PeerUnreachable(f"{self.url} did not answer within {self._seconds:.0f} seconds.")
            case httpx.RemoteProtocolError():
                return PeerAnsweredNonsense(f"{self.url} broke off in the middle of its answer ({error}).")
            case _:
                return PeerUnreachable(f"{self.url} is not reachable: {error}.")


class _Passing(Exception):
    """An answer that may be another one in a moment."""
