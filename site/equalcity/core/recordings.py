"""Audio, video and captions as they may be kept: type told by content, what can be taken out is taken out.

From WAV everything goes but the format and the sound; from MP3 its tags; in MP4 and M4A what players call user data
(titles, device, place) is overwritten, so that nothing moves. Not taken out: the times of creation in MP4 and M4A, and
the titles and names of programs in Ogg and WebM. What a voice or a picture itself gives away, nothing can take out.

Cleaning is idempotent, as for every file (`cleaning`).
"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

CONTENT_TYPES = {
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "wav": "audio/wav",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "vtt": "text/vtt; charset=utf-8",
}
AUDIO = frozenset({"mp3", "m4a", "ogg", "wav"})
VIDEO = frozenset({"mp4", "webm"})
CAPTIONS = "vtt"
CAPTIONS_MOST = 1_000_000  # bytes

KEPT_IN_WAV = {b"fmt ", b"fact", b"data"}
PRIVATE_IN_MP4 = {b"udta", b"meta", b"uuid"}
INSIDE_MP4 = {b"moov", b"trak", b"mdia"}
MPEG_BITRATES = {
    1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
MPEG_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
TIMING = re.compile(r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})")
CUE = re.compile(rf"\s*({TIMING.pattern})[ \t]+-->[ \t]+({TIMING.pattern})(?:[ \t].*)?")


class NotARecording(ValueError):
    """The content is not what its extension says, or it is damaged."""


def clean_recording(content: bytes, extension: str) -> bytes:
    """Return the recording or captions without what can be taken out. Raises `NotARecording`."""
    match extension:
        case "wav":
            return _wav(content)
        case "mp3":
            return _mp3(content)
        case "mp4" | "m4a":
            return _mp4(content, extension)
        case "ogg":
            return _ogg(content)
        case "webm":
            return _webm(content)
        case "vtt":
            return _captions(content)
    raise NotARecording(extension)


def _wav(content: bytes) -> bytes:
    if content[:4] != b"RIFF" or content[8:12] != b"WAVE":
        raise NotARecording("no RIFF/WAVE")
    kept, position = [], 12
    while position + 8 <= len(content):
        name, size = content[position : position + 4], int.from_bytes(content[position + 4 : position + 8], "little")
        if position + 8 + size > len(content):
            raise NotARecording("cut off")
        if name in KEPT_IN_WAV:
            kept.append(content[position : position + 8 + size] + b"\0" * (size % 2))
        position += 8 + size + size % 2
    if [chunk[:4] for chunk in kept if chunk[:4] != b"fact"] != [b"fmt ", b"data"]:
        raise NotARecording("no sound")
    body = b"WAVE" + b"".join(kept)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _mp3(content: bytes) -> bytes:
    while content[:3] == b"ID3" and len(content) > 10:
        size = sum((byte & 0x7F) << shift for byte, shift in zip(content[6:10], (21, 14, 7, 0), strict=True))
        content = content[10 + size + (10 if content[5] & 0x10 else 0) :].lstrip(b"\0")
    while True:
        if content[-128:-125] == b"TAG":
            content = content[:-128]
        elif content[-32:-24] == b"APETAGEX":
            size = int.from_bytes(content[-20:-16], "little") + (32 if content[-9] & 0x80 else 0)
            content = content[: max(0, len(content) - size)]
        else:
            break
    first = _mp3_frame(content, 0)
    _mp3_frame(content, first)
    return content


def _mp3_frame(content: bytes, start: int) -> int:
    """Return the length of the frame at `start`. Raises `NotARecording`."""
    head = content[start : start + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        raise NotARecording("no frame of MPEG layer III")
    version, bitrate, rate = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or bitrate in {0, 15} or rate == 3:
        raise NotARecording("no frame of MPEG layer III")
    newer = version == 3
    samples = 144 if newer else 72
    return samples * MPEG_BITRATES[1 if newer else 2][bitrate] * 1000 // MPEG_RATES[version][rate] + (head[2] >> 1 & 1)


def _mp4(content: bytes, extension: str) -> bytes:
    if content[4:8] != b"ftyp":
        raise NotARecording("no ftyp")
    clean = bytearray(content)
    found = {name for name, _start, _end in _boxes(clean, 0, len(clean))}
    if not {b"moov", b"mdat"} <= found:
        raise NotARecording("no film in it")
    _empty_private_boxes(clean, 0, len(clean))
    if (b"vide" in _handlers(clean, 0, len(clean))) != (extension == "mp4"):
        raise NotARecording("pictures where only sound belongs, or none")
    return bytes(clean)


def _boxes(content: bytes | bytearray, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield name, start and end of each box. Raises `NotARecording`."""
    while start < end:
        size, name, head = int.from_bytes(content[start : start + 4]), bytes(content[start + 4 : start + 8]), 8
        if size == 1:
            size, head = int.from_bytes(content[start + 8 : start + 16]), 16
        elif size == 0:
            size = end - start
        if size < head or start + size > end:
            raise NotARecording("cut off")
        yield name, start, start + size
        start += size


def _empty_private_boxes(content: bytearray, start: int, end: int) -> None:
    """Turn boxes with user data into free space of the same size: the positions of everything else stay true."""
    for name, first, last in list(_boxes(content, start, end)):
        if name in PRIVATE_IN_MP4 or name in {b"free", b"skip"}:
            head = 16 if int.from_bytes(content[first : first + 4]) == 1 else 8
            content[first + 4 : first + 8] = b"free"
            content[first + head : last] = bytes(last - first - head)
        elif name in INSIDE_MP4:
            _empty_private_boxes(content, first + 8, last)


def _handlers(content: bytearray, start: int, end: int) -> set[bytes]:
    found: set[bytes] = set()
    for name, first, last in _boxes(content, start, end):
        if name == b"hdlr":
            found.add(bytes(content[first + 16 : first + 20]))
        elif name in INSIDE_MP4:
            found |= _handlers(content, first + 8, last)
    return found


def _ogg(content: bytes) -> bytes:
    first_page = content[:256]
    if content[:5] != b"OggS\0" or not (b"OpusHead" in first_page or b"\x01vorbis" in first_page):
        raise NotARecording("no Opus or Vorbis")
    return content


def _webm(content: bytes) -> bytes:
    if content[:4] != b"\x1aE\xdf\xa3" or b"\x42\x82\x84webm" not in content[:80]:
        raise NotARecording("no WebM")
    return content


def _captions(content: bytes) -> bytes:
    """Check WebVTT: its first line, at least one cue, every cue ending after it begins, and no styles."""
    if len(content) > CAPTIONS_MOST:
        raise NotARecording("too long")
    try:
        text = content.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise NotARecording("no UTF-8") from error
    first, *lines = text.split("\n")
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", first) or "\0" in text:
        raise NotARecording("no WEBVTT")
    if any(line.strip() in {"STYLE", "REGION"} for line in lines):
        raise NotARecording("styles")
    cues = [line for line in lines if "-->" in line]
    for line in cues:
        found = CUE.fullmatch(line)
        if found is None or _milliseconds(found[1]) >= _milliseconds(found[6]):
            raise NotARecording(line[:80])
    if not cues:
        raise NotARecording("no cue")
    return text.encode()


def _milliseconds(timing: str) -> int:
    found = TIMING.fullmatch(timing)
    if found is None:
        raise NotARecording(timing[:80])
    hours, minutes, seconds, rest = (int(part or 0) for part in found.groups())
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest


REFUSED = _("This is not a recording, or not captions, of the kind that its name says. Save it again and retry.")
