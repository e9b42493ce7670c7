"""Staff who have signed in with both factors: `sign_in(client, user)`."""

import time

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client

from equalcity.core.models import User

PERIOD = 30


def code_for(secret: str, steps: int = 0) -> str:
    """Return the code that an app shows now, or `steps` periods from now (one either way is still accepted)."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD + steps))


def set_up_second_factor(user: User) -> str:
    """Give `user` a second factor; return its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def sign_in(client: Client, user: User) -> Client:
    """Sign `user` in as if with password and second factor; without one, they get it first."""
    if not user.authenticator_set.exists():
        set_up_second_factor(user)
    client.force_login(user)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": time.time()}]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session.save()
    return client
