"""Help now: without a database, with the cities' lines."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from equalcity.core.models import City
from equalcity.core.offline import HelpLine, Offline, read, write
from home.models import SiteSettings
from tests.factories import CityFactory, locale

LANGUAGES = [code for code, _name in django_settings.LANGUAGES]


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    settings.EQUALCITY_HOME = tmp_path
    return tmp_path


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_comes_without_a_database(client: Client, language: str) -> None:
    """No `django_db` mark: pytest-django refuses every query."""
    response = client.get(f"/{language}/help/")
    text = response.content.decode()
    assert response.status_code == 200
    assert f'<html lang="{language}"' in text
    assert re.findall(r'class="(?:call-now|)" href="tel:(\d+)"', text) == ["112"]
    assert [number for number in ("116016", "116006", "116111") if f'href="tel:{number}"' in text] == [
        "116016",
        "116006",
        "116111",
    ]


def test_it_shows_the_cities_lines_in_the_reader_s_language(client: Client) -> None:
    write(
        Offline(
            (
                HelpLine("rome", "+39 06 00", {"en": "Rome", "it": "Roma"}, {"it": "Linea di aiuto"}),
                HelpLine("ghent", "09 00", {"nl": "Gent"}, {}),
            )
        )
    )
    text = client.get("/it/help/").content.decode()
    assert 'href="tel:+390600"' in text
    assert "<b>Roma</b>Linea di aiuto" in text
    assert "<b>Gent</b>" in text


@pytest.mark.django_db
def test_the_file_follows_what_staff_enter(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        CityFactory(code="rome", name="Rome", helpline="+39 06 00")
        CityFactory(code="rome", name="Roma", locale=locale("it"), helpline="+39 06 00", helpline_name="Linea di aiuto")
        CityFactory(code="ghent", name="Ghent")
        SiteSettings.objects.create(exit_url="https://weather.example/", contact_phone="+32 2 00")
    line = HelpLine("rome", "+39 06 00", {"en": "Rome", "it": "Roma"}, {"it": "Linea di aiuto"})
    assert read() == Offline((line,), "https://weather.example/", "+32 2 00")
    with django_capture_on_commit_callbacks(execute=True):
        City.objects.get(code="rome", locale=locale("en")).delete()
        City.objects.get(code="rome").delete()
    assert read().lines == ()


@pytest.mark.django_db
def test_what_is_rolled_back_is_not_written(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=False) as callbacks:
        CityFactory(code="rome", name="Rome", helpline="+39 06 00")
    assert read() == Offline()
    assert callbacks
