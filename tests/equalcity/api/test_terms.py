"""`terms/`: every vocabulary with its labels in every language."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from equalcity.core.models import City, Theme
from equalcity.publication.counter import instance_id
from equalcity.publication.record import record
from tests.factories import CityFactory, DistrictFactory, HelpFactory, ThemeFactory, Tree, locale

Get = Callable[..., Any]


def test_terms_have_their_labels_in_every_language(tree: Tree, get: Get) -> None:
    CityFactory(code="brussels", name="Bruxelles", locale=locale("fr"))
    ThemeFactory(code="disclosure", name="Disclosure", description="Hearing about violence.")
    ThemeFactory(code="disclosure", name="Onthulling", locale=locale("nl"))
    record()
    with CaptureQueriesContext(connection) as queries:
        answer = get("terms/").json()
    assert len(queries) == 1
    origin = str(instance_id())
    city, theme = (str(model.key_for(code)) for model, code in ((City, "brussels"), (Theme, "disclosure")))
    assert answer == {
        "meta": {"total_count": 2},
        "items": [
            {
                "vocabulary": "city",
                "code": "brussels",
                "key": city,
                "origin": {"instance": origin, "key": city},
                "name": {"en": "Brussels", "fr": "Bruxelles"},
                "description": {"en": "", "fr": ""},
            },
            {
                "vocabulary": "theme",
                "code": "disclosure",
                "key": theme,
                "origin": {"instance": origin, "key": theme},
                "name": {"en": "Disclosure", "nl": "Onthulling"},
                "description": {"en": "Hearing about violence.", "nl": ""},
            },
        ],
    }
    assert get("terms/", vocabulary="theme").json()["items"] == answer["items"][1:]
    assert get("terms/", vocabulary="nonsense").status_code == 400


def test_districts_say_where_they_are(tree: Tree, get: Get) -> None:
    DistrictFactory(code="north", city=tree.city)
    ring = [[4.3, 50.8], [4.4, 50.8], [4.4, 50.9], [4.3, 50.8]]
    DistrictFactory(code="south", city=tree.city, outline=ring)
    HelpFactory(code="legal", name="Legal advice")
    record()
    with CaptureQueriesContext(connection) as queries:
        north, south = get("terms/", vocabulary="district").json()["items"]
    assert len(queries) == 2
    assert (north["city"], north["geometry"]) == ("brussels", {"type": "Point", "coordinates": [4.355, 50.865]})
    assert (south["geometry"], south["simplified_outline"]) == ({"type": "Polygon", "coordinates": [ring]}, True)
    assert [one["name"] for one in get("terms/", vocabulary="help").json()["items"]] == [{"en": "Legal advice"}]
