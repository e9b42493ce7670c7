"""The map of the demonstration: what one export says of it, another one says, too."""

import pytest
from django.conf import settings
from django.test import Client

from tests.safespace_map.exports import differences

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_services_of_every_place_say_what_the_table_says(language: str, client: Client) -> None:
    count, different = differences(client, language)
    assert different == []
    assert count >= 12
