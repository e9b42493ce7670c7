"""Pictures and documents whose identity is the SHA-256 of their cleaned bytes, the same on every instance."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.models import Locale

from equalcity.core.cleaning import CleanFile, clean_document, clean_image
from equalcity.core.whole import SavedWhole


def consented() -> models.Q:
    """What may be shown today: no consent needed, or a consent that has not run out."""
    return models.Q(consent_until=None) | models.Q(consent_until__gte=timezone.localdate())


class ReplicableFile(SavedWhole):
    """What a partner needs to know before passing a file on."""

    sha256 = models.CharField(_("identity"), max_length=64, unique=True, editable=False)
    credit = models.CharField(_("credit"), max_length=200, blank=True, help_text=_("Who made it."))
    licence = models.CharField(
        _("licence"),
        max_length=100,
        blank=True,
        help_text=_("For example CC BY 4.0. Empty: all rights reserved."),
    )
    consent_until = models.DateField(
        _("consent until"),
        null=True,
        blank=True,
        help_text=_("The last day on which it may be shown, where people gave their consent for a time."),
    )
    may_be_replicated = models.BooleanField(
        _("partners may copy it"), default=True, help_text=_("Switch off what only this site may show.")
    )

    class Meta:
        abstract = True

    def has_consent(self) -> bool:
        return self.consent_until is None or self.consent_until >= timezone.localdate()


def take_clean_file(owner: Any, cleaned: CleanFile) -> None:
    """Put the cleaned bytes in place of what was uploaded; the given name never reaches a path (safety rule 6)."""
    owner.sha256 = cleaned.sha256
    owner.file = ContentFile(cleaned.content, name=f"{cleaned.sha256[:24]}.{cleaned.extension}")
    owner.file_size = len(cleaned.content)
    owner.file_hash = ""


def refuse_twin(owner: Any, sha256: str) -> None:
    """Raise `ValidationError` when the same bytes are in the library already."""
    twin = type(owner)._default_manager.filter(sha256=sha256).exclude(pk=owner.pk).first()
    if twin is not None:
        raise ValidationError({"file": _("This file is in the library already: “%s”.") % twin.title})


def is_new_upload(owner: Any) -> bool:
    return bool(owner.file) and not getattr(owner.file, "_committed", True)


def read_upload(owner: Any) -> bytes:
    owner.file.seek(0)
    content: bytes = owner.file.read()
    owner.file.seek(0)
    return content


class CustomImage(ReplicableFile, AbstractImage):
    """A picture. Its description per language stands in `ImageText`; `description` serves the default language."""

    admin_form_fields = (
        "title",
        "file",
        "description",
        "collection",
        "credit",
        "licence",
        "consent_until",
        "may_be_replicated",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def clean(self) -> None:
        super().clean()
        if is_new_upload(self):
            refuse_twin(self, clean_image(read_upload(self)).sha256)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if is_new_upload(self):
            take_clean_file(self, clean_image(read_upload(self)))
        super().save(*args, **kwargs)

    def text_in(self, language: str) -> str:
        """Return the alternative text in `language`, or the default description."""
        found = self.texts.filter(locale__language_code=language).values_list("alt_text", flat=True).first()
        return str(found or self.description)


class ImageText(SavedWhole):
    """The alternative text of a picture in one language."""

    image = models.ForeignKey(CustomImage, on_delete=models.CASCADE, related_name="texts")
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    alt_text = models.CharField(_("alternative text"), max_length=255)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["image", "locale"], name="one_text_per_image_and_locale")]

    def __str__(self) -> str:
        return self.alt_text


class Rendition(AbstractRendition):
    """A resized copy of a picture, made on demand."""

    image = models.ForeignKey(CustomImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="unique_rendition")
        ]


class CustomDocument(ReplicableFile, AbstractDocument):
    """A file to download."""

    language = models.CharField(_("language"), max_length=12, blank=True, help_text=_("For example fr."))

    admin_form_fields = (
        "title",
        "file",
        "collection",
        "language",
        "credit",
        "licence",
        "consent_until",
        "may_be_replicated",
        "tags",
    )

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def clean(self) -> None:
        super().clean()
        if is_new_upload(self):
            refuse_twin(self, self._cleaned().sha256)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if is_new_upload(self):
            take_clean_file(self, self._cleaned())
        super().save(*args, **kwargs)

    def _cleaned(self) -> CleanFile:
        return clean_document(read_upload(self), str(self.file.name).rpartition(".")[2])
