"""Staff find every vocabulary in the CMS, and translate its terms there."""

from http import HTTPStatus

import pytest
from django.test import Client
from wagtail_localize.models import StringTranslation, Translation

from equalcity.core.models import City, Theme
from tests.factories import CityFactory, Tree, UserFactory, locale
from tests.factories.staff import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client, tree: Tree) -> Client:
    return sign_in(client, UserFactory(is_superuser=True))


@pytest.mark.parametrize("name", ["city", "targetgroup", "theme", "setting", "role", "cityservice"])
def test_every_vocabulary_has_its_list(staff: Client, name: str) -> None:
    assert staff.get(f"/cms/snippets/core/{name}/").status_code == HTTPStatus.OK


def test_a_code_is_taken_once(staff: Client) -> None:
    form = {"code": "safety", "name": "Safety", "description": "", "sort_order": "1"}
    assert staff.post("/cms/snippets/core/theme/add/", form).status_code == HTTPStatus.FOUND
    again = staff.post("/cms/snippets/core/theme/add/", {**form, "name": "Again"})
    assert again.status_code == HTTPStatus.OK
    assert list(Theme.objects.values_list("name", flat=True)) == ["Safety"]


def test_a_term_is_translated_in_the_cms_and_not_published_with_gaps(staff: Client) -> None:
    city = CityFactory(code="rome", name="Rome")
    french = locale("fr")
    staff.post(f"/cms/localize/submit/snippet/core/city/{city.pk}/", {"locales": [french.pk]})
    rome = City.objects.get(code="rome", locale=french)
    edit = f"/cms/snippets/core/city/edit/{rome.pk}/"

    staff.post(edit, {"action": "publish"})
    assert City.objects.get(pk=rome.pk).name == "Rome"

    segment = Translation.objects.get().source.stringsegment_set.get()
    StringTranslation.objects.create(
        translation_of=segment.string, context=segment.context, locale=french, data="La ville de Rome"
    )
    staff.post(edit, {"action": "publish"})
    translated = City.objects.get(pk=rome.pk)
    assert (translated.name, translated.code, translated.translation_key) == (
        "La ville de Rome",
        "rome",
        city.translation_key,
    )
