"""Who asks and how often, as far as a limit needs it: a name under a key that changes every day, never an address.

Counters end with their window. When the cache is down nobody is held up.
"""

import hashlib
import hmac
import ipaddress
import time
from functools import cache as remembered

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from redis import RedisError

SECONDS_OF_A_DAY = 86_400
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def hashed(caller: str, day: int) -> str:
    """Return a name for the caller that says nothing about them to somebody who reads the cache."""
    return hmac.new(settings.SECRET_KEY.encode(), f"{day}:{caller}".encode(), hashlib.sha256).hexdigest()[:32]


def wait(what: str, caller: str, *, most: int, window: int) -> int:
    """Count this request; return how many seconds until the caller may ask again, 0 while some of the share is left.

    `most` is the share of a caller in each window of so many seconds; `what` names the kind of request.
    """
    now = int(time.time())
    number, elapsed = divmod(now, window)
    counter = f"{what}:{hashed(caller, now // SECONDS_OF_A_DAY)}:{number}"
    try:
        cache.add(counter, 0, window)
        count = cache.incr(counter)
    except (RedisError, OSError, ValueError):
        # The cache is down, or dropped the counter between the two calls.
        return 0
    return window - elapsed if count > most else 0


def address_of(request: HttpRequest) -> str:
    """Return the address that asks: the nearest one that is not one of our own proxies (`TRUSTED_PROXIES`)."""
    address: str = request.META.get("REMOTE_ADDR", "")
    forwarded = [one.strip() for one in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if one.strip()]
    proxies = networks(tuple(settings.TRUSTED_PROXIES))
    while forwarded and is_within(address, proxies):
        address = forwarded.pop()
    return address


def neighbourhood(address: str) -> str:
    """Return what counts as one caller: an IPv4 address, or the /64 that one IPv6 connection owns."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if found.version == 6:
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def is_within(address: str, within: tuple[Network, ...]) -> bool:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(found in network for network in within)


@remembered
def networks(entries: tuple[str, ...]) -> tuple[Network, ...]:
    """Read addresses and networks. Raises `ImproperlyConfigured`."""
    try:
        return tuple(ipaddress.ip_network(entry, strict=False) for entry in entries)
    except ValueError as error:
        raise ImproperlyConfigured(
            f"TRUSTED_PROXIES is {','.join(entries)!r}; it must list addresses or networks such as 10.0.0.0/8."
        ) from error
