"""What staff keep to themselves about places. None of it is a field of a page: pages are copied into revisions,
translations, partners and indexes. Rows know their place by its translation key only."""

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

VALID = datetime.timedelta(days=7)


class StaffNote(models.Model):
    """Notes on a place and whom to ask there. Never in a page, an index, the API, a partner's copy."""

    key = models.UUIDField(unique=True, editable=False)
    notes = models.TextField(_("notes"), blank=True, help_text=_("Only staff with permission read this."))
    vetting_contact = models.TextField(
        _("whom to ask"), blank=True, help_text=_("Who answers for the place when it is checked. Only for staff.")
    )
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("staff note")
        verbose_name_plural = _("staff notes")

    def __str__(self) -> str:
        return str(self.key)


class RaiseRequest(models.Model):
    """The wish that more may be known of a place. It holds no address: that is written once a second person agreed.

    Used once, within seven days of the approval; a wish that nobody approves within seven days lapses.
    """

    key = models.UUIDField(db_index=True)
    to = models.CharField(_("to"), max_length=8)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved"), null=True)
    closed_at = models.DateTimeField(_("used or withdrawn"), null=True)

    class Meta:
        verbose_name = _("wish to know more of a place")
        verbose_name_plural = _("wishes to know more of places")

    def __str__(self) -> str:
        return f"{self.key}: {self.to}"

    @property
    def is_open(self) -> bool:
        since = self.approved_at or self.asked_at
        return self.closed_at is None and timezone.now() < since + VALID


class RemovedStreet(models.Model):
    """A keyed hash of a street that was removed: the hunt finds it again, and nobody can read it."""

    key = models.UUIDField(db_index=True)
    digest = models.CharField(max_length=64)
    words = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "digest"], name="one_digest_per_place")]

    def __str__(self) -> str:
        return self.digest


class Reminded(models.Model):
    """That staff were told of a place once for each state of each check."""

    key = models.UUIDField()
    state = models.CharField(max_length=8)
    check_again_by = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "state", "check_again_by"], name="reminded_once_of_each_state")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.state}"


class DeadNumber(models.Model):
    """How often visitors said on one day that a telephone number did not work. No address, no text, nobody."""

    phone = models.UUIDField(help_text=_("The row's key, the same in every language."))
    day = models.DateField(_("day"))
    count = models.PositiveIntegerField(_("how often"), default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["phone", "day"], name="one_count_per_number_and_day")]
        verbose_name = _("number that did not work")
        verbose_name_plural = _("numbers that did not work")

    def __str__(self) -> str:
        return f"{self.phone} {self.day}: {self.count}"
