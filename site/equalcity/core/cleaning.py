"""Uploaded files as they may be kept: type told by content, limits held, nothing hidden inside (safety rule 6).

A cleaned file is its own identity (SHA-256) across instances. Cleaning is idempotent: what it made comes back
byte for byte, so a picture pulled from a partner keeps the name that its origin gave it.
"""

import hashlib
import io
import warnings
import zipfile
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image as PillowImage
from PIL import ImageFile, ImageOps, UnidentifiedImageError

from equalcity.core.recordings import CONTENT_TYPES, REFUSED, NotARecording, clean_recording

IMAGE_FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
# What Pillow itself reports for a file that holds pixels and nothing else.
HARMLESS_INFO = {
    "jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "progressive", "progression", "adobe",
    "adobe_transform", "transparency", "gamma", "srgb", "interlace", "loop", "duration", "background",
    "timestamp", "chromaticity",
}  # fmt: skip
OFFICE_MARKERS = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "pptx": "ppt/presentation.xml",
    "odt": "content.xml",
    "ods": "content.xml",
    "odp": "content.xml",
}


@dataclass(frozen=True)
class CleanFile:
    """A file that passed: its bytes, the extension its content deserves, and the SHA-256 of the bytes (hex)."""

    content: bytes
    extension: str
    sha256: str


def clean_file(content: bytes, extension: str) -> CleanFile:
    return CleanFile(content, extension, hashlib.sha256(content).hexdigest())


def clean_image(content: bytes) -> CleanFile:
    """Return the picture re-encoded without metadata, upright, or unchanged when it held nothing but pixels.

    Raises `ValidationError` for anything that is not a JPEG, PNG or WebP within the size and pixel limits.
    """
    if len(content) > settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE:
        raise ValidationError(_("This picture is larger than 20 MB. Make it smaller and try again."))
    # WeasyPrint switches this on for the whole process as soon as it is imported.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", PillowImage.DecompressionBombWarning)
            picture = PillowImage.open(io.BytesIO(content), formats=tuple(IMAGE_FORMATS))
            if picture.width * picture.height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
                raise ValidationError(_("This picture has more than 20 million pixels. Make it smaller."))
            picture.load()
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        PillowImage.DecompressionBombError,
        PillowImage.DecompressionBombWarning,
    ) as error:
        raise ValidationError(_("This file is not a picture that we can read. Use JPEG, PNG or WebP.")) from error
    name = str(picture.format)
    extension = IMAGE_FORMATS[name]
    if _holds_only_pixels(picture, content):
        return clean_file(content, extension)
    upright = ImageOps.exif_transpose(picture)
    # Pillow writes back what it finds in `info`: comments, colour profiles, XMP. Only transparency is pixels.
    upright.info = {key: value for key, value in upright.info.items() if key == "transparency"}
    out = io.BytesIO()
    match name:
        case "JPEG":
            upright.convert("RGB").save(out, "JPEG", quality=90, optimize=True)
        case "PNG":
            upright.save(out, "PNG", optimize=True)
        case _:
            upright.save(out, "WEBP", quality=90, method=4, exif=b"", xmp=b"", icc_profile=None)
    return clean_file(out.getvalue(), extension)


def _holds_only_pixels(picture: PillowImage.Image, content: bytes) -> bool:
    if set(picture.info) - HARMLESS_INFO or picture.getexif():
        return False
    match picture.format:
        case "JPEG":
            allowed = {"APP0", "APP14"}
            markers = {marker for marker, _data in getattr(picture, "applist", [])}
            return markers <= allowed and content.endswith(b"\xff\xd9")
        case "PNG":
            return content.endswith(b"IEND\xaeB`\x82")
        case _:
            return int.from_bytes(content[4:8], "little") + 8 == len(content)


def clean_document(content: bytes, extension: str) -> CleanFile:
    """Return the document when its content is what its extension says; pictures and recordings are cleaned too.

    Raises `ValidationError` for another type, an unreadable file, or one larger than 20 MB.
    """
    extension = extension.lower().lstrip(".")
    if extension in IMAGE_FORMATS.values():
        picture = clean_image(content)
        if picture.extension != extension:
            raise ValidationError(_("The content of this file does not fit its name. Save it again and retry."))
        return picture
    if len(content) > settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE:
        raise ValidationError(_("This document is larger than 20 MB. Make it smaller and try again."))
    if extension in CONTENT_TYPES:
        try:
            return clean_file(clean_recording(content, extension), extension)
        except NotARecording as error:
            raise ValidationError(REFUSED) from error
    if extension not in settings.WAGTAILDOCS_EXTENSIONS or not _is_what_it_says(content, extension):
        raise ValidationError(_("The content of this file does not fit its name. Save it again and retry."))
    return clean_file(content, extension)


def _is_what_it_says(content: bytes, extension: str) -> bool:
    if extension == "pdf":
        return content.startswith(b"%PDF-")
    if extension in {"txt", "csv"}:
        try:
            return "\x00" not in content.decode("utf-8")
        except UnicodeDecodeError:
            return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return OFFICE_MARKERS[extension] in archive.namelist()
    except (zipfile.BadZipFile, KeyError):
        return False
