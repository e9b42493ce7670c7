"""How often one address may ask. Generous: a whole shelter may share one connection.

No address is stored: counters stand under a keyed hash of it, which changes every day, and end after a minute. When
the cache is down nobody is held up.
"""

import time

from django.core.cache import cache
from django.http import HttpRequest
from redis import RedisError

from equalcity.api.models import ApiKey
from equalcity.api.problems import TooManyRequests
from equalcity.core.callers import address_of, hashed, is_within, neighbourhood, networks

WINDOW = 60
ANONYMOUS = 600
KEYED = 6000

__all__ = ["address_of", "check", "hashed", "is_within", "neighbourhood", "networks"]


def check(request: HttpRequest, key: ApiKey | None) -> None:
    """Count this request. Raises `TooManyRequests` when the minute's share is used up."""
    now = time.time()
    caller, most = (f"key:{key.prefix}", KEYED) if key else (neighbourhood(address_of(request)), ANONYMOUS)
    window, elapsed = divmod(int(now), WINDOW)
    counter = f"api:{hashed(caller, int(now // 86_400))}:{window}"
    try:
        cache.add(counter, 0, WINDOW)
        count = cache.incr(counter)
    except (RedisError, OSError, ValueError):
        # The cache is down, or dropped the counter between the two calls.
        return
    if count > most:
        raise TooManyRequests(WINDOW - elapsed)
