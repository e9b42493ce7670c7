"""Research as visitors see it: a study with its findings, needs and annex, and the list of studies."""

import datetime
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import PageViewRestriction

from tests.counting import french_alias, queries
from tests.factories import (
    DocumentFactory,
    ResearchIndexPageFactory,
    ResearchPageFactory,
    StandardPageFactory,
    TargetGroupFactory,
    ThemeFactory,
    Tree,
    locale,
)
from toolbox_pages.models import ResearchIndexPage, ResearchPage, ResearchRelatedPage
from toolbox_pages.research_context import needs_of

FINDING = {
    "title": "Nobody explains twice",
    "text": "<p>The first week is too early.</p>",
    "strength": "strong",
    "said_by": 17,
    "concerns": ["migrant-women", "gone"],
}
NEED = {"name": "A bed with children", "named_by": 20, "found": "none", "text": ""}
SERVICE = {
    "name": "Example House A",
    "offers": "A bed for some nights.",
    "audience": "Women",
    "languages": "French",
    "reach": "By telephone",
    "number": "116 016",
    "invented": True,
}


@pytest.fixture
def overview(tree: Tree) -> ResearchIndexPage:
    made: ResearchIndexPage = ResearchIndexPageFactory(parent=tree.toolbox)
    return made


def full_study(tree: Tree, overview: ResearchIndexPage, **fields: Any) -> ResearchPage:
    TargetGroupFactory(code="migrant-women", name="Migrant women")
    study: ResearchPage = ResearchPageFactory(
        parent=overview,
        city=tree.city,
        started_on="2020-03-01",
        ended_on="2020-06-01",
        findings=[("finding", FINDING)],
        needs=[
            ("need", NEED),
            ("need", {"name": "A lawyer", "named_by": 5, "found": "conditions", "text": "Only with papers"}),
        ],
        recommendations=[
            ("recommendation", {"title": "Explain again", "text": "<p>In month two.</p>", "addressee": "The centre"})
        ],
        instruments=[
            ("questions", {"title": "Ten questions", "introduction": "Read aloud.", "questions": ["Who helps?"]}),
            ("document", {"document": DocumentFactory(title="Leaflet"), "text": ""}),
        ],
        services=[("service", SERVICE), ("service", {**SERVICE, "name": "Helpline", "invented": False})],
        limits="<p>No undocumented women.</p>",
        **fields,
    )
    study.target_groups.add(TargetGroupFactory(code="migrant-women"))
    study.save()
    ResearchRelatedPage.objects.create(page=study, target=tree.about)
    return study


def words(client: Client, path: str) -> str:
    """Return the text of a page's main part, with single spaces."""
    text = client.get(path).content.decode()
    main = text[text.index("<main") : text.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def test_a_study_shows_all_it_records(tree: Tree, overview: ResearchIndexPage, client: Client) -> None:
    study = full_study(tree, overview)
    text = words(client, study.url)
    for expected in (
        "Kind of research Mapping of needs and gaps City Brussels About whom Migrant women",
        "When From March 2020 Until June 2020",
        "Number 24 women interviewed",
        "Nobody explains twice Most voices 17 people said it Migrant women The first week is too early.",
        "A bed with children 20 No service found",
        "A lawyer 5 Only under conditions Only with papers",
        "For these needs nobody found a service: A bed with children Recommendations",
        "Explain again In month two. The centre",
        "Ten questions Read aloud. Who helps?",
        "Leaflet TXT",
        "Limits of the study No undocumented women.",
        "Example House A Invented: this service does not exist. A bed for some nights.",
        "Used together with this About the project",
    ):
        assert expected in text, expected
    assert text.count("Invented: this service does not exist.") == 1
    assert (
        client.get(study.url).content.decode().count('<a href="tel:116016"><bdi class="num" dir="ltr">116 016</bdi>')
        == 2
    )


def test_an_unknown_group_is_left_out(tree: Tree, overview: ResearchIndexPage, client: Client) -> None:
    assert "gone" not in words(client, full_study(tree, overview).url)


def test_the_longest_bar_is_the_need_named_most(tree: Tree, overview: ResearchIndexPage) -> None:
    assert [(need.name, need.bar) for need in needs_of(full_study(tree, overview))] == [
        ("A bed with children", 100),
        ("A lawyer", 25),
    ]


def test_an_empty_study_renders(tree: Tree, overview: ResearchIndexPage, client: Client) -> None:
    study = ResearchPageFactory(parent=overview, city=tree.city, method="", participants=0, participants_counted="")
    text = words(client, study.url)
    assert "Number 0" in text
    assert not {"Findings", "Needs and gaps", "Instruments", "Annex of services"} & set(
        re.findall(r"[A-Z][a-z ]+", text)
    )


def test_text_in_another_language_is_marked(tree: Tree, overview: ResearchIndexPage, client: Client) -> None:
    study = full_study(tree, overview)
    TargetGroupFactory(code="migrant-women", name="نساء مهاجرات", locale=locale("ar"))
    study.copy_for_translation(locale("ar"), alias=True, copy_parents=True)
    text = client.get(study.url.replace("/en/", "/ar/")).content.decode()
    assert '<h3 lang="en" dir="ltr">Nobody explains twice</h3>' in text
    assert '<span class="tag tag--plain">نساء مهاجرات</span>' in text
    assert '<th scope="row" lang="en" dir="ltr">A lawyer</th>' in text


def test_hidden_pages_are_nowhere(tree: Tree, overview: ResearchIndexPage, client: Client) -> None:
    study = full_study(tree, overview)
    PageViewRestriction.objects.create(page=tree.about, restriction_type=PageViewRestriction.LOGIN)
    assert "About the project" not in client.get(study.url).content.decode()
    seen = ResearchPageFactory(parent=overview, city=tree.city, title="Seen")
    draft = ResearchPageFactory(parent=overview, city=tree.city, title="Draft", live=False)
    PageViewRestriction.objects.create(page=study, restriction_type=PageViewRestriction.LOGIN)
    listed = re.findall(r'<h3><a href="([^"]+)">', client.get(overview.url).content.decode())
    assert listed == [seen.url]
    assert client.get(draft.url).status_code == 404


def test_the_list_says_kind_and_example(tree: Tree, overview: ResearchIndexPage, client: Client) -> None:
    ResearchPageFactory(parent=overview, city=tree.city, is_example=True, kind="survey")
    assert "Brussels Mapping of needs Mapping of needs, in short. Survey Example" in words(client, overview.url)


@pytest.mark.parametrize("asked", ["0", "2", "x", "-1", "9" * 20, "%00", "١"])
def test_a_page_that_does_not_exist_is_a_404(overview: ResearchIndexPage, client: Client, asked: str) -> None:
    assert client.get(f"{overview.url}?page={asked}").status_code == 404


def test_the_list_has_pages(tree: Tree, overview: ResearchIndexPage, client: Client) -> None:
    for number in range(13):
        ResearchPageFactory(parent=overview, city=tree.city, title=f"Study {number}")
    first = client.get(overview.url).content.decode()
    second = client.get(f"{overview.url}?page=2").content.decode()
    assert (first.count('class="result"'), second.count('class="result"')) == (12, 1)


def test_the_same_queries_for_1_3_and_30_rows(tree: Tree, overview: ResearchIndexPage, client: Client) -> None:
    study = ResearchPageFactory(parent=overview, city=tree.city)
    document = DocumentFactory()
    costs = {}
    made = 0
    for wanted in (1, 3, 30):
        while made < wanted:
            made += 1
            ResearchRelatedPage.objects.create(
                page=study, target=StandardPageFactory(parent=tree.home, title=f"Other {made}")
            )
            study.target_groups.add(TargetGroupFactory(code=f"group-{made}"))
            study.themes.add(ThemeFactory(code=f"theme-{made}"))
        study.findings = [("finding", {**FINDING, "concerns": [f"group-{n + 1}"]}) for n in range(wanted)]
        study.needs = [("need", NEED)] * wanted
        study.services = [("service", SERVICE)] * wanted
        study.instruments = [("document", {"document": document, "text": ""})] * wanted
        study.save()
        costs[wanted] = queries(client, study.url)
    assert costs == dict.fromkeys((1, 3, 30), costs[1])


def test_the_same_queries_for_1_3_and_30_studies(tree: Tree, overview: ResearchIndexPage, client: Client) -> None:
    costs = {}
    made = 0
    for wanted in (1, 3, 30):
        while made < wanted:
            made += 1
            ResearchPageFactory(parent=overview, city=tree.city, title=f"Study {made}")
        costs[wanted] = [queries(client, address) for address in (overview.url, french_alias(overview))]
    assert costs == dict.fromkeys((1, 3, 30), costs[1])


def test_it_cannot_end_before_it_begins(tree: Tree, overview: ResearchIndexPage) -> None:
    with pytest.raises(ValidationError) as refused:
        ResearchPageFactory(
            parent=overview, city=tree.city, started_on=datetime.date(2020, 3, 1), ended_on=datetime.date(2020, 2, 1)
        )
    assert list(refused.value.message_dict) == ["ended_on"]
