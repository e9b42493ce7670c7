"""The files of the demonstration hold what they promise, before anything is loaded."""

import re
from collections import Counter
from collections.abc import Callable

import pytest

from equalcity.demo.content import PageRecord, pages, terms
from equalcity.demo.richtext import paragraphs
from tests.typography import dutch_faults, french_faults, strings

SEVEN = {"en", "fr", "nl", "de", "sv", "it", "ar"}
RECORDS = pages()
PRACTICES = [record for record in RECORDS if record.type == "practice"]
# Below the landing page of the campaign: complete in three languages.
CAMPAIGN = {"story_index", "story", "event_index", "event", "material_index", "material"}
PLACES = [record for record in RECORDS if record.type == "safe_space"]
PROGRAMMES = [record for record in RECORDS if record.type == "training"]
MODULES = [record for record in RECORDS if record.type == "training_module"]
TRAININGS = [*PROGRAMMES, *MODULES]
# Each city's own toolbox also in its own language.
OWN_LANGUAGE = {"rome": "it", "gothenburg": "sv", "luxembourg": "de"}
LISTS = (
    "steps",
    "resources",
    "reviews",
    "adaptations",
    "body",
    "sessions",
    "handouts",
    "cards",
    "runs",
    "results",
    "blocks",
    "interview",
    "glossary",
    "findings",
    "needs",
    "recommendations",
    "instruments",
    "services",
    "phones",
    "help",
    "hours",
    "exceptions",
)


def ids(text: dict[str, list[dict[str, object]]], name: str) -> list[object]:
    return [row["id"] for row in text.get(name, [])]


def test_four_cities_with_six_practices_each() -> None:
    assert Counter(record.shared["city"] for record in PRACTICES) == {
        "brussels": 6,
        "luxembourg": 6,
        "rome": 6,
        "gothenburg": 6,
    }


def test_languages_of_the_practices() -> None:
    count = Counter(language for record in PRACTICES for language in record.texts)
    assert count == {"en": 24, "fr": 24, "nl": 24, "de": 6, "sv": 6, "it": 6, "ar": 2}


RESEARCH = [record for record in RECORDS if record.type in {"research", "research_index"}]


def test_the_campaign_has_what_was_promised() -> None:
    count = Counter(record.type for record in RECORDS)
    assert {kind: count[kind] for kind in ("campaign", "story", "material", "event")} == {
        "campaign": 1,
        "story": 9,
        "material": 6,
        "event": 4,
    }


@pytest.mark.parametrize("record", [r for r in RECORDS if r.type in CAMPAIGN], ids=lambda r: r.key)
def test_the_campaign_is_complete_in_three_languages(record: PageRecord) -> None:
    assert set(record.texts) == {"en", "fr", "nl"}
    assert record.shared["example"] is True


@pytest.mark.parametrize(
    "record",
    [
        r
        for r in RECORDS
        if r not in [*PRACTICES, *TRAININGS, *RESEARCH, *PLACES]
        and r.type not in {*CAMPAIGN, "manual", "chapter", "organisation"}
    ],
    ids=lambda r: r.key,
)
def test_every_other_page_is_there_in_seven_languages(record: PageRecord) -> None:
    assert set(record.texts) == SEVEN


def test_the_manual_is_whole_in_three_languages_and_begins_in_arabic() -> None:
    manuals = [record for record in RECORDS if record.type in {"manual", "chapter"}]
    first, *rest = [set(record.texts) for record in manuals if record.type == "chapter"]
    assert [set(record.texts) for record in manuals if record.type == "manual"] == [{"en", "fr", "nl", "ar"}]
    assert (first, rest) == ({"en", "fr", "nl", "ar"}, [{"en", "fr", "nl"}] * 8)
    assert {record.shared["example"] for record in manuals} == {True}


def test_every_term_has_a_name_in_seven_languages() -> None:
    assert {term.code: set(term.names) for term in terms()} == {term.code: SEVEN for term in terms()}


@pytest.mark.parametrize(
    ("language", "faults"), [("fr", french_faults), ("nl", dutch_faults)], ids=["French spaces", "Dutch says je"]
)
def test_one_way_of_writing(language: str, faults: Callable[[str], list[str]]) -> None:
    prints = [record.shared.get("prints", {}).get(language) for record in RECORDS]
    terms_of = [[term.names.get(language), term.descriptions.get(language)] for term in terms()]
    written = [*(record.texts.get(language) for record in RECORDS), *prints, *terms_of]
    assert [fault for text in strings(written) for fault in faults(text)] == []


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.key)
def test_translations_hold_the_same_parts(record: PageRecord) -> None:
    english = record.texts["en"]
    for language, text in record.texts.items():
        assert set(text) == set(english), language
        for name in LISTS:
            if isinstance(english.get(name), str):  # the results of a practice are a text
                continue
            assert ids(text, name) == ids(english, name), (language, name)
        assert len(text.get("summary", "")) <= 300
        assert re.fullmatch(r"[a-z0-9-]+", text["slug"]), language


def test_research_is_there_in_its_city_s_languages() -> None:
    own = {"brussels": set(), "luxembourg": {"de"}, "rome": {"it"}, "gothenburg": {"sv"}}
    assert {record.key: set(record.texts) for record in RESEARCH} == {
        record.key: {"en", "fr", "nl"} | own[record.shared["city"]] for record in RESEARCH
    }


@pytest.mark.parametrize("record", [r for r in RESEARCH if r.type == "research"], ids=lambda record: record.key)
def test_research_is_an_example_and_no_service_in_it_is_a_real_one(record: PageRecord) -> None:
    """A service is invented and says so, or one of the public numbers of Europe."""
    assert record.shared["example"] is True
    services = record.shared.get("services", [])
    assert {row["number"] for row in services if not row.get("invented")} <= {"112", "116 016", "116 006", "116 111"}
    assert not [row for row in services if row.get("invented") and row.get("number")]
    for text in record.texts.values():
        for name in ("findings", "needs", "services"):
            assert ids(text, name) == [row["id"] for row in record.shared.get(name, [])], name


@pytest.mark.parametrize("record", PRACTICES, ids=lambda record: record.key)
def test_practices_are_examples_and_name_no_real_reviewer_or_city(record: PageRecord) -> None:
    assert record.shared["example"] is True
    linked = {row["id"] for row in record.shared.get("adaptations", []) if "page" in row}
    for text in record.texts.values():
        for adaptation in text.get("adaptations", []):
            # A place is invented, and says so; only what has a page here may name one of our cities.
            if adaptation["id"] not in linked:
                assert re.search(r"[A-Z]\u2069?$", adaptation["place"].strip()), adaptation["place"]
    for review in record.texts["en"]["reviews"]:
        assert review["reviewer_role"].startswith("Example reviewer")
    assert record.texts["en"]["results"].startswith("In this example")


def city_of(record: PageRecord) -> str:
    parents = {one.key: one for one in PROGRAMMES}
    return str(parents.get(record.parent, record).shared["city"])


def test_a_programme_for_each_city() -> None:
    assert Counter(city_of(record) for record in PROGRAMMES) == {
        "rome": 4,
        "gothenburg": 2,
        "luxembourg": 1,
        "brussels": 1,
    }
    modules = Counter(record.parent for record in MODULES)
    assert (modules["training-gothenburg-5"], modules["training-gothenburg-7"]) == (5, 7)
    assert {count for parent, count in modules.items() if "gothenburg" not in parent} == {3}


@pytest.mark.parametrize("record", TRAININGS, ids=lambda record: record.key)
def test_languages_of_the_trainings(record: PageRecord) -> None:
    own = OWN_LANGUAGE.get(city_of(record))
    arabic = {"ar"} if record.key == "training-gothenburg-5" else set()
    assert set(record.texts) == {"en", "fr", "nl", *([own] if own else []), *arabic}
    assert record.shared["example"] is True


def test_mindfulness_and_the_added_modules() -> None:
    kinds = {record.key: record.shared["kind"] for record in MODULES if record.shared["kind"] != "core"}
    assert kinds == {
        "training-rome-staff-3": "mindfulness",
        "training-rome-children-3": "mindfulness",
        "training-gothenburg-7-1": "trust",
    }


@pytest.mark.parametrize("record", MODULES, ids=lambda record: record.key)
def test_agendas_add_up(record: PageRecord) -> None:
    assert record.shared["planned_minutes"] == sum(one["minutes"] for one in record.shared["sessions"])
    assert [one["id"] for one in record.shared["sessions"]] == ids(record.texts["en"], "sessions")


def test_programmes_add_up() -> None:
    total: Counter[str] = Counter()
    for module in MODULES:
        total[module.parent] += module.shared["planned_minutes"]
    assert {record.key: record.shared["planned_minutes"] for record in PROGRAMMES} == total


def test_plain_text_becomes_paragraphs_and_lists() -> None:
    assert paragraphs("One <b>\nline.\n\nTwo:\n- a\n- b\n  goes on\n") == (
        "<p>One &lt;b&gt; line.</p><p>Two:</p><ul><li>a</li><li>b goes on</li></ul>"
    )


def test_four_cities_with_five_places_each_in_every_precision() -> None:
    assert Counter(record.shared["city"] for record in PLACES) == dict.fromkeys(
        ("brussels", "luxembourg", "rome", "gothenburg"), 5
    )
    for city in ("brussels", "luxembourg", "rome", "gothenburg"):
        kinds = {record.shared["precision"] for record in PLACES if record.shared["city"] == city}
        assert kinds == {"exact", "area", "phone"}, city


@pytest.mark.parametrize("record", PLACES, ids=lambda record: record.key)
def test_places_are_invented_and_say_so(record: PageRecord) -> None:
    """Numbers that nobody has, streets that do not exist, and the label on every page."""
    city = record.shared["city"]
    own = {"brussels": {"ar"}}.get(city, {OWN_LANGUAGE.get(city, "")})
    assert set(record.texts) == {"en", "fr", "nl"} | own
    assert record.shared["example"] is True
    assert all(re.fullmatch(r"00 0000 0\d{3}", phone["number"]) for phone in record.shared["phones"])
    assert record.shared.get("postal_code", "0000") == "0000"
    if record.shared["precision"] != "exact":
        assert not {"street", "postal_code", "latitude", "longitude"} & record.shared.keys()
        assert not any("way_there" in text for text in record.texts.values())
    if record.shared["precision"] == "phone":
        assert "district" not in record.shared


def test_districts_are_drawings_and_say_so() -> None:
    districts = [term for term in terms() if term.vocabulary == "district"]
    assert len(districts) == 12
    assert all(term.names["en"].startswith("Example district") for term in districts)
    assert all("drawing" in term.description("en") for term in districts)
    assert {term.columns.get("simplified", True) for term in districts} == {True}
