"""What django-allauth asks us about accounts and second factors."""

import base64
import hashlib
import time
from typing import Any

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

FRESH_SECONDS = 300
WRONG = _("That did not work. Check the name and the password. After five failures nothing works for fifteen minutes.")
WRONG_CODE = _("That code did not work. Wait for the next one. After five failures nothing works for fifteen minutes.")


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator, never by signing up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG,
        "email_password_mismatch": WRONG,
        "incorrect_password": WRONG,
        "too_many_login_attempts": WRONG,
        "rate_limited": WRONG_CODE,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: our pages say themselves what happened."""

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whether to ask again who it is: not within five minutes of having signed in."""
        request = context.request
        records = get_authentication_records(request, request.user)
        return not any(time.time() - record["at"] < FRESH_SECONDS for record in records)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors are encrypted at rest with a key derived from `SECRET_KEY`."""

    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": WRONG_CODE}

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        return user.get_username()

    def get_totp_issuer(self) -> str:
        issuer: str = settings.INSTANCE_NAME
        return issuer

    def build_totp_svg(self, url: str) -> str:
        """Return the QR code as inline SVG without styles, which the strict policy would refuse."""
        code: qrcode.QRCode[Any] = qrcode.QRCode(border=4)
        code.add_data(url)
        rows = code.get_matrix()
        dots = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
        return f'<svg viewBox="0 0 {len(rows)} {len(rows)}" aria-hidden="true"><path d="{"".join(dots)}"/></svg>'

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret; after a change of `SECRET_KEY`, one that nobody knows, so that no code fits."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return generate_totp_secret()


def _cipher() -> Fernet:
    key = hashlib.sha256(b"equalcity.second_factor:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
