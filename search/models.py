"""What search keeps in the database: the index of the database engines, and how far each index has read."""

from django.db import models

from equalcity.publication.models import Publication


class Entry(models.Model):
    """One publication as the database engines find it.

    `text` is what excerpts are cut from; the other texts hold words and stems made by `analysis`. An engine's own
    structure stands beside this table and follows it by itself: on SQLite the FTS5 table `search_match`, kept by
    triggers; on PostgreSQL the generated column `vector`.
    """

    publication = models.OneToOneField(Publication, primary_key=True, on_delete=models.CASCADE, related_name="entry")
    language = models.CharField(max_length=12, db_index=True)
    title = models.TextField()
    summary = models.TextField()
    body = models.TextField()
    text = models.TextField()

    class Meta:
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.publication_id} in {self.language}"


class IndexCursor(models.Model):
    """How far the index of one engine has read the feed, and which version of the analyzer wrote it.

    An empty cursor has read nothing.
    """

    engine = models.CharField(max_length=20, unique=True)
    cursor = models.CharField(max_length=100, blank=True)
    seq = models.BigIntegerField(default=0)
    analysis = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.engine} at {self.seq}"
