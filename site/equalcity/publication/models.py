"""What is published, recorded: the rows that everything outside the HTML site reads.

Written by `record` only, in short transactions that hold the counter row and touch no page row.
"""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class FeedState(models.Model):
    """The one row that gives this instance its name and the feed its numbers.

    A database sequence loses rows for good under concurrency and `max + 1` reuses numbers; a counter row that is
    locked until commit does neither. `epoch` changes whenever numbers could repeat: after a restore.
    """

    instance = models.UUIDField(default=uuid.uuid4, editable=False)
    epoch = models.UUIDField(default=uuid.uuid4, editable=False)
    seq = models.BigIntegerField(default=0)
    pruned = models.BigIntegerField(default=0, help_text=_("Tombstones up to this number are gone."))
    told = models.BigIntegerField(default=0, help_text=_("How often something was recorded that others name."))

    def __str__(self) -> str:
        return f"{self.epoch} at {self.seq}"


class Publication(models.Model):
    """The last state of one key in one language: one row of the compacted feed, and the columns for filters.

    An alias has a row of its own without number, source or place in the feed; `original` names the row whose
    bytes it serves.
    """

    class State(models.TextChoices):
        LIVE = "live"
        WITHDRAWN = "withdrawn"
        RECALLED = "recalled"

    key = models.UUIDField()
    locale = models.CharField(max_length=12)
    kind = models.CharField(max_length=12)
    type = models.CharField(max_length=100, help_text=_("Model label such as toolbox_pages.BestPracticePage."))
    schema = models.PositiveSmallIntegerField(default=1)
    object_id = models.BigIntegerField(null=True, help_text=_("Primary key of the live object; null once withdrawn."))
    original = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="aliases")

    seq = models.BigIntegerField(null=True, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.LIVE)
    origin_instance = models.UUIDField()
    origin_key = models.UUIDField()
    source_etag = models.CharField(max_length=64, blank=True)
    document_etag = models.CharField(max_length=64, blank=True)
    modified_at = models.DateTimeField(help_text=_("When `seq` last moved, UTC."))

    parent_key = models.UUIDField(null=True)
    parent_id = models.BigIntegerField(null=True)
    trail = models.TextField(blank=True, help_text=_("Keys from the root down to this one: /key/key/."))
    left = models.TextField(blank=True, help_text=_("Keys that it once stood below and no longer does: /key/key/."))
    children = models.JSONField(default=list, help_text=_("Keys of the published children, in order."))
    mentions = models.JSONField(default=list, help_text=_("Ids of the pages that the document names or links to."))
    path = models.CharField(max_length=255, blank=True)
    depth = models.PositiveSmallIntegerField(default=0)
    url_path = models.TextField(blank=True)
    slug = models.CharField(max_length=255, blank=True)
    title = models.CharField(max_length=255, blank=True)
    show_in_menus = models.BooleanField(default=False)
    first_published_at = models.DateTimeField(null=True)
    last_published_at = models.DateTimeField(null=True)
    city = models.CharField(max_length=60, blank=True)
    evidence = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key", "locale"],
                condition=models.Q(original=None),
                name="one_publication_per_key_and_locale",
            ),
            models.UniqueConstraint(
                fields=["key", "locale"],
                condition=models.Q(original__isnull=False),
                name="one_alias_per_key_and_locale",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "object_id"]),
            # The two constraints have indexes of their own, each for one half of the rows.
            models.Index(fields=["key"]),
            models.Index(fields=["kind", "state", "locale"]),
            # All that a list of one type needs to find a slice and to count: bodies are read for the slice alone.
            models.Index(fields=["kind", "state", "type", "path", "object_id", "locale", "city"]),
            models.Index(fields=["path"]),
            models.Index(fields=["parent_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.key} {self.locale} {self.state}"


class PublicationBody(models.Model):
    """The bytes, apart from the columns so that lists do not read them.

    `document` is for readers (JSON as stock API v2 gives it); of an alias, only what differs from its original.
    `source` is for replication: RFC 8785 canonical JSON.
    """

    publication = models.OneToOneField(Publication, primary_key=True, on_delete=models.CASCADE, related_name="body")
    document = models.TextField(blank=True)
    source = models.TextField(blank=True)


class PublicationRef(models.Model):
    """Something that a publication embeds: when it changes, the publication is recorded anew. Terms serve as facets.

    `kind` is `page`, `image`, `document` or a vocabulary; `name` a translation key, a SHA-256 or a code.
    """

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="refs", db_index=False)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["publication", "kind", "name"], name="one_ref_per_publication")]
        indexes = [models.Index(fields=["kind", "name"])]

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}"


class Told(models.Model):
    """When something that others name was last recorded: `number` is `FeedState.told` of that time.

    `kind` and `name` as in `PublicationRef`. What for, `telling` says.
    """

    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=64)
    number = models.BigIntegerField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "name"], name="told_once_per_name")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.name} at {self.number}"


class Origin(models.Model):
    """Where a foreign object comes from; an object without a row is this instance's own.

    Written by the importer. It stands here because every reference in a source names the origin of its target.
    """

    local_key = models.UUIDField(unique=True)
    instance = models.UUIDField()
    key = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["instance", "key"], name="one_local_key_per_origin")]

    def __str__(self) -> str:
        return f"{self.instance}/{self.key}"


class Dirty(models.Model):
    """A mark that something may have changed, written in the transaction that changed it.

    Append-only, so that marking never waits for anybody. `kind` is `page` or a vocabulary, for what is recorded
    itself, one of those that `spreading` turns into marks of pages, or `asleep` (`marks`); `object_id` is a primary
    key, and `name` what others call it where that is not known any more when the mark is read. A mark that could not
    be recorded parks with its error and blocks nobody.
    """

    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    name = models.CharField(max_length=64, blank=True)
    echo = models.BooleanField(default=False, help_text=_("What it says of others changed, not what they say of it."))
    created_at = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    parked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["parked_at", "id"]), models.Index(fields=["kind", "object_id"])]
        verbose_name = _("mark")
        verbose_name_plural = _("marks")

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class Recalled(models.Model):
    """A key that was recalled: what was published of it leaves a tombstone that says so, until it is published again.

    Why it was recalled is nowhere: partners read that it was, and nothing else.
    """

    key = models.UUIDField(unique=True)
    at = models.DateTimeField(_("recalled"), default=timezone.now)
    by = models.CharField(_("by"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("recall")
        verbose_name_plural = _("recalls")

    def __str__(self) -> str:
        return str(self.key)


class Outgoing(models.Model):
    """Something that must still forget what was taken back, outside the database or at a partner's.

    Written in the transaction that took it back, shown to staff until it is confirmed. It names a key and a number of
    the feed, and never what was taken back.
    """

    class Why(models.TextChoices):
        RECALLED = "recalled", _("recalled")
        LOWERED = "lowered", _("to be known less exactly")

    key = models.UUIDField()
    why = models.CharField(_("why"), max_length=10, choices=Why.choices)
    channel = models.CharField(_("where"), max_length=20)
    name = models.CharField(_("who"), max_length=120, blank=True)
    seq = models.BigIntegerField(help_text=_("The number in the feed that must have been read."))
    created_at = models.DateTimeField(_("since"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    problem = models.TextField(_("problem"), blank=True)

    class Meta:
        indexes = [models.Index(fields=["confirmed_at", "id"])]
        verbose_name = _("outgoing")
        verbose_name_plural = _("outgoing")

    def __str__(self) -> str:
        return f"{self.why} {self.key}: {self.channel} {self.name}".strip()


class Journalled(models.Model):
    """An entry of the journal that this database has carried out. A restored one lacks those that came later."""

    id = models.UUIDField(primary_key=True)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.id)
