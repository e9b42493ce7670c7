"""What the demonstration gives to print says that it is an example, on the paper itself."""

import io

import pytest
from django.utils import translation
from django.utils.translation import gettext
from PIL import Image
from pypdf import PdfReader

from equalcity.core.cleaning import clean_document
from equalcity.demo import prints, sounds
from equalcity.demo.content import pages

MATERIALS = [record for record in pages() if record.type == "material"]
ONE_LANGUAGE = [(record, language) for record in MATERIALS for language in record.shared["prints"]]


def words(record: object, language: str) -> prints.Words:
    said = record.shared["prints"][language]  # type: ignore[attr-defined]
    with translation.override(language):
        return prints.Words(
            language, said["title"], tuple(said["lines"]), gettext("Example written for demonstration.")
        )


@pytest.mark.parametrize(
    ("record", "language"),
    [one for one in ONE_LANGUAGE if "pixels" not in one[0].shared],
    ids=lambda one: getattr(one, "key", one),
)
def test_a_pdf_is_one_tagged_page_with_its_label(record: object, language: str) -> None:
    shared = record.shared  # type: ignore[attr-defined]
    said = words(record, language)
    reader = PdfReader(io.BytesIO(prints.pdf(said, shared["size"], shared["colours"])))
    (page,) = reader.pages
    wide, high = prints.PAPER_MM[shared["size"]]
    assert round(float(page.mediabox.width) * 25.4 / 72) == wide
    assert round(float(page.mediabox.height) * 25.4 / 72) == high
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert str(reader.trailer["/Root"]["/Lang"]) == language
    if language != "ar":  # taken out of a PDF, Arabic comes in the order of its shapes
        text = " ".join(page.extract_text().split())
        assert said.label in text
        assert said.title.replace("’", "'") in text.replace("’", "'")


def test_a_picture_has_its_size_and_no_words_beside_its_own() -> None:
    (square,) = [record for record in MATERIALS if record.key == "picture-square"]
    made = prints.picture(words(square, "fr"), (1080, 1080), "brussels")
    assert Image.open(io.BytesIO(made)).size == (1080, 1080)
    assert clean_document(made, "png").content == made


def test_the_sound_and_its_captions_pass_the_cleaning_untouched() -> None:
    assert clean_document(sounds.tone(), "wav").content == sounds.tone()
    captions = sounds.captions("[A tone.]", "[Another.]")
    assert clean_document(captions, "vtt").content == captions
