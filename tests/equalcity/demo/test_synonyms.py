"""The words that search treats alike are a start; what editors keep is theirs."""

import pytest

from equalcity.demo.synonyms import load_synonyms
from search.models import Synonyms
from search.synonyms import alike


@pytest.mark.django_db
def test_they_are_loaded_once() -> None:
    made = load_synonyms()
    assert Synonyms.objects.count() == made
    assert load_synonyms() == 0
    Synonyms.objects.exclude(pk=Synonyms.objects.first().pk).delete()
    assert load_synonyms() == 0
    assert Synonyms.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "stems", "means"),
    [
        ("en", ("saf", "spac"), "safer space"),
        ("en", ("lgbtq",), "queer"),
        ("fr", ("mena",), "mineurs non accompagnés"),
        ("sv", ("hedersvald",), "hedersrelaterat våld"),
    ],
)
def test_the_words_of_the_project_are_there(code: str, stems: tuple[str, ...], means: str) -> None:
    load_synonyms()
    assert means in [written for _stems, written in alike()[code][stems]]
