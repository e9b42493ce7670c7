"""Keys for the API."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ApiKey(models.Model):
    """A key that somebody may bring. Reading needs none; a key raises how often one may ask.

    The token itself is stored nowhere: `digest` is its SHA-256, `prefix` the part by which people speak of it.
    """

    class Scope(models.TextChoices):
        """What the key is good for."""

        ALL = "all", _("Everything that is public")
        FEED = "feed", _("Following the changes: feed, terms and files")

    name = models.CharField(_("whose it is"), max_length=120)
    prefix = models.CharField(_("prefix"), max_length=8, unique=True, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scope = models.CharField(_("scope"), max_length=8, choices=Scope.choices, default=Scope.ALL)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    followed_seq = models.BigIntegerField(
        default=0, editable=False, help_text=_("The highest cursor in the feed that it brought: all before was read.")
    )
    followed_at = models.DateTimeField(_("last followed"), null=True, editable=False)

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix})"
