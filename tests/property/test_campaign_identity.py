"""source -> page -> source is the identity for the page types of the campaign too."""

import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as bounded
from hypothesis import strategies as st

from campaign.models import CampaignPage, EventPage, MaterialPage, StoryPage
from campaign.times import zone_choices
from equalcity.publication.apply import apply_source
from equalcity.publication.source import source_of
from equalcity.replication.cleaning import clean_source
from tests.campaign.conftest import Campaign, make_campaign
from tests.factories import Tree
from tests.property.test_source_identity import (
    DOCUMENTS,
    IMAGES,
    PAGES,
    Library,
    block,
    bodies,
    content,
    known,
    pictures,
    rich_texts,
    rows,
    texts,
)

pytestmark = pytest.mark.property

languages = st.sampled_from(["", "en", "fr", "ar"])
captions = st.lists(
    block("item", st.fixed_dictionaries({"file": known(DOCUMENTS, "$document"), "language": languages})), max_size=2
)
recording = block(
    "recording",
    st.fixed_dictionaries(
        {
            "title": texts,
            "file": known(DOCUMENTS, "$document"),
            "language": languages,
            "captions": captions,
            "transcript": rich_texts,
        }
    ),
)
link = st.fixed_dictionaries({"text": texts, "page": st.none() | known(PAGES, "$page"), "url": st.just("")})
teaser = st.fixed_dictionaries({"heading": texts, "most": st.integers(1, 12)})
landing = st.lists(
    st.one_of(
        block("heading", texts),
        block("text", rich_texts),
        block("picture", pictures),
        block("number", st.fixed_dictionaries({"number": texts, "text": texts})),
        block("notice", st.fixed_dictionaries({"text": texts})),
        block("links", st.lists(block("item", link), max_size=3)),
        recording,
        *(block(kind, teaser) for kind in ("stories", "events", "materials")),
    ),
    max_size=5,
)
interview = st.lists(block("answer", st.fixed_dictionaries({"question": texts, "answer": rich_texts})), max_size=3)
dates = st.dates(datetime.date(1990, 1, 1)).map(datetime.date.isoformat)
times = st.times().map(datetime.time.isoformat)
EVERY: dict[str, st.SearchStrategy[Any]] = {
    "title": texts,
    "slug": st.from_regex(r"[a-z0-9]{1,20}", fullmatch=True),
    "seo_title": texts,
    "search_description": texts,
    "show_in_menus": st.booleans(),
    "summary": texts,
    "other_words": texts,
    "is_example": st.booleans(),
    "machine_translated": st.booleans(),
}


def term(vocabulary: str, *codes: str) -> st.SearchStrategy[dict[str, str]]:
    return st.sampled_from(codes).map(lambda code: {"$term": f"{vocabulary}:{code}"})


FIELDS: dict[type[Any], dict[str, st.SearchStrategy[Any]]] = {
    CampaignPage: {**EVERY, "hero_title": texts, "hero_lead": texts, "body": landing},
    StoryPage: {
        **EVERY,
        "city": term("city", "brussels", "rome"),
        "role": term("role", "guardian", "mediator"),
        "interview": interview,
        "recordings": st.lists(recording, max_size=2),
        "body": bodies,
        "consent_until": st.none() | dates,
        "consent_withdrawn": st.booleans(),
    },
    EventPage: {
        **EVERY,
        "starts_on": dates,
        "starts_at": times,
        "ends_on": dates,
        "ends_at": times,
        "time_zone": st.sampled_from([name for name, _label in zone_choices()]),
        "where": st.sampled_from(EventPage.Where.values),
        "place": texts,
        "registration_url": st.sampled_from(["", "https://example.org/register"]),
        "languages": st.sampled_from(["", "fr", "fr, nl"]),
        "accessibility": texts,
        "cancelled": st.booleans(),
        "body": bodies,
    },
    MaterialPage: {**EVERY, "kind": st.sampled_from(MaterialPage.Kind.values), "use": texts, "body": bodies},
}
pixels = st.none() | st.integers(1, 10_000)
FILES = rows(
    document=known(DOCUMENTS, "$document"),
    language=st.sampled_from(["fr", "ar", "zh-Hant"]),
    size=st.sampled_from(["a1", "a6", "px"]),
    width=pixels,
    height=pixels,
    preview=st.none() | known(IMAGES, "$image"),
)
CHILDREN = {MaterialPage: st.fixed_dictionaries({"files": FILES})}
sources = st.sampled_from(list(FIELDS)).flatmap(
    lambda model: st.tuples(st.just(model), st.fixed_dictionaries(FIELDS[model]), CHILDREN.get(model, st.just({})))
)


@pytest.fixture
def campaign(tree: Tree) -> Campaign:
    return make_campaign(tree)


@pytest.fixture
def library(tree: Tree) -> Library:
    return Library(tree)


def page_of(campaign: Campaign, model: type[Any]) -> Any:
    pages = (campaign.page, campaign.story, campaign.event, campaign.material)
    return model.objects.get(pk=next(page.pk for page in pages if type(page) is model))


@given(source=sources)
@bounded(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_a_source_comes_back_as_it_went_in(
    campaign: Campaign, library: Library, source: tuple[type[Any], dict[str, Any], dict[str, Any]]
) -> None:
    model, fields, children = source
    page = page_of(campaign, model)
    page.latest_revision = None
    whole = {**source_of(page), "fields": library.named(fields), "children": library.named(children)}
    whole = clean_source(model, whole)

    assert not apply_source(page, whole, library)
    assert content(source_of(page)) == content(whole)
    page.save_revision(clean=False)
    assert content(source_of(page.get_latest_revision_as_object())) == content(whole)


@pytest.mark.parametrize("model", list(FIELDS))
def test_the_strategy_covers_every_field(campaign: Campaign, model: type[Any]) -> None:
    real = source_of(page_of(campaign, model))
    assert sorted(real["fields"]) == sorted(FIELDS[model])
    assert sorted(real["children"]) == (["files"] if model is MaterialPage else [])
