"""Uploads: type by content, limits, and nothing hidden inside; what was cleaned once stays as it is."""

import io
import struct
import zipfile
import zlib
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from equalcity.core.cleaning import clean_document, clean_image

SECRET = b"50.8503N 4.3517E Rue Secrete 7"


def picture(kind: str, size: tuple[int, int] = (40, 30), **options: Any) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, kind, **options)
    return out.getvalue()


def jpeg_with_exif() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif[0x0112] = 6  # turned by 90 degrees
    return picture("JPEG", exif=exif.tobytes())


def png_with_text() -> bytes:
    content = picture("PNG")
    text = b"tEXtComment\x00" + SECRET
    chunk = struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text))
    return content[:33] + chunk + content[33:]


@pytest.mark.parametrize(
    "content",
    [
        jpeg_with_exif(),
        picture("JPEG", comment=SECRET),
        picture("JPEG") + SECRET,
        png_with_text(),
        picture("PNG") + SECRET,
        picture("WEBP", exif=Image.Exif().tobytes() + SECRET),
        picture("WEBP") + SECRET,
    ],
    ids=["exif", "comment", "after-jpeg", "png-text", "after-png", "webp-exif", "after-webp"],
)
def test_nothing_but_pixels_is_kept(content: bytes) -> None:
    assert SECRET in content
    cleaned = clean_image(content)
    assert SECRET not in cleaned.content
    assert not Image.open(io.BytesIO(cleaned.content)).getexif()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_cleaning_twice_gives_the_same_bytes_and_identity(kind: str) -> None:
    once = clean_image(picture(kind, **({"dpi": (72, 72)} if kind != "WEBP" else {})))
    assert clean_image(once.content) == once
    assert clean_image(clean_image(jpeg_with_exif()).content) == clean_image(jpeg_with_exif())


def test_a_turned_picture_is_stood_upright() -> None:
    cleaned = clean_image(jpeg_with_exif())
    assert Image.open(io.BytesIO(cleaned.content)).size == (30, 40)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a" + bytes(20),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\xff\xd8\xff" + bytes(100),
        picture("PNG")[:60],
        picture("BMP"),
    ],
    ids=["empty", "gif", "svg", "no-jpeg", "cut-off", "bmp"],
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(ValidationError):
        clean_image(content)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO()
    Image.new("1", (6000, 6000)).save(out, "PNG")
    assert len(out.getvalue()) < 10_000
    with pytest.raises(ValidationError, match="20 million"):
        clean_image(out.getvalue())


def archive(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "extension"),
    [
        (b"%PDF-1.7\n", "pdf"),
        ("Wörter".encode(), "txt"),
        (b"a,b\n", "csv"),
        (archive("word/document.xml"), "docx"),
        (archive("content.xml"), "odt"),
    ],
)
def test_documents_that_are_what_they_say(content: bytes, extension: str) -> None:
    assert clean_document(content, extension).content == content


@pytest.mark.parametrize(
    ("content", "extension"),
    [
        (b"MZ\x90\x00", "pdf"),
        (b"\x00\x01", "txt"),
        (b"\xff\xfe", "csv"),
        (archive("evil.exe"), "docx"),
        (b"PK\x03\x04 cut off", "xlsx"),
        (b"<script>", "html"),
        (b"", ""),
    ],
)
def test_documents_that_are_not(content: bytes, extension: str) -> None:
    with pytest.raises(ValidationError):
        clean_document(content, extension)
