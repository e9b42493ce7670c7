"""source -> page -> source is the identity for trainings too: numbers, files and drawings come back as they were."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as bounded
from hypothesis import strategies as st

from equalcity.publication.apply import apply_source
from equalcity.publication.source import source_of
from equalcity.replication.cleaning import clean_source
from tests.factories import TrainingModulePageFactory, TrainingProgrammePageFactory, Tree
from tests.property.test_source_identity import (
    DOCUMENTS,
    FIELDS,
    IMAGES,
    Library,
    content,
    known,
    rich_texts,
    rows,
    terms,
    texts,
)
from toolbox_pages.models import TrainingModulePage, TrainingProgrammePage, TrainingSession

pytestmark = pytest.mark.property

BASE = {
    name: FIELDS[name]
    for name in (
        "title",
        "slug",
        "seo_title",
        "search_description",
        "show_in_menus",
        "summary",
        "other_words",
        "is_example",
        "machine_translated",
    )
}
minutes = st.none() | st.integers(0, 32767)
days = st.dates(datetime.date(1990, 1, 1)).map(datetime.date.isoformat)
counts = st.none() | st.integers(0, 10**6)
values = st.none() | st.decimals(0, Decimal("999.9"), places=1).map(lambda value: str(abs(value)))

PROGRAMME: dict[str, st.SearchStrategy[Any]] = {
    **BASE,
    "city": FIELDS["city"],
    "audience": texts,
    "roles": terms("role"),
    "target_groups": terms("target_group"),
    "themes": terms("theme"),
    "version": texts,
    "series": st.from_regex(r"[a-z0-9-]{0,20}", fullmatch=True),
    "objectives": rich_texts,
    "prerequisites": rich_texts,
    "group_from": minutes,
    "group_to": minutes,
    "planned_minutes": minutes,
}
PROGRAMME_ROWS = {
    "runs": rows(
        audience=texts,
        starts_on=days,
        ends_on=st.none() | days,
        precision=st.sampled_from(["day", "month"]),
        place=texts,
    ),
    "results": rows(
        question=texts,
        scale=texts,
        unit=st.sampled_from(["mean", "share"]),
        lowest=st.integers(0, 10),
        highest=st.integers(0, 100),
        n_before=counts,
        before=values,
        n_after=counts,
        after=values,
    ),
}
MODULE: dict[str, st.SearchStrategy[Any]] = {
    **BASE,
    "kind": st.sampled_from(TrainingModulePage.Kind.values),
    "objectives": rich_texts,
    "planned_minutes": minutes,
}
MODULE_ROWS = {
    "sessions": rows(
        title=texts,
        minutes=st.integers(1, 600),
        method=st.sampled_from(TrainingSession.Method.values),
        materials=texts,
        activity=texts,
        note=texts,
    ),
    "handouts": rows(title=texts, text=texts, document=st.none() | known(DOCUMENTS, "$document")),
    "cards": rows(title=texts, image=st.none() | known(IMAGES, "$image"), alt_text=texts, talking_points=texts),
}


@pytest.fixture
def library(tree: Tree) -> Library:
    return Library(tree)


@pytest.fixture
def programme(tree: Tree) -> TrainingProgrammePage:
    made: TrainingProgrammePage = TrainingProgrammePageFactory(parent=tree.toolbox, city=tree.city)
    return made


@pytest.fixture
def module(programme: TrainingProgrammePage) -> TrainingModulePage:
    made: TrainingModulePage = TrainingModulePageFactory(parent=programme)
    return made


def comes_back(page: Any, library: Library, fields: dict[str, Any], children: dict[str, Any]) -> None:
    page.latest_revision = None
    source = {**source_of(page), "fields": library.named(fields), "children": library.named(children)}
    source = clean_source(type(page), source)
    assert not apply_source(page, source, library)
    assert content(source_of(page)) == content(source)
    page.save_revision(clean=False)
    assert content(source_of(page.get_latest_revision_as_object())) == content(source)


slowly = bounded(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


@given(fields=st.fixed_dictionaries(PROGRAMME), children=st.fixed_dictionaries(PROGRAMME_ROWS))
@slowly
def test_a_programme_comes_back_as_it_went_in(
    library: Library, programme: Any, fields: dict[str, Any], children: dict[str, Any]
) -> None:
    comes_back(TrainingProgrammePage.objects.get(pk=programme.pk), library, fields, children)


@given(fields=st.fixed_dictionaries(MODULE), children=st.fixed_dictionaries(MODULE_ROWS))
@slowly
def test_a_module_comes_back_as_it_went_in(
    library: Library, module: Any, fields: dict[str, Any], children: dict[str, Any]
) -> None:
    comes_back(TrainingModulePage.objects.get(pk=module.pk), library, fields, children)


def test_the_strategies_cover_every_field(programme: Any, module: Any) -> None:
    """A field that is added to a training must be added here."""
    for page, fields, children in ((programme, PROGRAMME, PROGRAMME_ROWS), (module, MODULE, MODULE_ROWS)):
        real = source_of(page)
        assert sorted(real["fields"]) == sorted(fields)
        assert set(real["children"]) == set(children)
