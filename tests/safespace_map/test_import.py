"""Imports: mistakes are named by row and column, the rest becomes drafts, twice the same makes nothing twice."""

import csv
import datetime
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Locale, Page, PageLogEntry, Revision

from equalcity.publication.record import record
from home.setup import make_roles
from safespace_map.exchange import importing
from safespace_map.exchange.importing import make
from safespace_map.exchange.proposals import Outcome, proposals
from safespace_map.exchange.reading import MOST_ROWS, Unreadable, read
from safespace_map.exchange.table import COLUMNS
from safespace_map.models import HelpOffered, OrganisationPage, SafeSpacePage
from tests.factories import (
    CityFactory,
    DistrictFactory,
    HelpFactory,
    HelpOfferedFactory,
    OpeningExceptionFactory,
    OpeningHoursFactory,
    PhoneLineFactory,
    Tree,
    UserFactory,
    locale,
)
from tests.factories.map import Map
from tests.factories.staff import sign_in
from tests.safespace_map.exports import differences

pytestmark = pytest.mark.django_db

GOOD = {
    "organisation": "Example Association",
    "title": "The Blue Room",
    "precision": "phone",
    "city": "brussels",
    "phones": "+00 0000 0199 | voice | Reception | fr,ar",
    "checked_on": "2026-11-01",
    "checked_by": "social worker",
    "check_again_by": "2027-02-01",
}
EXACT = GOOD | {"precision": "exact", "street": "1 Test Street", "latitude": "50.85", "longitude": "4.35"}


def table(*rows: dict[str, str], separator: str = ",", columns: Iterable[str] = ()) -> bytes:
    """Return rows as a file."""
    names = list(columns) or list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, names, delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def english() -> Locale:
    return locale("en")


def propose(content: bytes, **defaults: str) -> list[Any]:
    return proposals(read(content), english(), defaults)


def problems(content: bytes) -> list[tuple[int, str]]:
    return [(problem.row, problem.column) for row in propose(content) for problem in row.problems]


def counted() -> tuple[int, int, int]:
    return Page.objects.count(), Revision.objects.count(), HelpOffered.objects.count()


# What is made ----------------------------------------------------------------------------------------------------


def test_a_row_becomes_a_draft(safe_map: Map) -> None:
    row = EXACT | {
        "title": "Café “Blue”",
        "help": "legal | Open table | Come in \\| sit down | Just come | 18 | 99\ntalk",
        "hours": "MO,TU | 9:00 | 17.30 | | 2026-01-01 | | yes | Women only\nFR | 20:00 | 06:00 | -1",
        "exceptions": "2026-12-25\n2026-12-26 | 2026-12-27 | 10:00 | 12:00 | Short days",
        "audiences": "migrant-women",
        "languages": "FR; ar",
        "is_free": "no",
        "cost": "5 euros",
        "wheelchair": "partly",
        "district": "North",
    }
    user = UserFactory()
    proposed = propose(table(row))
    assert proposed[0].problems == []
    counts = make(proposed, english(), user)
    assert (counts.made, counts.there, counts.refused, counts.organisations) == (1, 0, 0, 0)
    page = SafeSpacePage.objects.get(title="Café “Blue”")
    assert (page.live, page.has_unpublished_changes, page.owner) == (False, True, user)
    assert page.get_parent().pk == safe_map.organisation.pk
    assert PageLogEntry.objects.filter(page=page, action="wagtail.edit", user=user).exists()
    assert (page.precision, page.street, float(page.latitude)) == ("exact", "1 Test Street", 50.85)
    assert (page.city.code, page.district.code) == ("brussels", "brussels-north")
    assert (page.languages, page.is_free, page.cost, page.wheelchair) == ("fr, ar", False, "5 euros", "partly")
    assert [term.code for term in page.audiences.all()] == ["migrant-women"]
    assert [(one.number, one.name, one.languages) for one in page.phones.all()] == [
        ("+00 0000 0199", "Reception", "fr, ar")
    ]
    first, second = page.help.all()
    assert (first.kind.code, first.name, first.description) == ("legal", "Open table", "Come in | sit down")
    assert (first.how_to_get_it, first.minimum_age, first.maximum_age, second.kind.code) == (
        "Just come",
        18,
        99,
        "talk",
    )
    week, month = page.hours.all()
    assert (week.days, week.opens_at, week.closes_at) == ("MO,TU", datetime.time(9), datetime.time(17, 30))
    assert (week.by_appointment, week.note, month.week) == (True, "Women only", "-1")
    assert [(one.first_day.day, one.opens_at) for one in page.exceptions.all()] == [(25, None), (26, datetime.time(10))]
    revision = page.get_latest_revision_as_object()
    assert (revision.title, revision.help.count()) == (page.title, 2)


def test_nothing_of_it_is_public(safe_map: Map, client: Client) -> None:
    make(propose(table(GOOD)), english())
    record()
    assert "Blue Room" not in client.get("/api/v2/safe-spaces/").content.decode()


def test_the_same_file_twice_makes_nothing_twice(safe_map: Map) -> None:
    content = table(GOOD, GOOD | {"key": "a-1", "title": "With a key"}, GOOD | {"organisation": "New One"})
    counts = make(propose(content), english())
    assert (counts.made, counts.organisations) == (3, 1)
    before = counted()
    again = make(propose(content), english())
    assert (again.made, again.there, counted()) == (0, 3, before)
    # Found again by its key when it is called something else, here or in the file.
    page = SafeSpacePage.objects.get(title="With a key")
    page.title = "Renamed here"
    page.save_revision()
    assert [row.outcome for row in propose(table(GOOD | {"key": "a-1", "title": "Renamed there"}))] == [Outcome.THERE]


def test_two_organisations_may_number_alike(safe_map: Map) -> None:
    rows = (GOOD | {"key": "1"}, GOOD | {"key": "1", "organisation": "Other", "title": "Other"})
    assert make(propose(table(*rows)), english()).made == 2


def test_a_new_organisation_is_a_draft_too(safe_map: Map) -> None:
    make(propose(table(GOOD | {"organisation": "New One"})), english())
    page = OrganisationPage.objects.get(title="New One")
    assert (page.live, page.get_parent().pk) == (False, safe_map.index.pk)


def test_names_that_make_the_same_address_stand_side_by_side(safe_map: Map) -> None:
    make(propose(table(*(GOOD | {"title": title} for title in ("Café", "cafe\u0301", "!!!", "???")))), english())
    slugs = SafeSpacePage.objects.filter(live=False).values_list("slug", flat=True)
    assert len(set(slugs)) == 4
    assert all(slugs)


def test_it_goes_on_where_it_stopped(safe_map: Map, monkeypatch: pytest.MonkeyPatch) -> None:
    content = table(*(GOOD | {"title": f"Place {number}"} for number in range(4)))
    finish = importing._finish

    def stop_at_the_third(page: Page, user: Any, **options: Any) -> None:
        if page.title == "Place 2":
            raise KeyboardInterrupt
        finish(page, user, **options)

    monkeypatch.setattr(importing, "_finish", stop_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        make(propose(content), english())
    monkeypatch.undo()
    # Nothing of the third is there.
    assert SafeSpacePage.objects.filter(title__startswith="Place").count() == 2
    assert make(propose(content), english()).made == 2
    assert SafeSpacePage.objects.filter(title__startswith="Place").count() == 4


def test_a_bad_row_keeps_no_good_one_out(safe_map: Map) -> None:
    counts = make(propose(table(GOOD | {"city": "nowhere"}, GOOD | {"title": "Good"})), english())
    assert (counts.made, counts.refused) == (1, 1)


# What comes from our own exports ---------------------------------------------------------------------------------


@pytest.fixture
def full_map(safe_map: Map) -> Map:
    """A map whose places say all they can."""
    exact = safe_map.exact
    exact.what_to_bring = "=Nothing"
    exact.eligibility = "Women\nand | children\\n"
    exact.wheelchair = "yes"
    exact.interpreter = "always"
    exact.languages = "fr"
    OpeningHoursFactory(page=exact, days="MO,TH", week="-1", opens_at=datetime.time(20), closes_at=datetime.time(2))
    OpeningExceptionFactory(page=exact, note="Holiday")
    exact.save_revision().publish()
    record()
    return safe_map


def facts(page: SafeSpacePage) -> dict[str, Any]:
    """Return what a page says, without what a copy has of its own."""
    apart = {"meta", "id"}
    rows = {
        name: [
            {
                field.name: str(getattr(row, field.name))
                for field in row._meta.fields
                if field.name not in {"id", "page", "translation_key", "sort_order", "locale"}
            }
            for row in getattr(page, name).all()
        ]
        for name in ("phones", "help", "hours", "exceptions")
    }
    own = {
        field.name: str(getattr(page, field.name))
        for field in SafeSpacePage._meta.local_fields
        if field.name not in apart | {"page_ptr"}
    }
    return rows | own | {"title": page.title, "audiences": [term.code for term in page.audiences.all()]}


def test_what_was_exported_is_there_already(full_map: Map, client: Client) -> None:
    content = exported(client)
    assert {row.outcome for row in propose(content)} == {Outcome.THERE}


def test_an_export_makes_the_same_places_elsewhere(full_map: Map, client: Client) -> None:
    content = exported(client)
    before = {page.title: facts(page) for page in SafeSpacePage.objects.all()}
    for page in SafeSpacePage.objects.all():
        page.delete()
    proposed = propose(content)
    assert [problem for row in proposed for problem in row.problems] == []
    assert make(proposed, english()).made == 3
    after = {page.title: facts(page) for page in SafeSpacePage.objects.all()}
    assert set(after) == set(before)
    for title, said in before.items():
        assert {name: (value, after[title][name]) for name, value in said.items() if after[title][name] != value} == {}


def exported(client: Client) -> bytes:
    response = client.get("/api/v2/safe-spaces.csv")
    assert response.status_code == 200
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def test_services_of_hsds_come_as_places(full_map: Map, client: Client) -> None:
    answer = client.get("/api/v2/hsds/services?full=true").content
    for page in SafeSpacePage.objects.all():
        page.delete()
    proposed = propose(answer, checked_by="social worker")
    assert [problem for row in proposed for problem in row.problems] == []
    assert make(proposed, english()).made == 3
    exact, area, phone = SafeSpacePage.objects.order_by("path")
    assert (exact.title, exact.precision, exact.street, float(exact.latitude)) == (
        "Open Door Counter",
        "exact",
        "12 Example Street",
        50.8467,
    )
    assert (area.precision, area.district.code, area.latitude, area.street) == ("area", "brussels-north", None, "")
    assert (phone.precision, phone.district) == ("phone", None)
    assert [(row.days, row.week) for row in exact.hours.all()] == [("MO,TU,WE,TH,FR", ""), ("MO,TH", "-1")]
    assert [one.kind.code for one in exact.help.all()] == ["legal"]
    assert [term.code for term in area.audiences.all()] == ["migrant-women"]
    assert propose(answer, checked_by="social worker")[0].outcome is Outcome.THERE


def test_services_of_ours_come_back_as_they_were(full_map: Map, client: Client) -> None:
    """Cell by cell as the table has them, so that either makes the same place."""
    exact = full_map.exact
    exact.arrival, exact.accessibility, exact.checked_by = "Ring twice.", "A ramp.", "nurse"
    exact.staff_gender_on_request = exact.temporarily_closed = exact.machine_translated = True
    exact.closed_until = datetime.date(2030, 1, 6)
    exact.is_free, exact.cost = False, "What you can"
    PhoneLineFactory(page=exact, name="Night", hours="All night", is_free=True, kind="text")
    PhoneLineFactory(page=exact, name="Day", cost="A local call")
    told = {"name": "Table", "description": "Tea", "how_to_get_it": "Come by", "minimum_age": 16, "maximum_age": 99}
    HelpOfferedFactory(page=exact, kind=HelpFactory(code="talk"), **told)
    OpeningHoursFactory(page=exact, by_appointment=True, valid_from="2026-01-01", valid_until="2026-02-01", note="Ask")
    OpeningExceptionFactory(page=exact, first_day="2030-01-01", last_day="2030-01-06")
    exact.save_revision().publish()
    full_map.phone.by_appointment, full_map.phone.summary = True, ""
    full_map.phone.save_revision().publish()
    record()
    assert differences(client, "en") == (3, [])


@pytest.mark.parametrize("city", ["brussels", "rome"])
def test_a_district_is_looked_for_in_its_city(safe_map: Map, city: str) -> None:
    DistrictFactory(code="rome-north", name="North", city=CityFactory(code="rome", name="Rome"))
    [proposal] = propose(table(GOOD | {"precision": "area", "city": city, "district": "North"}))
    assert proposal.problems == []
    assert proposal.page.district.code == f"{city}-north"


def test_services_at_one_location_are_one_place(safe_map: Map) -> None:
    location = {"id": "x", "location_type": "virtual", "name": "Line"}
    service = {
        "id": "1",
        "status": "active",
        "organization": {"id": "o", "name": "Example Association", "description": "x"},
        "service_areas": [{"id": "a", "name": "Brussels"}],
        "service_at_locations": [{"id": "l", "location": location}],
        "assured_date": "2026-11-01",
    }
    services = [
        service | {"name": kind, "attributes": [{"id": "t", "link_type": "service_type", "value": kind}]}
        for kind in ("legal", "talk")
    ]
    [proposal] = propose(json.dumps(services).encode(), checked_by="x", check_again_by="2027-01-01")
    assert (proposal.problems, proposal.title, proposal.page.city.code) == ([], "Line", "brussels")
    make([proposal], english())
    assert SafeSpacePage.objects.get(title="Line").help.count() == 2


# What is wrong ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 300}, "title"),
        ({"organisation": ""}, "organisation"),
        ({"city": "nowhere"}, "city"),
        ({"city": ""}, "city"),
        ({"precision": "near"}, "precision"),
        ({"district": "nowhere", "precision": "area"}, "district"),
        ({"precision": "area"}, "district"),
        ({"precision": "exact"}, "street"),
        ({"precision": "exact", "street": "1 Test Street"}, "latitude"),
        ({"street": "1 Test Street"}, "street"),
        ({"street": "1 Test Street", "precision": "area", "district": "brussels-north"}, "street"),
        ({"latitude": "50.85", "longitude": "4.35"}, "latitude"),
        ({"latitude": "north"}, "latitude"),
        ({"latitude": "1e1"}, "latitude"),
        ({"district": "brussels-north"}, "district"),
        ({"way_there": "Ring twice"}, "way_there"),
        ({"arrival": "At 50.84671, 4.35249"}, "arrival"),
        ({"checked_on": ""}, "checked_on"),
        ({"checked_on": "1 November"}, "checked_on"),
        ({"checked_on": "2026-02-30"}, "checked_on"),
        ({"checked_on": "2099-01-01"}, "checked_on"),
        ({"check_again_by": "2026-10-01"}, "check_again_by"),
        ({"is_free": "maybe"}, "is_free"),
        ({"is_free": "no"}, "cost"),
        ({"languages": "french"}, "languages"),
        ({"audiences": "nobody"}, "audiences"),
        ({"wheelchair": "sometimes"}, "wheelchair"),
        ({"phones": "call us"}, "phones (1, number)"),
        ({"phones": "+00 0000 0101\n=cmd"}, "phones (2, number)"),
        ({"phones": "+00 0000 0101 | fax"}, "phones (1, kind)"),
        ({"phones": "+00 0000 0101 | voice | | | | | | | "}, "phones"),
        ({"help": "nonsense"}, "help"),
        ({"help": "legal | | | | old"}, "help (1, minimum_age)"),
        ({"help": "legal | | | | 99 | 18"}, "help (1, maximum_age)"),
        ({"hours": "MO | 25:00 | 26:00"}, "hours (1, opens_at)"),
        ({"hours": "Monday | 09:00 | 17:00"}, "hours (1, days)"),
        ({"hours": "MO | 09:00"}, "hours (1, closes_at)"),
        ({"hours": "MO | 09:00 | 17:00 | 7"}, "hours (1, week)"),
        ({"hours": "MO | 09:00 | 17:00 | | 2026-02-01 | 2026-01-01"}, "hours (1, valid_until)"),
        ({"exceptions": "someday"}, "exceptions (1, first_day)"),
        ({"exceptions": "2026-12-25 | 2026-12-24"}, "exceptions (1, last_day)"),
        ({"exceptions": "2026-12-25 | | 10:00"}, "exceptions (1, closes_at)"),
        ({"locale": "fr"}, "locale"),
        ({"text_language": "fr"}, "locale"),
        ({"arrival": "x" * 10_001}, "arrival"),
        ({"summary": "x" * 301}, "summary"),
    ],
)
def test_each_mistake_is_named_by_row_and_column(safe_map: Map, change: dict[str, str], column: str) -> None:
    before = counted()
    found = problems(table(GOOD | {"title": "First"}, GOOD | change, columns=COLUMNS))
    assert (3, column) in found
    assert {row for row, _column in found} == {3}
    assert counted() == before


def test_every_mistake_of_every_row_is_named_at_once(safe_map: Map) -> None:
    bad = GOOD | {"city": "nowhere", "checked_on": "x", "street": "1 Test Street"}
    found = problems(table(bad, GOOD | {"title": "Good"}, bad | {"title": "Other"}))
    assert sorted(found) == [(row, column) for row in (2, 4) for column in ("checked_on", "city", "street")]


def test_every_mistake_within_a_cell_is_named_at_once(safe_map: Map) -> None:
    bad = {
        "hours": "XX | 9 | 25:00\nMO | 09:00 | 17:00 | 7",
        "exceptions": "x | | x | 10:00",
        "phones": "abc | pigeon | | klingon",
    }
    assert sorted(column for _row, column in problems(table(GOOD | bad))) == [
        "exceptions (1, first_day)", "exceptions (1, opens_at)", "hours (1, closes_at)", "hours (1, days)",
        "hours (1, opens_at)", "hours (2, week)", "phones (1, kind)", "phones (1, languages)", "phones (1, number)",
    ]  # fmt: skip


def test_the_same_place_twice_in_a_file_is_named(safe_map: Map) -> None:
    assert problems(table(GOOD, GOOD)) == [(3, "title")]
    assert problems(table(GOOD | {"key": "1"}, GOOD | {"key": "1", "title": "Other"})) == [(3, "title")]


def test_a_formula_is_text(safe_map: Map, client: Client) -> None:
    make(propose(table(GOOD | {"title": "=1+1", "arrival": '=HYPERLINK("http://x")'})), english())
    SafeSpacePage.objects.get(title="=1+1").save_revision().publish()
    record()
    cells = [cell for row in csv.reader(io.StringIO(exported(client).decode())) for cell in row]
    assert "'=1+1" in cells
    assert [cell for cell in cells if cell[:1] in {*"=+-@\t\r"} - {""}] == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"  \n",
        table(GOOD | {"title": "Café"}).decode().encode("latin-1"),
        b"\x00\x01\x02",
        b"\x89PNG\r\n\x1a\n",
        b"title,city\n",
        b"title\nx\n",
        b"title,city,city\nx,y,z\n",
        b"title,city,password\nx,y,z\n",
        b'title,city\n"x,y\n',
        b'title,city\n"' + b"x" * 200_000 + b'",y\n',
        b"{",
        b"[1]",
        b"[]",
        b'{"contents": 1}',
        b'[{"service_at_locations": 1}]',
        b'[{"service_at_locations": [{"location": 1}]}]',
        b'[{"cost_options": [1]}]',
        b'[{"name": {"x": 1}}]',
        b"[" * 100_000,
        b"title,city\n" + b"x,y\n" * (MOST_ROWS + 1),
        b"x" * (20 * 1024 * 1024 + 1),
    ],
    ids=range(22),
)
def test_what_cannot_be_read_is_refused_whole(content: bytes) -> None:
    with pytest.raises(Unreadable):
        read(content)


@pytest.mark.parametrize(
    "content",
    [
        table(GOOD, separator=";"),
        table(GOOD, separator="\t"),
        b"\xef\xbb\xbf" + table(GOOD),
        table(GOOD, separator="\t").decode().encode("utf-16"),
        table(GOOD).replace(b"\r\n", b"\n"),
        table(GOOD).replace(b"title", b" Title "),
    ],
    ids=["semicolon", "tab", "bom", "utf-16", "lf", "name"],
)
def test_tables_of_other_programs_are_read(safe_map: Map, content: bytes) -> None:
    [proposal] = propose(content)
    assert (proposal.outcome, proposal.title) == (Outcome.NEW, "The Blue Room")


def test_a_thousand_rows_cost_no_more_questions_than_one(safe_map: Map, django_assert_max_num_queries: Any) -> None:
    content = table(*(GOOD | {"title": f"Place {number}", "help": "legal"} for number in range(1000)))
    with django_assert_max_num_queries(12):
        assert {row.outcome for row in propose(content)} == {Outcome.NEW}


# What is there already -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("known_by", ["name", "our key", "their key"])
def test_every_mistake_of_a_row_that_is_there_is_named_too(safe_map: Map, known_by: str) -> None:
    """It is not changed, and whoever corrects the file sees all of it."""
    first = GOOD | {"key": "a-1"}
    make(propose(table(first)), english())
    key = str(SafeSpacePage.objects.get(title="The Blue Room").translation_key)
    here = GOOD | {"name": {}, "our key": {"key": key}, "their key": {"key": "a-1", "title": "Renamed"}}[known_by]
    before = counted()
    bad = here | {"city": "nowhere", "checked_on": "x", "hours": "MO | 09:00 | 17:00 | 7", "precision": "area"}
    [row] = propose(table(bad))
    assert row.outcome is Outcome.THERE
    assert {one.column for one in row.problems} == {"city", "checked_on", "hours (1, week)", "precision", "district"}
    counts = make([row], english())
    assert (counts.made, counts.there, counts.refused, counted()) == (0, 1, 0, before)
    [row] = propose(table(here))
    assert (row.outcome, row.problems) == (Outcome.THERE, [])


def test_a_row_that_is_there_twice_is_named(safe_map: Map) -> None:
    make(propose(table(GOOD)), english())
    rows = propose(table(GOOD, GOOD))
    assert [(row.outcome, [one.column for one in row.problems]) for row in rows] == [
        (Outcome.THERE, []),
        (Outcome.THERE, ["title"]),
    ]


def test_services_that_are_there_are_looked_at_too(safe_map: Map, client: Client) -> None:
    services = client.get("/api/v2/hsds/services?full=true").json()["contents"]
    [there, *_rest] = propose(json.dumps(services).encode())
    assert (there.outcome, there.problems) == (Outcome.THERE, [])
    services[0]["check_again_by"] = "never"
    [there, *_rest] = propose(json.dumps(services).encode())
    assert (there.outcome, [one.column for one in there.problems]) == (Outcome.THERE, ["check_again_by"])


def test_our_own_table_names_no_mistake_where_its_places_are(full_map: Map, client: Client) -> None:
    rows = propose(exported(client))
    assert [(row.outcome, row.problems) for row in rows] == [(Outcome.THERE, [])] * 3


def test_who_was_quicker_is_not_counted_as_made(safe_map: Map) -> None:
    proposed = propose(table(GOOD))
    make(propose(table(GOOD)), english())
    counts = make(proposed, english())
    assert (counts.made, counts.there) == (0, 1)


# The command -----------------------------------------------------------------------------------------------------


def run(path: Path, *options: str) -> str:
    out = io.StringIO()
    call_command("import_places", str(path), *options, stdout=out)
    return out.getvalue()


def test_a_dry_run_says_all_and_makes_nothing(safe_map: Map, tmp_path: Path) -> None:
    path = tmp_path / "places.csv"
    path.write_bytes(table(GOOD, GOOD | {"title": "Bad", "city": "nowhere"}))
    before = counted()
    assert run(path, "--dry-run").splitlines() == [
        "row 3, city: There is no such code: nowhere.",
        "1 to make, 0 there already, 1 refused",
    ]
    assert counted() == before
    assert run(path).splitlines()[-1] == "1 made as drafts, 0 there already, 1 refused"
    assert run(path).splitlines() == [
        "row 2: already there, not changed",
        "row 3, city: There is no such code: nowhere.",
        "0 made as drafts, 1 there already, 1 refused",
    ]
    path.write_bytes(table(GOOD | {"languages": "french"}))
    assert run(path, "--dry-run").splitlines() == [
        "row 2: already there, not changed",
        "row 2, languages: Write codes such as: fr, ar, ti",
        "0 to make, 1 there already, 0 refused",
    ]


def test_empty_cells_can_be_given_a_meaning(safe_map: Map, tmp_path: Path) -> None:
    path = tmp_path / "places.csv"
    path.write_bytes(table({name: GOOD[name] for name in GOOD if name not in {"organisation", "checked_by"}}))
    said = run(path, "--organisation", "Example Association", "--default", "checked_by=social worker")
    assert said.startswith("1 made")


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["nothing.csv"], "cannot be read"),
        (["places.csv", "--locale", "xx"], "no language"),
        (["places.csv", "--default", "password=x"], "no column"),
        (["places.csv", "--locale", "fr"], "no list of safe spaces"),
        (["bad.csv"], "UTF-8"),
    ],
)
def test_what_the_command_cannot_do_is_one_sentence(
    safe_map: Map, tmp_path: Path, options: list[str], reason: str
) -> None:
    (tmp_path / "places.csv").write_bytes(table(GOOD))
    (tmp_path / "bad.csv").write_bytes(b"title,city\n\xe9,x\n")
    with pytest.raises(CommandError, match=reason):
        run(tmp_path / options[0], *options[1:])


def test_imports_in_another_language_stand_in_its_tree(safe_map: Map, tree: Tree) -> None:
    french = locale("fr")
    safe_map.index.copy_for_translation(french)
    HelpFactory(code="legal", name="Conseil juridique", locale=french)
    row = GOOD | {"title": "La Salle", "help": "Conseil juridique"}
    [proposal] = proposals(read(table(row)), french)
    assert proposal.problems == []
    make([proposal], french)
    page = SafeSpacePage.objects.get(title="La Salle")
    assert (page.locale, page.help.get().kind.locale.language_code) == (french, "en")


# The screen ------------------------------------------------------------------------------------------------------


def upload(client: Client, content: bytes, **more: Any) -> Any:
    file = io.BytesIO(content)
    file.name = "places.csv"
    return client.post("/cms/safe-spaces/import/", {"file": file, "locale": english().pk, **more})


def test_staff_see_what_is_wrong_and_then_make_drafts(safe_map: Map, client: Client) -> None:
    sign_in(client, UserFactory(is_superuser=True))
    assert 'type="file"' in client.get("/cms/safe-spaces/import/").content.decode()
    before = counted()
    looked = upload(client, table(GOOD, GOOD | {"title": "Bad", "city": "nowhere"}))
    html = looked.content.decode()
    assert counted() == before
    assert [text in html for text in ("There is no such code: nowhere.", "The Blue Room", ">3<")] == [True] * 3
    form = looked.context_data["form"]
    held = {"content": form.initial["content"], "locale": english().pk, "organisation": "", "apply": "yes"}
    answer = client.post("/cms/safe-spaces/import/", held)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/cms/pages/{safe_map.index.pk}/")
    assert SafeSpacePage.objects.get(title="The Blue Room").live is False
    html = upload(client, table(GOOD | {"city": "nowhere"})).content.decode()
    assert "Row 2: The Blue Room (Example Association)" in html
    assert "There already, not changed" in html
    assert "There is no such code: nowhere." in html


@pytest.mark.parametrize(
    "content", [b"", b"\xff", b"title,city\n\xe9,x\n", b"x" * (1024 * 1024 + 1), b"title,city\n" + b"x,y\n" * 501]
)
def test_what_the_screen_cannot_take_is_said_beside_the_file(safe_map: Map, client: Client, content: bytes) -> None:
    sign_in(client, UserFactory(is_superuser=True))
    answer = upload(client, content)
    assert (answer.status_code, list(answer.context_data["form"].errors)) == (200, ["file"])


def test_a_broken_form_is_no_error(safe_map: Map, client: Client) -> None:
    sign_in(client, UserFactory(is_superuser=True))
    answer = client.post("/cms/safe-spaces/import/", {"content": "é!", "locale": english().pk, "apply": "yes"})
    assert (answer.status_code, bool(answer.context_data["form"].errors)) == (200, True)


def test_who_may_add_no_place_may_import_none(safe_map: Map, client: Client) -> None:
    make_roles()

    user = UserFactory()
    user.groups.add(Group.objects.get(name="Translators"))
    sign_in(client, user)
    assert upload(client, table(GOOD)).status_code == 302
    assert "Import safe spaces" not in client.get("/cms/").content.decode()
    assert not SafeSpacePage.objects.filter(title="The Blue Room").exists()
