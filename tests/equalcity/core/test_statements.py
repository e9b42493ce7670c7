"""Statements: the same rows as the querysets they are made of, for every value and in every thread."""

import threading
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import F, QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from equalcity.core.public import IsPublic
from equalcity.core.statements import statement
from equalcity.publication.models import Dirty, Publication
from tests.factories import Tree
from toolbox_pages.models import BestPracticePage


def pages_of(depth: Any) -> "QuerySet[Page]":
    return Page.objects.filter(depth=depth).order_by("path")


def with_locale(depth: Any) -> "QuerySet[Page]":
    return pages_of(depth).select_related("locale")


def annotated(depth: Any) -> "QuerySet[Page]":
    return pages_of(depth).annotate(is_public=IsPublic())


def two_columns(depth: Any) -> "QuerySet[Page, Any]":
    return pages_of(depth).values_list("translation_key", "first_published_at")


def named_columns(depth: Any) -> "QuerySet[Page, Any]":
    return pages_of(depth).values_list("translation_key", "live", named=True)


def calculated_column_first(depth: Any) -> "QuerySet[Page, Any]":
    return pages_of(depth).annotate(above=F("depth") - 1).values_list("above", "translation_key", named=True)


def one_column(depth: Any) -> "QuerySet[Page, Any]":
    return pages_of(depth).values_list("translation_key", flat=True)


def as_mappings(depth: Any) -> "QuerySet[Page, Any]":
    return pages_of(depth).values("pk", "translation_key", "live")


@pytest.mark.parametrize(
    "make", [pages_of, with_locale, two_columns, named_columns, calculated_column_first, one_column, as_mappings]
)
def test_rows_are_those_of_the_queryset(make: Any, published: Tree) -> None:
    ask = statement(make)
    for depth in (2, 3, 4, 3, 99):
        wanted = list(make(depth))
        found = ask(depth)
        assert found == wanted
        assert [type(row) for row in found] == [type(row) for row in wanted]
        assert [getattr(row, "_fields", ()) for row in found] == [getattr(row, "_fields", ()) for row in wanted]
    assert ask(3)


def test_rows_hold_every_field_and_what_stands_beside_them(published: Tree) -> None:
    [found], [wanted] = statement(with_locale)(2)[:1], list(with_locale(2)[:1])
    for one in Page._meta.concrete_fields:
        assert getattr(found, one.attname) == getattr(wanted, one.attname), one.name
    with CaptureQueriesContext(connection) as asked:
        assert found.locale == wanted.locale
        assert found.locale.language_code == wanted.locale.language_code
    assert len(asked) == 0
    found.title = "Another"
    found.save()
    assert Page.objects.get(pk=found.pk).title == "Another"


def test_values_of_every_kind(published: Tree) -> None:
    now = timezone.now()
    page = published.practices[0]
    Page.objects.filter(pk=page.pk).update(first_published_at=now)
    by_key = statement(lambda key: Page.objects.filter(translation_key=key))
    assert page.page_ptr in by_key(page.translation_key)
    assert by_key(uuid.uuid4()) == []
    by_time = statement(lambda moment: Page.objects.filter(first_published_at=moment))
    assert by_time(now.astimezone(UTC)) == [page.page_ptr]
    assert by_time(now + timedelta(microseconds=1)) == []
    by_truth = statement(lambda live: Page.objects.filter(live=live).order_by("pk"))
    for live in (True, False):
        assert by_truth(live) == list(Page.objects.filter(live=live).order_by("pk"))
    by_title = statement(lambda title: Page.objects.filter(title=title))
    assert by_title(page.title)
    assert by_title("' OR 1=1 --") == []


def test_several_values(published: Tree) -> None:
    pages = list(Page.objects.filter(depth__gt=1).order_by("pk"))
    by_pk = statement(lambda pks: Page.objects.filter(pk__among=pks).order_by("pk"))
    by_key = statement(lambda keys: Page.objects.filter(translation_key__among=keys).order_by("pk"))
    by_path = statement(lambda paths: Page.objects.filter(path__among=paths).order_by("pk"))
    for some in (pages, pages[:1], []):
        assert by_pk([one.pk for one in some]) == some
        assert by_path([one.path for one in some]) == some
        keys = [one.translation_key for one in some]
        assert by_key(keys) == list(Page.objects.filter(translation_key__in=keys).order_by("pk"))
        assert list(Page.objects.filter(pk__among=[one.pk for one in some]).order_by("pk")) == some


def test_a_related_row_of_the_page_type_comes_with_it(published: Tree) -> None:
    read = statement(lambda pk: BestPracticePage.objects.filter(pk=pk).select_related("city"))
    page = published.practices[0]
    [found] = read(page.pk)
    with CaptureQueriesContext(connection) as asked:
        assert found.city == BestPracticePage(city_id=page.city_id).city if page.city_id else found.city is None
    assert len(asked) == (1 if page.city_id else 0)


def test_what_would_keep_the_time_of_its_building_is_refused(published: Tree) -> None:
    with pytest.raises(TypeError, match="clock"):
        statement(annotated)(2)
    ask = statement(lambda now: Page.objects.filter(depth=2).annotate(is_public=IsPublic(now=now)).order_by("pk"))
    home = Page.objects.filter(depth=2, live=True).first()
    assert home is not None
    ends = datetime(2100, 1, 1, tzinfo=UTC)
    Page.objects.filter(pk=home.pk).update(expire_at=ends)
    for moment, public in ((ends - timedelta(microseconds=1), True), (ends + timedelta(microseconds=1), False)):
        assert [bool(one.is_public) for one in ask(moment) if one.pk == home.pk] == [public]


def test_nothing_is_compared_with_none(published: Tree) -> None:
    with pytest.raises(TypeError, match="None"):
        statement(lambda parent: Publication.objects.filter(parent_id=parent))(None)


def test_the_function_is_called_once(published: Tree) -> None:
    calls = []

    @statement
    def marks_of(kind: str, object_id: int) -> "QuerySet[Dirty]":
        calls.append(kind)
        return Dirty.objects.filter(kind=kind, object_id=object_id)

    mark = Dirty.objects.create(kind="page", object_id=7)
    assert marks_of("page", 7) == [mark]
    assert marks_of(kind="page", object_id=7) == [mark]
    assert marks_of("page", object_id=8) == []
    assert len(calls) == 1


@pytest.mark.django_db
def test_each_thread_asks_by_its_own_connection() -> None:
    marks = statement(lambda object_id: Dirty.objects.filter(object_id=object_id).order_by("pk"))
    assert marks(7) == []
    found: list[Any] = []

    def ask() -> None:
        try:
            with CaptureQueriesContext(connection) as asked:
                found.append((marks(7), len(asked)))
        finally:
            connection.close()

    with CaptureQueriesContext(connection) as asked_here:
        threads = [threading.Thread(target=ask) for _number in range(3)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
    assert found == [([], 1)] * 3
    assert len(asked_here) == 0
