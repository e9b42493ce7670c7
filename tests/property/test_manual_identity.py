"""source -> page -> source is the identity for manuals and chapters, as it is for practices."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as bounded
from hypothesis import strategies as st

from equalcity.publication.apply import apply_source
from equalcity.publication.source import canonical, source_of
from equalcity.replication.cleaning import clean_source
from tests.factories import ChapterPageFactory, ManualPageFactory, Tree
from tests.property.test_source_identity import (
    FIELDS,
    Library,
    block,
    bodies,
    content,
    library,
    rows,
    texts,
)

pytestmark = pytest.mark.property
__all__ = ["library"]

SHARED = {
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
lines = st.lists(block("item", texts), max_size=3)
own_blocks = st.lists(
    st.one_of(
        block("do_dont", st.fixed_dictionaries({"do": lines, "dont": lines})),
        block("example", st.fixed_dictionaries(dict.fromkeys(["title", "situation", "done", "learned"], texts))),
    ),
    max_size=4,
)
MANUAL = {**SHARED, "city": FIELDS["city"], "audience": texts, "introduction": texts, "body": bodies}
CHAPTER = {**SHARED, "body": st.tuples(bodies, own_blocks).map(lambda two: [*two[0], *two[1]])}
glossary = st.fixed_dictionaries({"glossary": rows(word=texts, definition=texts, also_known_as=texts)})
RELAXED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]


def comes_back(page: Any, library: Library, fields: dict[str, Any], children: dict[str, Any]) -> None:
    page = type(page).objects.get(pk=page.pk)
    page.latest_revision = None
    source = {**source_of(page), "fields": library.named(fields), "children": library.named(children)}
    source = clean_source(type(page), source)
    assert not apply_source(page, source, library)
    assert content(source_of(page)) == content(source)
    page.save_revision(clean=False)
    assert content(source_of(page.get_latest_revision_as_object())) == content(source)


@pytest.fixture
def pages(tree: Tree) -> tuple[Any, Any]:
    manual = ManualPageFactory(parent=tree.toolbox, city=tree.city)
    return manual, ChapterPageFactory(parent=manual)


@given(fields=st.fixed_dictionaries(MANUAL), children=glossary)
@bounded(max_examples=25, deadline=None, suppress_health_check=RELAXED)
def test_a_manual_comes_back(
    library: Library, pages: tuple[Any, Any], fields: dict[str, Any], children: dict[str, Any]
) -> None:
    comes_back(pages[0], library, fields, children)


@given(fields=st.fixed_dictionaries(CHAPTER))
@bounded(max_examples=25, deadline=None, suppress_health_check=RELAXED)
def test_a_chapter_comes_back(library: Library, pages: tuple[Any, Any], fields: dict[str, Any]) -> None:
    comes_back(pages[1], library, fields, {})


def test_the_strategies_cover_every_field(pages: tuple[Any, Any]) -> None:
    manual, chapter = map(source_of, pages)
    assert (sorted(manual["fields"]), set(manual["children"])) == (sorted(MANUAL), {"glossary"})
    assert (sorted(chapter["fields"]), set(chapter["children"])) == (sorted(CHAPTER), set())
    assert canonical(manual) != canonical(chapter)
