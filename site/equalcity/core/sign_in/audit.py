"""Who signed in, out and in vain, in the log: accounts and times, never an address or what was typed."""

import logging
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models import Q
from django.http import HttpRequest

log = logging.getLogger("equalcity.sign_in")


def connect() -> None:
    user_logged_in.connect(signed_in, dispatch_uid="sign_in.signed_in")
    user_logged_out.connect(signed_out, dispatch_uid="sign_in.signed_out")
    user_login_failed.connect(failed, dispatch_uid="sign_in.failed")
    authentication_failed.connect(code_failed, dispatch_uid="sign_in.code_failed")
    authenticator_added.connect(factor_added, dispatch_uid="sign_in.factor_added")
    authenticator_removed.connect(factor_removed, dispatch_uid="sign_in.factor_removed")
    authenticator_reset.connect(codes_renewed, dispatch_uid="sign_in.codes_renewed")


def signed_in(sender: Any, user: AbstractBaseUser, **kwargs: Any) -> None:
    log.info("%s signed in", user.get_username())


def signed_out(sender: Any, user: AbstractBaseUser | None, **kwargs: Any) -> None:
    if user is not None:
        log.info("%s signed out", user.get_username())


def failed(sender: Any, credentials: dict[str, Any], **kwargs: Any) -> None:
    """Name the account only if there is one: a name that nobody has may be a password in the wrong field."""
    name = credentials.get("username") or credentials.get("email") or ""
    users = get_user_model()._default_manager.filter(Q(username__iexact=name) | Q(email__iexact=name))
    known = users.values_list("username", flat=True).first()
    log.warning("sign-in failed for %s", known or "an unknown account")


def code_failed(sender: Any, user: AbstractBaseUser, **kwargs: Any) -> None:
    log.warning("second factor failed for %s", user.get_username())


def factor_added(
    sender: Any, request: HttpRequest, user: AbstractBaseUser, authenticator: Authenticator, **kwargs: Any
) -> None:
    """Setting up the app needed a code of it, so this session has shown its second factor."""
    log.info("%s set up %s", user.get_username(), authenticator.get_type_display())
    if authenticator.type == Authenticator.Type.TOTP:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)


def factor_removed(sender: Any, user: AbstractBaseUser, authenticator: Authenticator, **kwargs: Any) -> None:
    log.warning("%s removed %s", user.get_username(), authenticator.get_type_display())


def codes_renewed(sender: Any, user: AbstractBaseUser, **kwargs: Any) -> None:
    log.info("%s renewed their recovery codes", user.get_username())
