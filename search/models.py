"""What search keeps in the database: the index of the database engines, and how far each index has read."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import Select
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from equalcity.publication.models import Publication
from search.analysis import words


def languages() -> list[tuple[str, object]]:
    """Return the choice of a language: configuration, and therefore no part of a migration."""
    return [("", _("All languages")), *settings.LANGUAGES]


class Entry(models.Model):
    """One publication as the database engines find it.

    `text` is what excerpts are cut from; the other texts hold words and stems made by `analysis`. An engine's own
    structure stands beside this table and follows it by itself: on SQLite the FTS5 table `search_match`, kept by
    triggers; on PostgreSQL the generated column `vector`.

    `passage` is the digest of what the text says it is about, and `embedding` holds the vectors that were made of it
    (`embedding.py`) at `embedded_at`, one after the other. They follow some time after the rest: none was made yet
    where it is null.
    """

    publication = models.OneToOneField(Publication, primary_key=True, on_delete=models.CASCADE, related_name="entry")
    language = models.CharField(max_length=12, db_index=True)
    title = models.TextField()
    summary = models.TextField()
    other_words = models.TextField()
    names = models.TextField()
    body = models.TextField()
    text = models.TextField()
    passage = models.CharField(max_length=64)
    embedding = models.BinaryField(null=True)
    embedded_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["publication"], condition=models.Q(embedding=None), name="entry_without_embedding"),
            models.Index(fields=["language", "embedded_at"], name="entry_embedded_since"),
        ]

    def __str__(self) -> str:
        return f"{self.publication_id} in {self.language}"


class Word(models.Model):
    """A word or stem that stands in some text of a language, and in how many: other words of a query are slips."""

    language = models.CharField(max_length=12)
    first = models.CharField(max_length=1)
    word = models.CharField(max_length=61)
    texts = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "word"], name="one_word_per_language")]
        indexes = [models.Index(fields=["word"]), models.Index(fields=["language", "first"])]

    def __str__(self) -> str:
        return f"{self.word} in {self.language}"


class IndexCursor(models.Model):
    """How far the index of one engine has read the feed, and which version of the engine wrote it.

    An empty cursor has read nothing. `build` names the very index that was written, where an engine can have another
    one by tomorrow: one that was put there by somebody else, or from a backup, has another name or none.
    """

    engine = models.CharField(max_length=20, unique=True)
    cursor = models.CharField(max_length=100, blank=True)
    seq = models.BigIntegerField(default=0)
    version = models.CharField(max_length=64, blank=True)
    build = models.CharField(max_length=64, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.engine} at {self.seq}"


class Synonyms(models.Model):
    """One set of words and phrases that search treats alike, in one language or in all."""

    MOST = 20  # phrases of one set
    LONGEST = 8  # words of a phrase

    language = models.CharField(
        _("language"), max_length=12, blank=True, help_text=_("A code such as fr; empty: all languages.")
    )
    words = models.TextField(
        _("words that mean the same"),
        help_text=_("Separated by commas. For example: safe space, safer space, safe haven"),
    )

    panels = [FieldPanel("language", widget=Select(choices=languages())), FieldPanel("words")]

    class Meta:
        ordering = ["language", "words"]
        verbose_name = _("words that mean the same")
        verbose_name_plural = _("words that mean the same")

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        phrases = self.split(self.words)
        if not 2 <= len(phrases) <= self.MOST:
            raise ValidationError({"words": _("Write two to twenty words or phrases, separated by commas.")})
        if any(len(list(words(phrase))) > self.LONGEST or not any(words(phrase)) for phrase in phrases):
            raise ValidationError({"words": _("Each phrase must be of one to eight words.")})

    @staticmethod
    def split(text: str) -> list[str]:
        """Return the phrases of a set as they were written."""
        return [phrase for part in text.replace("،", ",").split(",") if (phrase := " ".join(part.split()))]
