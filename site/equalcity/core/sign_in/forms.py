"""The forms of the second factor, each behind the lock."""

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.core.exceptions import ValidationError

from equalcity.core.sign_in import attempts
from equalcity.core.sign_in.adapters import WRONG_CODE


class LockedCode:
    """Counts attempts at a code for one account; a locked account is refused like a wrong code.

    No code works twice. That stands in the database too: the library's own memory of used codes is a cache, which
    without Redis every server process has for itself.
    """

    user: Any

    def clean_code(self) -> str:
        key = attempts.key_of_code(self.user.pk)
        if not attempts.take(key):
            raise ValidationError(WRONG_CODE)
        code: str = super().clean_code()  # type: ignore[misc]
        if not attempts.take(attempts.key_of_used_code(self.user.pk, code), allowed=1):
            raise ValidationError(WRONG_CODE)
        attempts.forget(key)
        return code


class LockedAuthenticateForm(LockedCode, AuthenticateForm):
    """The code at sign-in."""


class LockedReauthenticateForm(LockedCode, ReauthenticateForm):
    """The code when something sensitive is done later."""


class LockedActivateForm(LockedCode, ActivateTOTPForm):
    """The first code, which shows that the app holds the secret."""
