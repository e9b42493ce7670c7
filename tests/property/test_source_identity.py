"""source -> page -> source is the identity, for every canonical source: all ids present, no reference dangling.

Through the object in memory and through a draft revision in the database.
"""

import datetime
from html import escape
from typing import Any

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as bounded
from hypothesis import strategies as st

from equalcity.core.models import VOCABULARIES, CustomDocument, CustomImage, Term
from equalcity.publication.apply import apply_source
from equalcity.publication.references import PageName
from equalcity.publication.source import References, canonical, source_of
from equalcity.replication.cleaning import clean_source
from home.models import StandardPage
from tests.factories import (
    CityFactory,
    CityServiceFactory,
    DocumentFactory,
    ImageFactory,
    RoleFactory,
    SettingFactory,
    TargetGroupFactory,
    ThemeFactory,
    Tree,
)
from toolbox_pages.models import BestPracticePage, ResearchPage

pytestmark = pytest.mark.property

IMAGES = ["1" * 64, "2" * 64]
DOCUMENTS = ["3" * 64]
PAGES = ["@0", "@1"]
TERMS = {
    "city": ["brussels", "rome"],
    "target_group": ["lgbtqia", "migrant-women"],
    "theme": ["disclosure", "training"],
    "setting": ["school", "town-hall"],
    "role": ["guardian", "mediator"],
    "service": ["libraries", "schools"],
}

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
ids = st.uuids(version=4).map(str)


def known(names: list[str], mark: str) -> st.SearchStrategy[dict[str, str]]:
    return st.sampled_from(names).map(lambda name: {mark: name})


def terms(vocabulary: str) -> st.SearchStrategy[list[dict[str, str]]]:
    codes = TERMS[vocabulary]
    chosen = st.lists(st.sampled_from(codes), unique=True).map(sorted)
    return chosen.map(lambda found: [{"$term": f"{vocabulary}:{code}"} for code in found])


# Rich text -------------------------------------------------------------------------------------------------

words = texts.map(lambda text: escape(text.replace("\r", "")))
spans = st.one_of(
    words,
    words.map(lambda text: f"<b>{text}</b>"),
    words.map(lambda text: f"<i>{text}</i>"),
    st.builds('<a linktype="page" ref="{}">{}</a>'.format, st.sampled_from(PAGES), words),
    st.builds('<a linktype="document" ref="{}">{}</a>'.format, st.sampled_from(DOCUMENTS), words),
    words.map(lambda text: f'<a href="https://example.org/?a=1&amp;id=5">{text}</a>'),
)
paragraphs = st.builds(
    '<{0} data-block-key="{1}">{2}</{0}>'.format,
    st.sampled_from(["p", "h3", "h4"]),
    st.text("abcdefghij0123456789", min_size=5, max_size=5),
    st.lists(spans, max_size=4).map("".join),
)
rich_texts = st.lists(paragraphs, max_size=3).map("".join)


# Stream data -----------------------------------------------------------------------------------------------


def block(kind: str, value: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"type": st.just(kind), "value": value, "id": ids})


pictures = st.fixed_dictionaries(
    {
        "image": st.fixed_dictionaries(
            {"image": known(IMAGES, "$image"), "alt_text": texts, "decorative": st.booleans()}
        ),
        "caption": texts,
    }
)
bodies = st.lists(
    st.one_of(
        block("heading", texts),
        block("text", rich_texts),
        block("picture", pictures),
        block("quote", st.fixed_dictionaries({"text": texts, "source": texts})),
        block("notice", st.fixed_dictionaries({"text": texts})),
        block("checklist", st.lists(block("item", texts), max_size=3)),
        block(
            "link",
            st.fixed_dictionaries(
                {"text": texts, "page": st.none() | known(PAGES, "$page"), "url": st.just("https://example.org/")}
            ),
        ),
        block("download", st.fixed_dictionaries({"document": known(DOCUMENTS, "$document"), "text": texts})),
    ),
    max_size=5,
)
steps = st.lists(block("step", st.fixed_dictionaries({"title": texts, "text": rich_texts})), max_size=3)


# The practice ----------------------------------------------------------------------------------------------


def rows(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    row = st.fixed_dictionaries({"key": ids, "fields": st.fixed_dictionaries(fields)})
    return st.lists(row, max_size=3, unique_by=lambda one: one["key"])


scores = st.integers(1, 5)
cities = known(TERMS["city"], "$term").map(lambda one: {"$term": f"city:{one['$term']}"})
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "title": texts,
    "slug": st.from_regex(r"[a-z0-9]{1,20}", fullmatch=True),
    "seo_title": texts,
    "search_description": texts,
    "show_in_menus": st.booleans(),
    "summary": texts,
    "other_words": texts,
    "is_example": st.booleans(),
    "machine_translated": st.booleans(),
    "city": cities,
    "target_groups": terms("target_group"),
    "themes": terms("theme"),
    "settings": terms("setting"),
    "roles": terms("role"),
    "services": terms("service"),
    "licence": st.sampled_from(["", "CC-BY-4.0", "CC0-1.0"]),
    "months": st.none() | st.integers(0, 120),
    "budget_band": st.sampled_from(["", "none", "5k-15k"]),
    "evidence_level": st.sampled_from(["promising", "good", "best"]),
    "evidence_method": texts,
    "checked_on": st.none() | st.dates(datetime.date(1990, 1, 1)).map(datetime.date.isoformat),
    "steps": steps,
    "body": bodies,
    **dict.fromkeys(
        [
            "context",
            "aim",
            "participation",
            "ethics",
            "results",
            "transferability",
            "pitfalls",
            "sustainability",
        ],
        rich_texts,
    ),
}
fields = st.fixed_dictionaries(FIELDS)
children = st.fixed_dictionaries(
    {
        "resources": rows(kind=st.sampled_from(["people", "time"]), to_start=texts, each_year=texts),
        "reviews": rows(
            reviewer_role=texts, relevance=scores, replicability=scores, practical_use=scores, comment=texts
        ),
        "adaptations": rows(
            city=st.none() | cities,
            place=texts,
            year=st.none() | st.integers(1990, 2100),
            what_changed=texts,
            why=texts,
            adapted_page=st.none() | known(PAGES, "$page"),
        ),
        "attachments": rows(document=known(DOCUMENTS, "$document"), title=texts),
        "related_pages": rows(target=known(PAGES, "$page")),
    }
)


def name_of(page: Any) -> PageName:
    """The identity that `page` has everywhere."""
    return PageName(*References(for_public=False).origin(page.translation_key), page.locale.language_code)


class Library:
    """What the sources refer to, under made-up names: pages, files and terms that are all here."""

    def __init__(self, tree: Tree) -> None:
        self.pages = dict(zip(PAGES, [tree.practices[1], tree.toolbox], strict=True))
        self.images = dict(zip(IMAGES, [ImageFactory(), ImageFactory()], strict=True))
        self.documents = dict(zip(DOCUMENTS, [DocumentFactory()], strict=True))
        factories = [
            CityFactory,
            TargetGroupFactory,
            ThemeFactory,
            SettingFactory,
            RoleFactory,
            CityServiceFactory,
        ]
        for factory, codes in zip(factories, TERMS.values(), strict=True):
            for code in codes:
                factory(code=code)
        self.real = {
            **{name: str(name_of(page)) for name, page in self.pages.items()},
            **{name: image.sha256 for name, image in self.images.items()},
            **{name: document.sha256 for name, document in self.documents.items()},
        }

    def named(self, value: Any) -> Any:
        """Put the real names in place of the made-up ones."""
        match value:
            case str():
                for name, real in self.real.items():
                    value = value.replace(f'ref="{name}"', f'ref="{real}"')
                return value
            case dict():
                mark = next(iter(value), "")
                if mark in {"$page", "$image", "$document"}:
                    return {mark: self.real[value[mark]]}
                return {name: self.named(inner) for name, inner in value.items()}
            case list():
                return [self.named(inner) for inner in value]
            case _:
                return value

    def page(self, name: PageName) -> Any:
        return next((page for page in self.pages.values() if name_of(page) == name), None)

    def image(self, sha256: str) -> CustomImage | None:
        return CustomImage.objects.filter(sha256=sha256).first()

    def document(self, sha256: str) -> CustomDocument | None:
        return CustomDocument.objects.filter(sha256=sha256).first()

    def term(self, vocabulary: str, code: str) -> Term | None:
        found = VOCABULARIES[vocabulary]._default_manager
        return found.filter(code=code, locale__language_code=settings.LANGUAGE_CODE).first()


@pytest.fixture
def library(tree: Tree) -> Library:
    return Library(tree)


def content(source: dict[str, Any]) -> bytes:
    """The canonical bytes of what people wrote; what files are like is told by the files themselves."""
    return canonical({"fields": source["fields"], "children": source["children"]})


@given(fields=fields, children=children)
@bounded(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_a_source_comes_back_as_it_went_in(
    library: Library, tree: Tree, fields: dict[str, Any], children: dict[str, Any]
) -> None:
    page = BestPracticePage.objects.get(pk=tree.practices[0].pk)
    page.latest_revision = None
    source = {**source_of(page), "fields": library.named(fields), "children": library.named(children)}
    source = clean_source(BestPracticePage, source)

    unplaced = apply_source(page, source, library)

    assert not unplaced
    assert content(source_of(page)) == content(source)
    page.save_revision(clean=False)
    assert content(source_of(page.get_latest_revision_as_object())) == content(source)


@given(fields=fields)
@bounded(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_cleaning_changes_nothing_twice(fields: dict[str, Any]) -> None:
    source = {"fields": fields, "children": {}}
    once = clean_source(BestPracticePage, source)
    assert clean_source(BestPracticePage, once) == once


# Research, and what a project says of itself ---------------------------------------------------------------

counts = st.none() | st.integers(0, 1000)
COMMON = {
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


def struct(**inner: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(inner)


def stream(*kinds: st.SearchStrategy[Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(st.one_of(*kinds), max_size=3)


def listed(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(block("item", inner), max_size=2)


RESEARCH = {
    **COMMON,
    "kind": st.sampled_from(ResearchPage.Kind.values),
    "city": FIELDS["city"],
    "target_groups": FIELDS["target_groups"],
    "themes": FIELDS["themes"],
    "started_on": FIELDS["checked_on"],
    "ended_on": FIELDS["checked_on"],
    "place": texts,
    "participants": counts,
    "participants_counted": texts,
    **dict.fromkeys(["method", "who_took_part", "ethics", "limits"], rich_texts),
    "findings": stream(
        block(
            "finding",
            struct(
                title=texts,
                text=rich_texts,
                strength=st.sampled_from(["", "single", "strong"]),
                said_by=counts,
                concerns=listed(st.sampled_from(["migrant-women", "a code from elsewhere"])),
            ),
        )
    ),
    "needs": stream(
        block("need", struct(name=texts, named_by=counts, found=st.sampled_from(["none", "works"]), text=texts))
    ),
    "recommendations": stream(block("recommendation", struct(title=texts, text=rich_texts, addressee=texts))),
    "instruments": stream(
        block("questions", struct(title=texts, introduction=texts, questions=listed(texts))),
        block("document", struct(document=known(DOCUMENTS, "$document"), text=texts)),
    ),
    "services": stream(
        block(
            "service",
            struct(
                **dict.fromkeys(["name", "offers", "audience", "languages", "reach"], texts),
                number=st.sampled_from(["", "116 016"]),
                invented=st.booleans(),
            ),
        )
    ),
    "body": bodies,
}
PROJECT = {
    **COMMON,
    "introduction": texts,
    "show_in_footer": st.booleans(),
    "body": stream(
        block(
            "timeline",
            struct(
                entries=listed(
                    struct(
                        date=st.sampled_from(["2019", "2019-11", "2020-01-13"]), words=texts, title=texts, text=texts
                    )
                )
            ),
        ),
        block(
            "partners",
            struct(partners=listed(struct(name=texts, role=texts, city=texts, url=st.just("https://example.org/")))),
        ),
        block("funding", struct(statement=texts, responsibility=texts)),
        block("contact", struct(text=rich_texts, phone=st.sampled_from(["", "+32 2 00"]), email=st.just(""))),
    ),
}


@pytest.mark.parametrize("kind", ["research", "project"])
@given(data=st.data())
@bounded(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_research_and_project_come_back_as_they_went_in(
    library: Library, tree: Tree, kind: str, data: st.DataObject
) -> None:
    model, strategies = (ResearchPage, RESEARCH) if kind == "research" else (StandardPage, PROJECT)
    page: Any = model(locale=tree.home.locale)
    page.city = tree.city
    if kind == "project":
        page = StandardPage.objects.get(pk=tree.about.pk)
        page.latest_revision = None
    children: dict[str, Any] = {}
    if kind == "research":
        children = data.draw(st.fixed_dictionaries({"related_pages": rows(target=known(PAGES, "$page"))}))
    written = data.draw(st.fixed_dictionaries(strategies))
    source = {**source_of(page), "fields": library.named(written), "children": library.named(children)}
    source = clean_source(model, source)

    unplaced = apply_source(page, source, library)

    assert not unplaced
    assert sorted(source_of(page)["fields"]) == sorted(strategies)
    assert content(source_of(page)) == content(source)
    if kind == "project":
        page.save_revision(clean=False)
        assert content(source_of(page.get_latest_revision_as_object())) == content(source)


def test_the_strategy_covers_every_field(tree: Tree) -> None:
    """A field that is added to the practice must be added here."""
    real = source_of(tree.practices[0])
    assert set(real["children"]) == {"resources", "reviews", "adaptations", "attachments", "related_pages"}
    assert sorted(real["fields"]) == sorted(FIELDS)
