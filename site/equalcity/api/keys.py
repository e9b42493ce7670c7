"""Keys that partners and applications may bring: making them, and finding out whose one is."""

import hashlib
import re
import secrets
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from equalcity.api.models import ApiKey
from equalcity.api.problems import Unauthorized

TOKEN = re.compile(r"ec_([0-9a-f]{8})_[A-Za-z0-9_-]{43}", re.ASCII)


def issue(name: str, scope: str, expires_at: datetime | None) -> tuple[ApiKey, str]:
    """Make a key for `name`; return it with its token, which is stored nowhere and can be shown only now."""
    prefix = secrets.token_hex(4)
    token = f"ec_{prefix}_{secrets.token_urlsafe(32)}"
    key = ApiKey.objects.create(name=name, prefix=prefix, digest=digest_of(token), scope=scope, expires_at=expires_at)
    return key, token


def digest_of(token: str) -> str:
    """Return what is stored of a token. It has 256 random bits, so a plain hash cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()


def revoke(prefix: str) -> bool:
    """End a key at once; return whether there was one to end."""
    return bool(ApiKey.objects.filter(prefix=prefix, revoked_at=None).update(revoked_at=timezone.now()))


def key_of(header: str | None) -> ApiKey | None:
    """Return the key that the header `Authorization` brings, None without one.

    Raises `Unauthorized` for anything that is not a valid key: a mistake must not pass for an anonymous reader.
    """
    if header is None:
        return None
    scheme, _space, token = header.partition(" ")
    if scheme.lower() != "bearer" or not TOKEN.fullmatch(token):
        raise Unauthorized("The header must read: Authorization: Bearer ec_…")
    usable = Q(expires_at=None) | Q(expires_at__gt=timezone.now())
    key = ApiKey.objects.filter(usable, digest=digest_of(token), revoked_at=None).first()
    if key is None:
        raise Unauthorized("This key is unknown, expired or revoked.")
    return key
