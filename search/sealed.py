"""A search inside `?s=`: encrypted, so that history, logs and the address bar hold no word of it.

The token is padded, so that its length tells little of what was asked, and opens for 30 minutes only.
"""

import base64
import json
import zlib
from datetime import timedelta
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import QueryDict

from search.query import SearchQuery

LIFETIME = timedelta(minutes=30)
PURPOSE = b"equalcity.search.sealed"
PADDING = 256  # bytes
LONGEST = 8000  # characters of a token; a web server takes lines of 8190


class Expired(Exception):
    """The token is too old, or was never made by this site; nothing of it can be told."""


def seal(query: SearchQuery) -> str:
    """Return the query as a token that is safe in a URL."""
    text = zlib.compress(json.dumps(query.parameters, ensure_ascii=False).encode())
    return _cipher().encrypt(text + bytes(-len(text) % PADDING)).decode()


def unseal(token: str) -> QueryDict:
    """Return the parameters that were sealed. Raises `Expired`."""
    if len(token) > LONGEST or not token.isascii():
        raise Expired
    try:
        text = _cipher().decrypt(token.encode(), ttl=int(LIFETIME.total_seconds()))
    except InvalidToken:
        raise Expired from None
    data = QueryDict(mutable=True)
    # The stream ends by itself; what follows is padding.
    for name, value in json.loads(zlib.decompressobj().decompress(text)):
        data.appendlist(name, value)
    return data


def _cipher() -> MultiFernet:
    """Keys before the present one still open what they sealed, so that changing it loses no search."""
    return _cipher_of((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


@cache
def _cipher_of(secrets: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str) -> bytes:
    """Derive a key for this purpose alone (RFC 5869)."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
    return base64.urlsafe_b64encode(derived)
