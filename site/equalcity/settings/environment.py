"""Typed readers of environment variables that fail with one clear sentence.

Every reader raises `ImproperlyConfigured`, naming the variable, what was given and what is expected, so that a
bad value stops the start and not a request days later.
"""

import ipaddress
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

LANGUAGE_TAG = re.compile(r"^[a-z]{2,3}(-[a-z0-9]{2,8})*$")


def text(name: str, default: str = "") -> str:
    """Return the variable without surrounding white space, or `default` when it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def boolean(name: str, default: bool) -> bool:
    """Return `1/true/yes/on` as True and `0/false/no/off` as False."""
    given = text(name, "1" if default else "0").lower()
    if given in {"1", "true", "yes", "on"}:
        return True
    if given in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} is {given!r}; it must be 1 or 0.")


def number(name: str, default: int, *, least: int = 0) -> int:
    """Return a whole number that is at least `least`."""
    given = text(name, str(default))
    if not given.isascii() or not given.isdigit() or int(given) < least:
        raise ImproperlyConfigured(f"{name} is {given!r}; it must be a whole number, {least} or more.")
    return int(given)


def words(name: str, default: str = "") -> list[str]:
    """Return a comma-separated list without empty entries."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def directory(name: str, default: Path) -> Path:
    """Return an absolute path; the directory need not exist yet, but must not be a file."""
    path = Path(text(name, str(default))).expanduser().resolve()
    if path.exists() and not path.is_dir():
        raise ImproperlyConfigured(f"{name} is {str(path)!r}, which is a file; it must be a directory.")
    return path


def address(name: str, default: str, *, schemes: tuple[str, ...] = ("https", "http")) -> str:
    """Return a URL of one of `schemes`, without a trailing slash, query or fragment."""
    given = text(name, default)
    try:
        parts = urlsplit(given)
        parts.port  # noqa: B018 - reading it validates it
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in schemes or not parts.hostname or parts.query or parts.fragment:
        expected = " or ".join(f"{scheme}://host" for scheme in schemes)
        raise ImproperlyConfigured(f"{name} is {given!r}; it must be an address such as {expected}.")
    return given.rstrip("/")


def addresses(name: str, *, schemes: tuple[str, ...] = ("https", "http")) -> tuple[str, ...]:
    """Return a comma-separated list of URLs of one of `schemes`; what is wrong is not shown: it may hold a password."""
    given = words(name)
    for one in given:
        try:
            parts = urlsplit(one)
            sound = parts.scheme in schemes and bool(parts.hostname) and not parts.query and not parts.fragment
            parts.port  # noqa: B018 - reading it validates it
        except ValueError:
            sound = False
        if not sound:
            expected = " or ".join(f"{scheme}://host" for scheme in schemes)
            raise ImproperlyConfigured(f"{name} must hold addresses such as {expected}, separated by commas.")
    return tuple(one.rstrip("/") for one in given)


def raster_tiles(name: str) -> Path | None:
    """Return a file of map tiles: PMTiles version 3 with pictures (header: byte 7 version, byte 99 kind of tile)."""
    given = text(name)
    if not given:
        return None
    path = Path(given).expanduser().resolve()
    try:
        with path.open("rb") as file:
            header = file.read(127)
    except OSError:
        raise ImproperlyConfigured(f"{name} is {given!r}, which cannot be read; it must be a file.") from None
    if len(header) < 127 or header[:8] != b"PMTiles\x03" or header[99] not in {2, 3, 4, 5}:
        raise ImproperlyConfigured(
            f"{name} is {given!r}; it must be a PMTiles file, version 3, with PNG, JPEG, WebP or AVIF tiles."
        )
    return path


def own_tiles(name: str) -> str:
    """Return a path on our own address with {z}, {x} and {y}: tiles of other sites would tell them who looks where."""
    given = text(name)
    sound = (
        given.startswith("/") and not given.startswith("//") and all(part in given for part in ("{z}", "{x}", "{y}"))
    )
    if given and not sound:
        raise ImproperlyConfigured(
            f"{name} is {given!r}; it must be a path on this site such as /tiles/{{z}}/{{x}}/{{y}}.png."
        )
    return given


def languages(name: str, default: str) -> list[str]:
    """Return lower-case language tags (BCP 47), each once, in the order given."""
    given = words(name, default)
    for tag in given:
        if not LANGUAGE_TAG.match(tag):
            raise ImproperlyConfigured(f"{name} holds {tag!r}; expected language tags such as en,fr,ar.")
    if len(set(given)) != len(given):
        raise ImproperlyConfigured(f"{name} names a language twice: {','.join(given)}.")
    return given


def networks(name: str, default: str = "") -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    """Return a comma-separated list of IP networks such as `10.1.0.0/16`."""
    try:
        return [ipaddress.ip_network(word) for word in words(name, default)]
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name} holds something that is not a network ({error}); expected for example 10.1.0.0/16."
        ) from error


@dataclass(frozen=True)
class MailServer:
    """Where mails are handed in, and in whose name."""

    host: str
    port: int
    user: str
    password: str
    tls: Literal["", "always", "starttls"]
    sender: str


def mail_server(name: str) -> MailServer | None:
    """Return a mail server; what is wrong is not shown: it may hold a password."""
    given = text(name)
    if not given:
        return None
    kinds: dict[str, tuple[int, Literal["", "always", "starttls"]]] = {
        "smtp": (25, ""),
        "smtps": (465, "always"),
        "smtp+tls": (587, "starttls"),
    }
    try:
        parts = urlsplit(given)
        port = parts.port
        sound = parts.scheme in kinds and bool(parts.hostname) and parts.path in {"", "/"} and not parts.fragment
    except ValueError:
        sound = False
    if not sound:
        raise ImproperlyConfigured(
            f"{name} must look like smtp+tls://user:password@host:587?from=name@example.org (or smtps://, smtp://)."
        )
    default_port, tls = kinds[parts.scheme]
    return MailServer(
        host=parts.hostname or "",
        port=port or default_port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=tls,
        sender=parse_qs(parts.query).get("from", [""])[0],
    )
