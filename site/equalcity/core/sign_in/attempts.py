"""The lock: five failures for one account, then nothing for fifteen minutes, right password or not.

Attempts are counted in the database, so that neither a second server process nor a restart gives five more. An
attempt is written before it is judged, so that many at the same moment gain nothing either. Rows name an account
only by a keyed hash: what somebody typed could be a password in the wrong field.
"""

import datetime

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from equalcity.core.models.users import SignInAttempt

ALLOWED = 5
WINDOW = datetime.timedelta(minutes=15)


def key_of_name(name: str) -> str:
    """Return the key under which attempts with this sign-in name or e-mail address are counted.

    Both names of one account share a key. An unknown name has one too, and is locked in the same way.
    """
    name = name.strip()
    users = get_user_model()._default_manager.filter(Q(username__iexact=name) | Q(email__iexact=name))
    known = users.values_list("pk", flat=True).first()
    return _hash(f"account:{known}" if known else f"name:{name.lower()}")


def key_of_code(user_id: object) -> str:
    """Return the key under which attempts at an account's second factor are counted."""
    return _hash(f"code:{user_id}")


def _hash(text: str) -> str:
    return salted_hmac("equalcity.sign_in", text, algorithm="sha256").hexdigest()


def key_of_used_code(user_id: object, code: str) -> str:
    """Return the key that remembers that a code was used: whoever read it over a shoulder comes too late."""
    return _hash(f"used:{user_id}:{code}")


def take(key: str, allowed: int = ALLOWED) -> bool:
    """Count one more attempt; return False when the account is locked, which a refused attempt does not prolong."""
    recent = SignInAttempt.objects.filter(at__gt=timezone.now() - WINDOW)
    SignInAttempt.objects.filter(at__lte=timezone.now() - WINDOW).delete()
    attempt = SignInAttempt.objects.create(key=key)
    if recent.filter(key=key, pk__lte=attempt.pk).count() <= allowed:
        return True
    attempt.delete()
    return False


def forget(key: str) -> None:
    """Start counting anew, after a success."""
    SignInAttempt.objects.filter(key=key).delete()
