"""How often one address may ask. Generous: a whole shelter may share one connection."""

from django.http import HttpRequest

from equalcity.api.models import ApiKey
from equalcity.api.problems import TooManyRequests
from equalcity.core.callers import address_of, hashed, is_within, neighbourhood, networks, wait

WINDOW = 60
ANONYMOUS = 600
KEYED = 6000

__all__ = ["address_of", "check", "hashed", "is_within", "neighbourhood", "networks"]


def check(request: HttpRequest, key: ApiKey | None) -> None:
    """Count this request. Raises `TooManyRequests` when the minute's share is used up."""
    caller, most = (f"key:{key.prefix}", KEYED) if key else (neighbourhood(address_of(request)), ANONYMOUS)
    if seconds := wait("api", caller, most=most, window=WINDOW):
        raise TooManyRequests(seconds)
