"""Pictures and documents: identity, names, twins, consent, texts by language."""

import datetime
import hashlib
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Locale

from equalcity.core.models import CustomDocument, CustomImage, ImageText
from tests.equalcity.core.test_cleaning import SECRET, jpeg_with_exif, picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def upload(content: bytes, name: str = "Rue Secrete 7.jpg") -> CustomImage:
    return CustomImage(title="A roof", file=ContentFile(content, name=name))


def test_the_identity_is_the_hash_of_the_cleaned_original() -> None:
    image = upload(jpeg_with_exif())
    image.save()
    with CustomImage.objects.get().file.open("rb") as file:
        stored = file.read()
    assert image.sha256 == hashlib.sha256(stored).hexdigest()
    assert SECRET not in stored
    assert image.file_size == len(stored)
    assert (image.width, image.height) == (30, 40)


def test_the_given_name_reaches_no_path() -> None:
    image = upload(picture("PNG"), "../../Rue Secrete 7.png")
    image.save()
    assert image.file.name == f"original_images/{image.sha256[:24]}.png"


def test_saving_again_keeps_bytes_and_identity() -> None:
    image = upload(jpeg_with_exif())
    image.save()
    before = (image.sha256, image.file.name)
    image = CustomImage.objects.get()
    image.title = "Another title"
    image.save()
    assert (image.sha256, image.file.name) == before


def test_the_same_bytes_are_refused_with_the_name_of_their_twin() -> None:
    upload(jpeg_with_exif()).save()
    twin = upload(jpeg_with_exif(), "other.jpg")
    with pytest.raises(ValidationError, match="A roof"):
        twin.clean()


def test_what_is_no_picture_is_not_saved() -> None:
    with pytest.raises(ValidationError):
        upload(b"<svg/>", "x.jpg").save()
    assert CustomImage.objects.count() == 0


def test_a_document_is_what_it_says() -> None:
    document = CustomDocument(title="Handout", file=ContentFile(b"%PDF-1.7 text", name="Rue Secrete.pdf"))
    document.save()
    assert document.file.name == f"documents/{document.sha256[:24]}.pdf"
    with pytest.raises(ValidationError):
        CustomDocument(title="x", file=ContentFile(b"MZ", name="x.pdf")).save()


@pytest.mark.parametrize(("days", "shown"), [(None, True), (0, True), (1, True), (-1, False)])
def test_consent_ends_with_its_last_day(days: int | None, shown: bool) -> None:
    until = None if days is None else timezone.localdate() + datetime.timedelta(days=days)
    assert CustomImage(consent_until=until).has_consent() is shown


def test_alternative_texts_by_language() -> None:
    image = upload(picture("PNG"))
    image.description = "Arches"
    image.save()
    french, _made = Locale.objects.get_or_create(language_code="fr")
    ImageText.objects.create(image=image, locale=french, alt_text="Des arches")
    assert (image.text_in("fr"), image.text_in("nl")) == ("Des arches", "Arches")
