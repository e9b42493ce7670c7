"""Who this instance follows, what it took from whom, and what waits for a person."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class Peer(models.Model):
    """Another instance that this one follows."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    url = models.URLField(_("address"), unique=True)
    key = models.TextField(_("key"), blank=True, help_text=_("What the peer gave us to read with; stored encrypted."))
    instance = models.UUIDField(_("identity"), null=True, blank=True, editable=False)
    subtree = models.UUIDField(_("only below"), null=True, blank=True)
    locales = models.JSONField(_("languages"), default=list, blank=True)
    under = models.ForeignKey(
        Page, verbose_name=_("put below"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    cursor = models.TextField(blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    last_attempt_at = models.DateTimeField(null=True, editable=False)
    last_success_at = models.DateTimeField(null=True, editable=False)
    last_error = models.TextField(blank=True, editable=False)

    class Meta:
        verbose_name = _("peer")
        verbose_name_plural = _("peers")

    def __str__(self) -> str:
        return self.name


class Replica(models.Model):
    """Where a local object came from. Bound to the peer that first delivered it.

    Identity is (origin instance, key, locale); `base` is the source as last pulled, the base of the next merge.
    """

    class Proposal(models.TextChoices):
        NONE = "", _("nothing waits")
        WITHDRAW = "withdraw", _("withdrawn upstream")
        MOVE = "move", _("moved upstream")

    peer = models.ForeignKey(Peer, on_delete=models.PROTECT, related_name="replicas")
    origin_instance = models.UUIDField()
    origin_key = models.UUIDField()
    locale = models.CharField(max_length=12)
    type = models.CharField(max_length=100)
    schema = models.PositiveSmallIntegerField(default=1)
    object_id = models.BigIntegerField(null=True)
    local_key = models.UUIDField()
    base = models.TextField(blank=True)
    base_etag = models.CharField(max_length=64, blank=True)
    applied_etag = models.CharField(
        max_length=64, blank=True, help_text=_("Etag of the local source right after the last pull.")
    )
    unknown = models.JSONField(default=dict, blank=True, help_text=_("What this version could not place."))
    proposal = models.CharField(max_length=10, choices=Proposal.choices, blank=True)
    proposed_parent = models.UUIDField(null=True, blank=True)
    pulled_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["origin_instance", "origin_key", "locale"], name="one_replica_per_origin_and_locale"
            )
        ]
        verbose_name = _("replica")
        verbose_name_plural = _("replicas")

    def __str__(self) -> str:
        return f"{self.type} {self.origin_key} {self.locale}"


class ReplicaMedia(models.Model):
    """A file taken from a peer, under the identity that its origin gave it."""

    peer = models.ForeignKey(Peer, on_delete=models.PROTECT, related_name="media")
    sha256 = models.CharField(max_length=64)
    pulled_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["peer", "sha256"], name="one_media_per_peer")]

    def __str__(self) -> str:
        return self.sha256


class Conflict(models.Model):
    """Changed on both sides. What stands here was kept; theirs waits beside it."""

    class Choice(models.TextChoices):
        OPEN = "", _("open")
        MINE = "mine", _("kept mine")
        THEIRS = "theirs", _("took theirs")
        EDITED = "edited", _("edited")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    replica = models.ForeignKey(Replica, on_delete=models.CASCADE, related_name="conflicts")
    path = models.CharField(max_length=200, blank=True, help_text=_("Where in the source; empty: the whole page."))
    base = models.TextField(blank=True)
    mine = models.TextField(blank=True)
    theirs = models.TextField(blank=True)
    theirs_etag = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    choice = models.CharField(max_length=8, choices=Choice.choices, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("conflict")
        verbose_name_plural = _("conflicts")

    def __str__(self) -> str:
        return f"{self.replica} {self.path}"


class Refusal(models.Model):
    """An item of a peer that could not be taken, and why; tried again with the next pull."""

    peer = models.ForeignKey(Peer, on_delete=models.CASCADE, related_name="refusals")
    origin_key = models.UUIDField()
    locale = models.CharField(max_length=12)
    item = models.TextField(help_text=_("The feed item as it came."))
    reason = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["peer", "origin_key", "locale"], name="one_refusal_per_item")
        ]

    def __str__(self) -> str:
        return self.reason
