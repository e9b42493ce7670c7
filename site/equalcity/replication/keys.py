"""A peer's key at rest: encrypted with a key derived from `SECRET_KEY`, so that a copy of the database is no key."""

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class UnreadableKey(Exception):
    """The stored key was encrypted under another `SECRET_KEY`."""


def _cipher() -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"equalcity.replication.peer-key").derive(
        settings.SECRET_KEY.encode()
    )
    return Fernet(base64.urlsafe_b64encode(derived))


def encrypt(key: str) -> str:
    """Return what may be stored; an empty key stays empty."""
    return _cipher().encrypt(key.encode()).decode() if key else ""


def decrypt(stored: str) -> str:
    """Return the key. Raises `UnreadableKey`."""
    if not stored:
        return ""
    try:
        return _cipher().decrypt(stored.encode()).decode()
    except InvalidToken as error:
        raise UnreadableKey(
            "The stored key cannot be read: SECRET_KEY has changed. Remove the peer's key and add it again."
        ) from error
