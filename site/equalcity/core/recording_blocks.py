"""Our own audio and video in page bodies, with captions and a transcript. Embeds do not exist."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock

from equalcity.core.blocks import TextBlock, media_url
from equalcity.core.languages import own_name
from equalcity.core.recordings import AUDIO, CAPTIONS, CONTENT_TYPES, VIDEO


def language_choices() -> list[tuple[str, str]]:
    return [(code, own_name(code)) for code, _name in settings.LANGUAGES]


def file_label(document: Any) -> dict[str, Any] | None:
    """Return what the API tells of a recording or its captions."""
    if not document:
        return None
    return {
        "id": document.pk,
        "title": document.title,
        "sha256": document.sha256,
        "url": media_url(document.sha256),
        "size": document.file_size,
        "type": CONTENT_TYPES.get(document.file_extension, "").partition(";")[0],
    }


def player_address(document: Any) -> str:
    """Return where players on our pages find a file: it may not be kept by a cache, unlike that of the API."""
    return f"/media/files/{document.sha256}.{document.file_extension}"


class CaptionsBlock(blocks.StructBlock):
    """What is said and heard, line by line, in one language."""

    file = DocumentChooserBlock(label=_("Captions (WebVTT)"))
    language = blocks.ChoiceBlock(choices=language_choices, label=_("Language"))

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if value["file"] and value["file"].file_extension != CAPTIONS:
            raise StructBlockValidationError({"file": ValidationError(_("Captions are a WebVTT file (.vtt)."))})
        return value

    def get_api_representation(self, value: Any, context: Any = None) -> dict[str, Any]:
        return {"file": file_label(value["file"]), "language": value["language"]}

    class Meta:
        icon = "title"
        label = _("Captions")


class RecordingValue(blocks.StructValue):
    """A recording that knows how it is played."""

    @cached_property
    def is_complete(self) -> bool:
        """Whether it may be shown: its file is here, with consent, and there is a transcript."""
        file, transcript = self.get("file"), self.get("transcript")
        return bool(file and file.has_consent() and transcript and transcript.source.strip())

    @property
    def is_video(self) -> bool:
        return self["file"].file_extension in VIDEO

    @property
    def address(self) -> str:
        return player_address(self["file"])

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES.get(self["file"].file_extension, "")

    @property
    def tracks(self) -> list[dict[str, str]]:
        """The captions whose file is here, each with its address and language."""
        shown = [one for one in self.get("captions") or [] if one.get("file") and one["file"].has_consent()]
        return [
            {"address": player_address(one["file"]), "language": one["language"], "name": own_name(one["language"])}
            for one in shown
        ]


class RecordingBlock(blocks.StructBlock):
    """An audio or video file of our own. It never starts by itself, and without a transcript it is not shown."""

    title = blocks.CharBlock(label=_("Title"), help_text=_("For example: “The story, read aloud”."))
    file = DocumentChooserBlock(
        label=_("Audio or video"),
        help_text=_(
            "MP3, M4A, Ogg, WAV, MP4 or WebM, up to 20 MB. Voices and places can be recognised: "
            "listen to it once more before you publish."
        ),
    )
    language = blocks.ChoiceBlock(
        choices=language_choices, required=False, label=_("Language spoken"), help_text=_("Empty: nobody speaks.")
    )
    captions = blocks.ListBlock(CaptionsBlock(), default=[], label=_("Captions"))
    transcript = TextBlock(
        label=_("Transcript"),
        help_text=_("Everything that is said, and what is heard or seen and matters. Required."),
    )

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        extension = value["file"].file_extension if value["file"] else ""
        errors: dict[str, forms.ValidationError] = {}
        if extension not in AUDIO | VIDEO:
            errors["file"] = ValidationError(_("Choose an audio or a video file."))
        if not value["transcript"] or not value["transcript"].source.strip():
            errors["transcript"] = ValidationError(_("A recording needs a transcript before it can be published."))
        if errors:
            raise StructBlockValidationError(errors)
        captioned = [one["language"] for one in value["captions"]]
        if extension in VIDEO and value["language"] and value["language"] not in captioned:
            raise StructBlockValidationError(
                non_block_errors=[ValidationError(_("A video needs captions in the language that is spoken in it."))]
            )
        return value

    def get_api_representation(self, value: Any, context: Any = None) -> dict[str, Any] | None:
        if not value.is_complete:
            return None
        return {
            "title": value["title"],
            "file": file_label(value["file"]),
            "language": value["language"],
            "captions": [
                self.child_blocks["captions"].child_block.get_api_representation(one) for one in value["captions"]
            ],
            "transcript": self.child_blocks["transcript"].get_api_representation(value["transcript"]),
        }

    class Meta:
        icon = "media"
        label = _("Recording")
        template = "core/blocks/recording.html"
        value_class = RecordingValue
