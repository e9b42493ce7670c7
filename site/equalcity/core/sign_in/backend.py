"""The only way in with a password. The lock stands here, so that no form can be a way around it."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from equalcity.core.sign_in import attempts


class LockingBackend(AuthenticationBackend):
    """Takes a sign-in name or an e-mail address with a password.

    A locked account is refused like a wrong password: nothing tells whether an account exists.
    """

    def authenticate(  # type: ignore[override]
        self, request: HttpRequest | None, **credentials: Any
    ) -> AbstractBaseUser | None:
        key = attempts.key_of_name(credentials.get("username") or credentials.get("email") or "")
        if not attempts.take(key):
            raise PermissionDenied
        user = super().authenticate(request, **credentials)
        if user is not None:
            attempts.forget(key)
        return user
