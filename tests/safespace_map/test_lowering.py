"""Lowering: afterwards no column of the database holds a word of the address."""

import io
import json
import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client, TestCase
from django.utils import timezone
from django.utils.html import strip_tags
from pypdf import PdfReader
from wagtail.admin.models import FormState
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Comment, Page, PageLogEntry, Revision
from wagtail_localize.models import String, StringTranslation, TranslationSource

from equalcity.core.models import User
from equalcity.publication import feed, journal, outbox
from equalcity.publication.models import Outgoing, Publication
from equalcity.publication.recall import recall
from equalcity.publication.record import record
from equalcity.translation.translate import write_translation
from safespace_map.hunting import hunt
from safespace_map.lowering import NotLower, carry_out, lower
from safespace_map.models import RemovedStreet, SafeSpacePage
from search import indexer
from tests.factories import PhoneLineFactory, Tree, UserFactory, locale
from tests.factories.map import Map
from tests.factories.staff import sign_in

pytestmark = pytest.mark.django_db
STREET, WAY = "47 Quillon Marsh Lane", "Ring at the copper heron"
FOUND = ("quillon", "marsh lane", "copper heron", "50.8467", "4.3525", "1047")


@pytest.fixture
def place(safe_map: Map, tree: Tree) -> SafeSpacePage:
    """An exact place whose address got everywhere: drafts, translations, comments, log, previews, old addresses."""
    page = safe_map.exact
    page.street, page.postal_code, page.way_there = STREET, "1047", WAY
    page.title = "Heron at Quillon Marsh Lane 47"
    page.arrival = "We are at 47, quillon marsh lane. On maps: 50.84671, 4.35249."
    page.other_words = "the house in Quillon Marsh Lane"
    page.slug = "heron-quillon-marsh-lane-47"
    page.save_revision().publish()
    page = SafeSpacePage.objects.get(pk=page.pk)
    PhoneLineFactory(page=page, name="Bell of Quillon Marsh Lane")

    def fill(french: Any) -> None:
        french.way_there = "Sonnez: copper heron"
        french.arrival = "Au 47 Quillon Marsh Lane."

    write_translation(page, locale("fr"), fill, publish=True)
    SafeSpacePage.objects.get(pk=page.pk).copy_for_translation(locale("ar"), copy_parents=True, alias=True)
    page = SafeSpacePage.objects.get(pk=page.pk)
    page.summary = "A draft that names Quillon Marsh Lane"
    page.save_revision()
    staff = UserFactory()
    Comment.objects.create(page=page, user=staff, text=f"Is {STREET} right?", contentpath="street")
    PageLogEntry.objects.log_action(page, "wagtail.edit", data={"note": STREET}, title=STREET)
    FormState.objects.update_or_create_by_instance(
        instance=page, user=staff, defaults={"data": f"street={STREET}", "last_updated_at": "2030-01-01T00:00Z"}
    )
    Redirect.objects.create(old_path="/en/quillon-marsh-lane", redirect_page=page)
    record()
    indexer.update()
    return page


def stored() -> Iterator[tuple[str, str, str]]:
    """Every text of every table, read past all models: table, column, value."""
    tables = [name for name in connection.introspection.table_names() if not name.startswith("sqlite_")]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            tables = [name for (name,) in cursor.fetchall()]
    for table in tables:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names = [one[0] for one in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    if value is not None and not isinstance(value, int | float):
                        text = value.decode("utf-8", "ignore") if isinstance(value, bytes) else str(value)
                        yield table, name, text


def traces() -> list[tuple[str, str, str]]:
    return [
        (table, column, word)
        for table, column, text in stored()
        for word in FOUND
        if word in text.casefold() and not (word == "1047" and len(text) > 4)
    ]


def places() -> list[SafeSpacePage]:
    return list(SafeSpacePage.objects.filter(street=STREET).order_by("pk"))


def test_it_was_everywhere_before(place: SafeSpacePage) -> None:
    """Else the next test looks for nothing."""
    assert len(places()) == 3
    tables = {table for table, _column, _word in traces()}
    assert tables >= {
        "wagtailcore_page", "safespace_map_safespacepage", "wagtailcore_revision", "publication_publicationbody",
        "wagtail_localize_translationsource", "wagtail_localize_string", "wagtail_localize_stringtranslation",
        "wagtailcore_comment", "wagtailcore_pagelogentry", "wagtailadmin_formstate", "search_entry",
        "wagtailredirects_redirect", "safespace_map_phoneline", "publication_publication",
    }  # fmt: skip


@pytest.mark.parametrize("to", ["area", "phone"])
def test_nothing_of_it_is_stored_afterwards(place: SafeSpacePage, to: str) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        lower(place, to, UserFactory(username="who-lowers"))
    assert traces() == []
    record()
    indexer.update()
    assert traces() == []
    assert list(hunt()) == []
    assert set(SafeSpacePage.objects.filter(translation_key=place.translation_key).values_list("precision")) == {(to,)}
    page = SafeSpacePage.objects.get(pk=place.pk)
    assert page.title == "Heron at [removed]"
    assert page.slug == "heron"
    assert (page.district is None) == (to == "phone")


def test_what_is_public_is_without_it_in_the_same_transaction(place: SafeSpacePage, client: Client) -> None:
    """Nothing was recorded anew yet, and nobody's copy is still the right one."""
    before = client.get(f"/api/v2/pages/{place.pk}/")
    numbers = {one.locale: one.seq for one in Publication.objects.filter(key=place.translation_key, original=None)}
    lower(place, "area")
    after = client.get(f"/api/v2/pages/{place.pk}/", headers={"if-none-match": before.headers["ETag"]})
    assert after.status_code == 200
    assert (after.json()["street"], after.json()["latitude"], after.json()["precision"]) == ("", None, "area")
    told = feed.changes(feed.decode(feed.encode(feed.changes(None, limit=1).next)), limit=500)
    items = {item.locale: item for item in told.items if item.key == place.translation_key}
    assert all(item.seq > numbers[code] for code, item in items.items())
    assert set(items) == {"en", "fr"}
    for item in items.values():
        assert orjson.loads(item.source)["fields"]["street"] == ""
        assert "quillon" not in item.source.casefold()


def test_recording_afterwards_is_read_by_partners(place: SafeSpacePage) -> None:
    """The etag of an item fits its bytes, whoever wrote them."""
    from equalcity.publication.source import canonical, etag

    lower(place, "area")
    for _round in range(2):
        for row in Publication.objects.filter(key=place.translation_key, original=None).select_related("body"):
            assert etag(canonical(orjson.loads(row.body.source))) == row.source_etag
        record()


def test_the_memory_still_knows_what_may_be_known(place: SafeSpacePage) -> None:
    source = TranslationSource.objects.get(object_id=place.translation_key)
    lower(place, "area")
    source.refresh_from_db()
    content = json.loads(source.content_json)
    assert (content["street"], content["latitude"], content["precision"]) == ("", None, "area")
    said = StringTranslation.objects.filter(context__object_id=place.translation_key, context__path="arrival")
    assert said.get().data == "Au [removed]."
    assert "[removed]" in said.get().translation_of.data
    assert not String.objects.filter(data__icontains="quillon").exists()


def test_an_address_that_another_place_shows_in_public_stays(place: SafeSpacePage, safe_map: Map, tree: Tree) -> None:
    from tests.factories import ExactPlaceFactory

    other = ExactPlaceFactory(parent=safe_map.organisation, city=tree.city, title="Counter", street=STREET)
    record()
    lower(place, "area")
    other.refresh_from_db()
    assert other.street == STREET
    assert list(hunt()) == []


def test_revisions_can_be_published_again(place: SafeSpacePage) -> None:
    lower(place, "area")
    for revision in Revision.page_revisions.filter(object_id=str(place.pk)):
        revision.publish()
    assert traces() == []


def test_a_place_that_is_known_no_better_cannot_be_lowered(safe_map: Map) -> None:
    with pytest.raises(NotLower):
        lower(safe_map.area, "area")
    with pytest.raises(NotLower):
        lower(safe_map.phone, "area")


def test_a_mistake_takes_everything_back(place: SafeSpacePage, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(outbox, "write", fail)
    with pytest.raises(RuntimeError):
        lower(place, "area")
    assert len(places()) == 3


# The door -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("to", ["area", "phone", "exact"])
@pytest.mark.parametrize("name", ["exact", "area", "phone"])
def test_nothing_else_changes_the_precision(safe_map: Map, name: str, to: str) -> None:
    if name == to:
        return
    place = getattr(safe_map, name)
    for field, value in (
        ("street", ""),
        ("postal_code", ""),
        ("way_there", ""),
        ("latitude", None),
        ("longitude", None),
    ):
        setattr(place, field, value)
    place.precision = to
    if to == "exact":
        place.street, place.latitude, place.longitude = STREET, "50.1", "4.1"
    if to == "phone":
        place.district = None
    for act in (place.full_clean, place.save, place.save_revision):
        with pytest.raises(ValidationError, match="page of its own"):
            act()


def test_a_translation_keeps_to_the_precision_of_its_original(safe_map: Map) -> None:
    french = safe_map.area.copy_for_translation(locale("fr"), copy_parents=True)
    french.precision, french.street, french.latitude, french.longitude = "exact", STREET, "50.1", "4.1"
    with pytest.raises(ValidationError, match="page of its own"):
        french.save_revision()
    new = SafeSpacePage(
        title="x", translation_key=safe_map.area.translation_key, locale=locale("ar"), precision="exact",
        city=safe_map.area.city,
    )  # fmt: skip
    with pytest.raises(ValidationError, match="page of its own"):
        new.minimal_clean()


def test_the_form_shows_it_and_takes_no_other(safe_map: Map, tree: Tree) -> None:
    form_class = SafeSpacePage.get_edit_handler().get_form_class()
    form = form_class(instance=safe_map.area, for_user=UserFactory(is_superuser=True))
    assert form.fields["precision"].disabled
    assert f"/cms/safe-spaces/{safe_map.area.pk}/precision/" in form.fields["precision"].help_text
    new = form_class(instance=SafeSpacePage(locale=locale("en")), for_user=UserFactory(is_superuser=True))
    assert not new.fields["precision"].disabled


# What is outside ------------------------------------------------------------------------------------------------


def test_the_journal_lowers_what_a_backup_brought_back(place: SafeSpacePage) -> None:
    key = place.translation_key
    entry = journal.Entry(uuid.uuid4(), "lower", key, "phone")
    carry_out(entry)
    assert traces() == []
    carry_out(entry)
    carry_out(journal.Entry(uuid.uuid4(), "lower", uuid.uuid4(), "phone"))
    assert Outgoing.objects.filter(key=key).exists()


def test_a_restored_database_is_told_at_once(place: SafeSpacePage, journal_file: Path) -> None:
    from django.core.management import call_command
    from django.db import transaction

    before = transaction.savepoint()
    lower(place, "area")
    transaction.savepoint_rollback(before)
    assert len(places()) == 3
    journal_file.write_bytes(journal_file.read_bytes() + b'{"id": "cut sho')
    call_command("apply_journal", verbosity=0)
    assert traces() == []
    lines = journal_file.read_bytes()
    call_command("apply_journal", verbosity=0)
    assert journal_file.read_bytes() == lines
    journal.write("recall", uuid.uuid4())
    assert [one.act for one in journal.entries()] == ["lower", "recall"]


def test_no_street_can_be_read_from_what_is_kept_of_it(place: SafeSpacePage) -> None:
    lower(place, "area")
    rows = list(RemovedStreet.objects.values_list("digest", "words"))
    assert {words for _digest, words in rows} == {3}
    assert all(len(digest) == 64 for digest, _words in rows)


def test_staff_see_who_has_to_confirm(place: SafeSpacePage) -> None:
    lower(place, "area")
    client = sign_in(Client(), UserFactory(is_superuser=True))
    keepers = {"cache": "Cache"} | ({"disk": "File of the database sqlite"} if connection.vendor == "sqlite" else {})
    why = "to be known less exactly"
    assert seen(client) == {(place_title(place), why, keeper): "not yet" for keeper in keepers.values()}
    Outgoing.objects.filter(channel="cache").update(confirmed_at=timezone.now())
    waits = {keeper for (_title, _why, keeper), confirmed in seen(client).items() if confirmed == "not yet"}
    assert waits == set(keepers.values()) - {"Cache"}


def place_title(place: SafeSpacePage) -> str:
    title: str = Page.objects.get(pk=place.pk).title
    return title


def seen(client: Client) -> dict[tuple[str, ...], str]:
    """Return what stands in the lines of “Taken back”: page, why and who, and when it was confirmed."""
    table = client.get("/cms/taken-back/").content.decode().split("<tbody>")[1]
    lines = [re.split(r"</t[hd]>", line) for line in table.split("<tr>")[1:]]
    cells = [[" ".join(strip_tags(cell).split()) for cell in line] for line in lines]
    return {tuple(line[:3]): line[4] for line in cells}


def test_no_pdf_of_a_place_waits_in_the_memory_of_a_process(place: SafeSpacePage, client: Client) -> None:
    """What a process keeps for itself cannot be taken back from another one."""
    cache.clear()
    assert "Quillon" in pdf_text(client, place)
    client.get(f"{place.get_parent().get_parent().url}pdf/")
    assert not [name for name in cache._cache if ":pdf:" in name]


def test_no_pdf_tells_of_it_afterwards(place: SafeSpacePage, client: Client) -> None:
    assert "Quillon" in pdf_text(client, place)
    with TestCase.captureOnCommitCallbacks():
        lower(place, "area")  # as another process would: nothing here hears of it
    assert "Quillon" not in pdf_text(client, SafeSpacePage.objects.get(pk=place.pk))
    recall(place.translation_key)
    assert client.get(f"{SafeSpacePage.objects.get(pk=place.pk).url}pdf/").status_code == 404


def pdf_text(client: Client, place: SafeSpacePage) -> str:
    pages = PdfReader(io.BytesIO(client.get(f"{place.url}pdf/").content)).pages
    return " ".join(page.extract_text() for page in pages)


def test_pages_of_others_are_left_alone(place: SafeSpacePage, tree: Tree) -> None:
    tree.about.summary = f"We met near {STREET}"
    tree.about.save()
    lower(place, "area")
    assert Page.objects.get(pk=tree.about.pk).specific.summary == f"We met near {STREET}"
    assert "home.StandardPage" in {find.table for find in hunt()}


def test_who_lowers_is_in_the_log(place: SafeSpacePage) -> None:
    user: User = UserFactory()
    lower(place, "phone", user)
    entry = PageLogEntry.objects.filter(page=place.pk, action="safespace_map.lower").get()
    assert (entry.user, entry.data["from"], entry.data["to"]) == (user, "exact", "phone")
