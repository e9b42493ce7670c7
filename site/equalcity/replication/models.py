"""Who this instance follows, what it took from whom, and what waits for a person."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class Peer(models.Model):
    """Another instance that this one follows."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    url = models.URLField(_("address"), unique=True, help_text=_("For example https://example.org"))
    key = models.TextField(blank=True, editable=False, help_text=_("What the peer gave us to read with; encrypted."))
    subtree = models.UUIDField(
        _("only below"), null=True, blank=True, help_text=_("The peer's key of a page; empty: everything it offers.")
    )
    locales = models.JSONField(
        _("languages"), default=list, blank=True, help_text=_('A list such as ["en", "fr"]; empty: all that we have.')
    )
    under = models.ForeignKey(
        Page,
        verbose_name=_("put below"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The page of ours that new pages are placed below; empty: the home page of their language."),
    )
    with_places = models.BooleanField(
        _("places, too"),
        default=False,
        help_text=_("Safe spaces come along. They cannot be changed here, and leave the map when their check is due."),
    )
    cursor = models.TextField(blank=True, editable=False)
    cursor_scope = models.TextField(
        blank=True, editable=False, help_text=_("What the cursor was asked for: when that changes, it starts anew.")
    )
    created_at = models.DateTimeField(auto_now_add=True)
    last_attempt_at = models.DateTimeField(_("last attempt"), null=True, editable=False)
    last_success_at = models.DateTimeField(_("last success"), null=True, editable=False)
    last_error = models.TextField(_("last error"), blank=True, editable=False)

    class Meta:
        verbose_name = _("peer")
        verbose_name_plural = _("peers")

    def __str__(self) -> str:
        return self.name


class Replica(models.Model):
    """Where a local page came from. Bound to the peer that first delivered it.

    Identity is (origin instance, key, locale). `base` is the source as last pulled, the base of the next merge;
    `applied` is what our own page's source was right after that, where it differs.
    An anchor stands for a page that every instance has of its own, such as a home page: nothing is taken from it,
    its children go below the page of ours that `object_id` names.
    """

    class Proposal(models.TextChoices):
        NONE = "", _("nothing")
        WITHDRAW = "withdraw", _("withdrawn there")
        RECALL = "recall", _("recalled there")
        LEFT = "left", _("moved out of what we follow")
        MOVE = "move", _("moved there")
        RAISE = "raise", _("is to be known more exactly there")

    peer = models.ForeignKey(Peer, verbose_name=_("peer"), on_delete=models.PROTECT, related_name="replicas")
    origin_instance = models.UUIDField()
    origin_key = models.UUIDField()
    locale = models.CharField(_("language"), max_length=12)
    type = models.CharField(_("type"), max_length=100)
    anchor = models.BooleanField(default=False)
    object_id = models.BigIntegerField(null=True)
    local_key = models.UUIDField()
    peer_key = models.UUIDField(help_text=_("The key that the peer itself knows it by."))
    parent_key = models.UUIDField(null=True, help_text=_("The peer's key of the page above it."))
    children = models.JSONField(default=list, help_text=_("The peer's keys of the pages below it, in order."))
    base = models.TextField(blank=True)
    base_etag = models.CharField(max_length=64, blank=True)
    applied = models.TextField(blank=True)
    unplaced = models.JSONField(default=dict, blank=True, help_text=_("What could not be put on the page (yet)."))
    proposal = models.CharField(_("proposal"), max_length=10, choices=Proposal.choices, blank=True)
    proposed_parent = models.UUIDField(null=True, blank=True)
    pulled_at = models.DateTimeField(_("pulled"), default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["origin_instance", "origin_key", "locale"], name="one_replica_per_origin_and_locale"
            )
        ]
        indexes = [models.Index(fields=["peer", "peer_key"]), models.Index(fields=["object_id"])]
        verbose_name = _("pulled page")
        verbose_name_plural = _("pulled pages")

    def __str__(self) -> str:
        return f"{self.type} {self.origin_key} {self.locale}"

    def page(self) -> Page | None:
        """Return the page of ours, specific, or None when somebody deleted it."""
        found = Page.objects.filter(pk=self.object_id).first() if self.object_id else None
        return found.specific if found else None


class ReplicaMedia(models.Model):
    """A file taken from a peer, under the identity that its origin gave it.

    `local_sha256` names our copy: the same, unless cleaning had something to remove.
    """

    peer = models.ForeignKey(Peer, on_delete=models.PROTECT, related_name="media")
    sha256 = models.CharField(max_length=64, unique=True)
    local_sha256 = models.CharField(max_length=64)
    pulled_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.sha256


class Conflict(models.Model):
    """Changed on both sides. What stands here was kept; theirs waits beside it."""

    class Choice(models.TextChoices):
        OPEN = "", _("open")
        MINE = "mine", _("kept ours")
        THEIRS = "theirs", _("took theirs")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    replica = models.ForeignKey(Replica, verbose_name=_("page"), on_delete=models.CASCADE, related_name="conflicts")
    path = models.CharField(max_length=200, blank=True, help_text=_("Where in the source; empty: the whole page."))
    base = models.TextField(blank=True)
    mine = models.TextField(blank=True)
    theirs = models.TextField(blank=True)
    theirs_etag = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(_("since"), auto_now_add=True)
    choice = models.CharField(_("decision"), max_length=8, choices=Choice.choices, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["replica", "path"], condition=models.Q(choice=""), name="one_open_conflict_per_place"
            )
        ]
        verbose_name = _("conflict")
        verbose_name_plural = _("conflicts")

    def __str__(self) -> str:
        return f"{self.replica} {self.path}".strip()


class HeldItem(models.Model):
    """An item of a peer's feed that was not taken yet, and why; looked at again at the end of every pull."""

    class Why(models.TextChoices):
        PARENT = "parent", _("waits for the page above it")
        REFUSED = "refused", _("could not be taken")
        WITHDRAWAL = "withdrawal", _("a withdrawal to be looked at")

    peer = models.ForeignKey(Peer, verbose_name=_("peer"), on_delete=models.CASCADE, related_name="held")
    key = models.UUIDField()
    locale = models.CharField(_("language"), max_length=12)
    item = models.TextField(help_text=_("The feed item as it came."))
    why = models.CharField(max_length=10, choices=Why.choices)
    reason = models.TextField(_("reason"))
    created_at = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["peer", "key", "locale"], name="one_held_item_per_key_and_locale")
        ]
        verbose_name = _("held item")
        verbose_name_plural = _("held items")

    def __str__(self) -> str:
        return f"{self.key} {self.locale}"
