"""A sound made by code: no voice is invented for the demonstration."""

import io
import math
import wave
from functools import cache

RATE = 16_000


@cache
def tone(seconds: int = 6) -> bytes:
    """Return a WAV file: two soft tones, an octave apart, that swell and fade."""
    frames = bytearray()
    for n in range(seconds * RATE):
        at = n / RATE
        swell = math.sin(math.pi * at / seconds)
        value = math.sin(2 * math.pi * 220 * at) + (math.sin(2 * math.pi * 440 * at) if at > seconds / 2 else 0)
        frames += int(4000 * swell * value).to_bytes(2, "little", signed=True)
    out = io.BytesIO()
    with wave.open(out, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(2)
        made.setframerate(RATE)
        made.writeframes(bytes(frames))
    return out.getvalue()


def captions(first: str, second: str) -> bytes:
    """Return WebVTT with one line for each half of the tone."""
    return f"WEBVTT\n\n00:00.000 --> 00:03.000\n{first}\n\n00:03.000 --> 00:06.000\n{second}\n".encode()
