"""What a visitor asked for, as a token in `?s=`: encrypted, so that history, logs and the address bar hold none of it.

The token is padded, so that its length tells little of what was asked, and opens for 30 minutes only. Each kind of
form seals for a purpose of its own: what one of them sealed opens nowhere else.
"""

import base64
import json
import zlib
from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from http import HTTPStatus

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpResponseRedirect, QueryDict

LIFETIME = timedelta(minutes=30)
PADDING = 256  # bytes
LONGEST = 8000  # characters of a token; a web server takes lines of 8190


class Expired(Exception):
    """The token is too old, or was never made by this site; nothing of it can be told."""


class SeeOther(HttpResponseRedirect):
    """The answer to a form: Back then shows no "Confirm Form Resubmission"."""

    status_code = HTTPStatus.SEE_OTHER


def seal(parameters: Iterable[tuple[str, str]], purpose: str) -> str:
    """Return the parameters as a token that is safe in a URL."""
    text = zlib.compress(json.dumps(list(parameters), ensure_ascii=False).encode())
    return _cipher(purpose).encrypt(text + bytes(-len(text) % PADDING)).decode()


def unseal(token: str, purpose: str) -> QueryDict:
    """Return the parameters that were sealed. Raises `Expired`."""
    if len(token) > LONGEST or not token.isascii():
        raise Expired
    try:
        text = _cipher(purpose).decrypt(token.encode(), ttl=int(LIFETIME.total_seconds()))
    except InvalidToken:
        raise Expired from None
    data = QueryDict(mutable=True)
    # The stream ends by itself; what follows is padding.
    for name, value in json.loads(zlib.decompressobj().decompress(text)):
        data.appendlist(name, value)
    return data


def _cipher(purpose: str) -> MultiFernet:
    """Keys before the present one still open what they sealed, so that changing it loses no search."""
    return _cipher_of((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS), purpose)


@cache
def _cipher_of(secrets: tuple[str, ...], purpose: str) -> MultiFernet:
    return MultiFernet([Fernet(_key(secret, purpose)) for secret in secrets])


def _key(secret: str, purpose: str) -> bytes:
    """Derive a key for this purpose alone (RFC 5869)."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(secret.encode())
    return base64.urlsafe_b64encode(derived)
