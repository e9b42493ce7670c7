"""Terms are known by their code, everywhere by the same key, and shown in the reader's language."""

import uuid

import pytest
from django.core.exceptions import ValidationError

from equalcity.core.models import City, Role, Theme
from equalcity.core.models.terms import VOCABULARIES
from equalcity.core.terms import labels
from tests.factories import CityFactory, ThemeFactory, locale

pytestmark = pytest.mark.django_db


def test_the_key_is_derived_from_vocabulary_and_code() -> None:
    """Fixed for good: every instance that ever wrote a source relies on these values."""
    namespace = uuid.UUID("5e5a3a0c-2f0d-5d6e-9d4e-7b1f3c2a9e10")
    assert City.key_for("brussels") == uuid.uuid5(namespace, "city:brussels")
    assert {model.key_for("police").version for model in VOCABULARIES.values()} == {5}
    assert len({model.key_for("police") for model in VOCABULARIES.values()}) == len(VOCABULARIES)


def test_translations_share_the_key_without_being_told() -> None:
    english = CityFactory(code="rome", name="Rome")
    italian = City(code="rome", name="Roma", locale=locale("it"))
    italian.save()
    assert english.translation_key == italian.translation_key == City.key_for("rome")


def test_a_code_is_used_once_in_a_language() -> None:
    ThemeFactory(code="training", name="Training")
    with pytest.raises(ValidationError):
        Theme(code="training", name="Again", locale=locale("en")).full_clean()


def test_labels_fall_back_to_the_default_language(django_assert_num_queries: object) -> None:
    CityFactory(code="rome", name="Rome", sort_order=2)
    CityFactory(code="brussels", name="Brussels", sort_order=1)
    City(code="brussels", name="Bruxelles", locale=locale("fr"), sort_order=1).save()
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert list(labels(City, "fr").items()) == [("brussels", "Bruxelles"), ("rome", "Rome")]
    assert labels(Role, "fr") == {}
