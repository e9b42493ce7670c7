"""What editors cannot publish: a recording without a transcript, a video without captions, a file of another kind."""

from typing import Any

import pytest
from wagtail.blocks.struct_block import StructBlockValidationError

from equalcity.core.recording_blocks import RecordingBlock
from tests.equalcity.core.test_recordings import mp4
from tests.factories import CaptionsFactory, DocumentFactory, SoundFactory

pytestmark = pytest.mark.django_db


def cleaned(
    file: Any, captions: list[tuple[Any, str]], language: str = "en", transcript: str = "<p>A tone.</p>"
) -> Any:
    block = RecordingBlock()
    return block.clean(
        block.to_python(
            {
                "title": "A tone",
                "file": file.pk,
                "language": language,
                "captions": [{"file": one.pk, "language": code} for one, code in captions],
                "transcript": transcript,
            }
        )
    )


def film() -> Any:
    made = DocumentFactory(file__filename="film.mp4", file__data=mp4())
    assert made.file_extension == "mp4"
    return made


def test_a_sound_with_a_transcript_passes() -> None:
    value = cleaned(SoundFactory(), [(CaptionsFactory(), "fr")])
    assert (value.is_complete, value.is_video, value.content_type) == (True, False, "audio/wav")
    shown = RecordingBlock().get_api_representation(value)
    assert shown is not None
    assert shown["file"]["type"] == "audio/wav"
    assert [one["language"] for one in shown["captions"]] == ["fr"]


@pytest.mark.parametrize("transcript", ["", " "])
def test_no_transcript_no_recording(transcript: str) -> None:
    with pytest.raises(StructBlockValidationError) as refused:
        cleaned(SoundFactory(), [], transcript=transcript)
    assert list(refused.value.block_errors) == ["transcript"]


def test_another_file_is_no_recording() -> None:
    with pytest.raises(StructBlockValidationError) as refused:
        cleaned(DocumentFactory(), [])
    assert list(refused.value.block_errors) == ["file"]


def test_another_file_is_no_captions() -> None:
    with pytest.raises(StructBlockValidationError) as refused:
        cleaned(SoundFactory(), [(DocumentFactory(), "en")])
    assert list(refused.value.block_errors) == ["captions"]


def test_a_video_needs_captions_in_its_language() -> None:
    video, captions = film(), CaptionsFactory()
    with pytest.raises(StructBlockValidationError):
        cleaned(video, [(captions, "fr")])
    assert cleaned(video, [(captions, "en")]).is_video
    assert cleaned(video, [], language="").is_video


def test_a_consent_that_ran_out_hides_it_in_the_api() -> None:
    value = cleaned(SoundFactory(consent_until="2020-01-01"), [])
    value["file"].refresh_from_db()
    assert RecordingBlock().get_api_representation(value) is None
