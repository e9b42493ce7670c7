"""Staff accounts. Visitors have none."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A member of staff. The e-mail address is unique, because it is where recovery and reminders go."""

    email = models.EmailField(_("e-mail address"), unique=True)

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")


class SignInAttempt(models.Model):
    """One attempt to sign in that has not succeeded (`equalcity.core.sign_in.attempts`)."""

    key = models.CharField(max_length=64, help_text=_("Keyed hash of the account; never what was typed."))
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        indexes = [models.Index(fields=["key", "at"])]
        verbose_name = _("attempt to sign in")
        verbose_name_plural = _("attempts to sign in")

    def __str__(self) -> str:
        return self.key
