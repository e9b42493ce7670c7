"""Recordings and captions: type by content, and what can be taken out is taken out."""

import struct
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from equalcity.core.cleaning import clean_document
from equalcity.core.recordings import CAPTIONS_MOST, NotARecording, clean_recording
from tests.factories.campaign import sound

SECRET = b"50.8503N 4.3517E Rue Secrete 7"


def chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def wav_with_notes() -> bytes:
    body = b"WAVE" + chunk(b"LIST", b"INFO" + SECRET) + sound()[12:] + chunk(b"id3 ", SECRET)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def mp3(frames: int = 3) -> bytes:
    """Frames of MPEG-1 layer III, 128 kbit/s at 44.1 kHz: 417 bytes each."""
    return (b"\xff\xfb\x90\x00" + bytes(413)) * frames


def mp3_with_tags() -> bytes:
    head = b"ID3\x04\x00\x00" + bytes([0, 0, 0, len(SECRET)]) + SECRET
    return head + mp3() + b"TAG" + SECRET.ljust(125, b"\0")


def box(name: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">I", len(body) + 8) + name + body


def handler(kind: bytes) -> bytes:
    return box(b"trak", box(b"mdia", box(b"hdlr", bytes(8) + kind + bytes(13))), box(b"udta", SECRET))


def mp4(kind: bytes = b"vide") -> bytes:
    film = box(b"moov", box(b"mvhd", bytes(100)), handler(kind), box(b"udta", box(b"\xa9xyz", SECRET)))
    return box(b"ftyp", b"isom\0\0\2\0isomiso2") + film + box(b"mdat", b"sound and pictures") + box(b"uuid", SECRET)


VTT = b"WEBVTT\n\n1\n00:00.000 --> 00:02.500 line:0\nA low tone.\n\n00:01:00.000 --> 00:01:01.000\nSilence.\n"
GOOD = {
    "wav": wav_with_notes(),
    "mp3": mp3_with_tags(),
    "mp4": mp4(),
    "m4a": mp4(b"soun"),
    "ogg": b"OggS\0\x02" + bytes(22) + b"OpusHead" + bytes(40),
    "webm": b"\x1aE\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm" + bytes(40),
    "vtt": VTT,
}


@pytest.mark.parametrize("extension", ["wav", "mp3", "mp4", "m4a"])
def test_nothing_but_sound_and_pictures_is_kept(extension: str) -> None:
    assert SECRET in GOOD[extension]
    assert SECRET not in clean_recording(GOOD[extension], extension)


@pytest.mark.parametrize("extension", GOOD)
def test_cleaning_twice_gives_the_same_bytes(extension: str) -> None:
    once = clean_document(GOOD[extension], extension)
    assert clean_document(once.content, extension) == once


def test_a_sound_without_notes_stays_as_it_is() -> None:
    assert clean_recording(sound(), "wav") == sound()
    assert clean_recording(mp3(), "mp3") == mp3()


def test_nothing_moves_in_a_film() -> None:
    cleaned = clean_recording(mp4(), "mp4")
    assert len(cleaned) == len(mp4())
    assert cleaned.index(b"sound and pictures") == mp4().index(b"sound and pictures")


@pytest.mark.parametrize("extension", GOOD)
def test_another_type_is_refused_whatever_its_name(extension: str) -> None:
    others = [content for name, content in GOOD.items() if name != extension]
    for content in [*others, b"", b"%PDF-1.7", b"<script>", GOOD[extension][: len(GOOD[extension]) // 20]]:
        with pytest.raises(ValidationError):
            clean_document(content, extension)


@pytest.mark.parametrize(
    "content",
    [
        b"RIFF\xff\xff\xff\xffWAVE" + b"data" + b"\xff" * 8,
        sound()[:-10],
        b"RIFF\x04\0\0\0WAVE",
    ],
)
def test_a_damaged_sound_is_refused(content: bytes) -> None:
    with pytest.raises(NotARecording):
        clean_recording(content, "wav")


def test_boxes_that_promise_more_than_there_is_are_refused() -> None:
    for broken in (mp4()[:-3], mp4() + struct.pack(">I", 4) + b"free", b"\0\0\0\0ftyp" + bytes(20)):
        with pytest.raises(NotARecording):
            clean_recording(broken, "mp4")


@pytest.mark.parametrize(
    "content",
    [
        b"WEBVTTX\n\n00:00.000 --> 00:01.000\nx",
        b"WEBVTT\n\nno cue",
        b"WEBVTT\n\n00:02.000 --> 00:01.000\nends before it begins",
        b"WEBVTT\n\n00:00.000 --> soon\nx",
        b"WEBVTT\n\n00:61.000 --> 01:00.000\nx",
        b"WEBVTT\n\nSTYLE\n::cue { background: url(https://example.org/) }\n\n00:00.000 --> 00:01.000\nx",
        b"WEBVTT\n\n00:00.000 --> 00:01.000\n\xff",
        b"WEBVTT\n\n00:00.000 --> 00:01.000\n\0",
        VTT + b"x" * CAPTIONS_MOST,
    ],
)
def test_captions_that_are_none_are_refused(content: bytes) -> None:
    with pytest.raises(ValidationError):
        clean_document(content, "vtt")


def test_too_large_is_refused(settings: Any) -> None:
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 100
    with pytest.raises(ValidationError):
        clean_document(sound(), "wav")
