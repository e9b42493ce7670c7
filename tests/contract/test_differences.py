"""What differs from stock on purpose: every line of the list in the manual, by its name there.

Each test asks both, so that a difference which stock mends is noticed too.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from wagtail.models import PageViewRestriction

from equalcity.api.openapi import description
from equalcity.core.models import CustomDocument, CustomImage
from equalcity.publication.record import record
from search.indexer import rebuild
from tests.contract.asking import OWN_FILE_META, OWN_META, both, client, differing, told
from tests.contract.parameters import PRACTICE, TOOLBOX
from tests.factories import CityFactory, ExpertReviewFactory, ImageFactory, Tree, locale
from toolbox_pages.models import BestPracticePage

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.contract.urls")]

MANUAL = Path(__file__).parents[2] / "docs" / "api.md"
LINE = re.compile(r"^\| `([a-z-]+)` \|(.*)\|(.*)\|(.*)\|$", re.MULTILINE)

# Parameters that stock lacks, and those of the search, which is another one.
OWN_PARAMETERS = {
    "fallback",
    "city",
    "theme",
    "audience",
    "role",
    "setting",
    "service",
    "engagement",
    "evidence",
    "modified_after",
}
SEARCHING = {"search", "search_operator"}

TESTED: dict[str, Callable[..., None]] = {}


def difference(name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Say that a test shows the difference of this name."""

    def note(test: Callable[..., None]) -> Callable[..., None]:
        assert name not in TESTED
        TESTED[name] = test
        return test

    return note


def documented() -> dict[str, tuple[str, str, str]]:
    """Return the manual's list: by name, what is here, what stock does, and why."""
    section = MANUAL.read_text("utf-8").partition("## Differences from stock Wagtail API v2")[2]
    return {name: (here.strip(), stock.strip(), why.strip()) for name, here, stock, why in LINE.findall(section)}


def test_the_manual_lists_what_is_tested_and_nothing_else() -> None:
    assert list(documented()) == list(TESTED)


def test_every_difference_has_a_reason() -> None:
    assert [name for name, texts in documented().items() if not all(texts)] == []


def statuses(*addresses: str) -> list[tuple[int, int]]:
    """Return what ours and stock answer."""
    return [(ours[0], stock[0]) for ours, stock in map(both, addresses)]


# Errors and refusals -----------------------------------------------------------------------------------------


@difference("errors")
def test_errors_are_problem_details(site: Tree) -> None:
    ours, stock = (client().get(f"/api/{root}/pages/?limit=x") for root in ("v2", "stock"))
    assert (ours.status_code, ours["Content-Type"]) == (400, "application/problem+json")
    assert (stock.status_code, list(stock.json())) == (400, ["message"])


@difference("unknown-language")
def test_an_unknown_language_is_a_wrong_parameter(site: Tree) -> None:
    assert statuses("pages/?locale=xx", "pages/?site=elsewhere.example") == [(400, 404)] * 2


@difference("unknown-parameters")
def test_unknown_parameters_are_named_everywhere(site: Tree) -> None:
    first = site.practices[0].pk
    addresses = (f"pages/{first}/?nonsense=1", f"pages/{first}/?slug={site.practices[0].slug}")
    assert statuses(*addresses) == [(400, 200)] * 2
    assert statuses(f"pages/find/?id={first}&nonsense=1") == [(400, 302)]


@difference("twice")
def test_a_parameter_given_twice_is_a_mistake(site: Tree) -> None:
    assert statuses("pages/?slug=a&slug=b", "pages/?limit=1&limit=2") == [(400, 200)] * 2


@difference("browsable")
def test_there_is_only_json(site: Tree) -> None:
    asked = [client().get(f"/api/{root}/pages/", headers={"accept": "text/html"}) for root in ("v2", "stock")]
    assert [one["Content-Type"].partition(";")[0] for one in asked] == ["application/json", "text/html"]
    assert statuses("pages/?format=api") == [(400, 200)]


@difference("rich-text-format")
def test_only_html_is_stored(site: Tree) -> None:
    assert statuses("pages/?rich_text_format=db_html") == [(400, 200)]


@difference("nesting")
def test_relations_are_stored_one_level_deep(site: Tree) -> None:
    assert statuses(f"pages/?type={PRACTICE}&fields=related_pages(target(slug))") == [(400, 200)]


@difference("other-filters")
def test_filters_are_columns(site: Tree) -> None:
    addresses = ("seo_title=Counter", "search_description=x", f"type={PRACTICE}&months=4", f"type={PRACTICE}&summary=x")
    assert statuses(*(f"pages/?{one}" for one in addresses)) == [(400, 200)] * 4


@difference("other-orders")
def test_orders_are_columns(site: Tree) -> None:
    addresses = ("order=seo_title", "order=locale", f"type={PRACTICE}&order=months")
    assert statuses(*(f"pages/?{one}" for one in addresses)) == [(400, 200)] * 3


@difference("impossible-numbers")
def test_numbers_that_no_database_gives_are_refused(site: Tree) -> None:
    addresses = (
        "pages/?id=99999999999999999999",
        "images/?id=99999999999999999999",
        "pages/?id=-1",
        "images/?width=-1",
    )
    assert statuses(*addresses) == [(400, 200)] * 4


@difference("two-places")
def test_children_and_descendants_are_never_asked_for_together(site: Tree) -> None:
    """Stock forgets to refuse it when another filter comes between."""
    both_places = f"pages/?child_of={site.home.pk}&descendant_of={site.home.pk}"
    assert statuses(both_places) == [(400, 400)]
    assert statuses(f"{both_places}&ancestor_of={site.practices[0].pk}") == [(400, 200)]


@difference("failures")
def test_nothing_fails_where_stock_does(site: Tree) -> None:
    addresses = (
        "pages/?first_published_at=x",
        "pages/?order=first_published_at&offset=99999999999999999999",
        f"pages/?fields={'a(' * 2000}",
        "pages/?search=handover&search_operator=nonsense",
    )
    assert statuses(*addresses) == [(400, 500)] * 4


# What is shown -----------------------------------------------------------------------------------------------


@difference("own-parameters")
def test_there_are_parameters_that_stock_lacks(site: Tree) -> None:
    described = {one["name"] for one in description()["paths"]["/api/v2/pages/"]["get"]["parameters"]}
    assert described >= OWN_PARAMETERS
    assert named("own-parameters") == OWN_PARAMETERS | {"order=modified_at"}
    values = {
        "fallback": "en&locale=fr",
        "evidence": "good",
        "modified_after": "2020-01-01",
        "theme": "disclosure",
        "engagement": "volunteer",
    }
    assert statuses(*(f"pages/?{name}={value}" for name, value in values.items())) == [(200, 400)] * 5
    assert statuses("pages/?order=modified_at") == [(200, 400)]


@difference("own-fields")
def test_there_are_fields_that_stock_lacks(site: Tree) -> None:
    image = CustomImage.objects.order_by("id").first()
    assert image is not None
    pages = [first_meta(root, f"pages/?id={site.practices[0].pk}") for root in ("v2", "stock")]
    pictures = [first_meta(root, f"images/?id={image.pk}") for root in ("v2", "stock")]
    assert [set(here) - set(there) for here, there in (pages, pictures)] == [OWN_META, OWN_FILE_META]
    assert named("own-fields") == OWN_META | OWN_FILE_META | {"meta"}


@difference("city")
def test_a_city_is_chosen_by_its_code(site: Tree) -> None:
    ours = told(f"/api/v2/pages/?type={TOOLBOX}&city=brussels&fields=_,id")
    stock = told(f"/api/stock/pages/?type={TOOLBOX}&city={site.city.pk}&fields=_,id")
    assert ours == stock
    assert ours[1]["meta"]["total_count"] == 2


@difference("links")
def test_links_stay_in_the_language_of_the_page(site: Tree) -> None:
    """Stock renders them in the language of whoever asks."""
    french = site.practices[0].get_translation(locale("fr")).specific
    french.context = f'<p><a linktype="page" id="{site.practices[1].pk}">suite</a></p>'
    french.save_revision().publish()
    record()
    link = "/brussels-toolbox/guide-of-best-practices/a-warm-handover/"
    texts = [
        client().get(f"/api/{root}/pages/{french.pk}/?fields=_,context", headers={"accept-language": "en"}).json()
        for root in ("v2", "stock")
    ]
    assert [f"/fr{link}" in texts[0]["context"], f"/en{link}" in texts[1]["context"]] == [True, True]


@difference("aliases")
def test_an_alias_has_the_text_of_its_original(site: Tree) -> None:
    """Its rows have the ids of the original's, and terms the names that they have there."""
    second = site.practices[1]
    CityFactory(code=site.city.code, locale=locale("fr"), name="Bruxelles")
    ExpertReviewFactory(page=second)
    BestPracticePage.objects.get(pk=second.pk).save_revision().publish()
    record()
    alias = second.get_translation(locale("fr")).pk
    query = "?fields=_,city,reviews(_,id)"
    original, ours, stock = (
        told(f"/api/{one}{query}")[1]
        for one in (f"v2/pages/{second.pk}/", f"v2/pages/{alias}/", f"stock/pages/{alias}/")
    )
    assert ours == original
    assert [ours["city"]["name"], stock["city"]["name"]] == ["Brussels", "Bruxelles"]
    assert ours["reviews"] != stock["reviews"]


@difference("hidden")
def test_a_restricted_translation_hides_the_others(site: Tree) -> None:
    first = site.practices[0]
    french = first.get_translation(locale("fr"))
    PageViewRestriction.objects.create(page=french, restriction_type=PageViewRestriction.LOGIN)
    assert statuses(f"pages/{first.pk}/") == [(404, 200)]


@difference("hidden-relations")
def test_hidden_pages_are_not_named_as_relations(site: Tree) -> None:
    first, second, _third = site.practices
    BestPracticePage.objects.get(pk=second.pk).unpublish()
    record()
    rows = [
        client().get(f"/api/{root}/pages/{first.pk}/?fields=_,related_pages").json()["related_pages"]
        for root in ("v2", "stock")
    ]
    assert rows[0] == []
    assert [row["target"]["title"] for row in rows[1]] == [second.title]


# Finding and searching ---------------------------------------------------------------------------------------


@difference("html-path")
def test_pages_are_found_by_their_whole_path(site: Tree) -> None:
    """Stock knows only paths below the home page of the default language."""
    french = site.practices[0].get_translation(locale("fr"))
    answers = [client().get(f"/api/{root}/pages/find/", {"html_path": french.url}) for root in ("v2", "stock")]
    assert [one.status_code for one in answers] == [302, 404]
    assert answers[0].headers["Location"] == f"http://testserver/api/v2/pages/{french.pk}/"


@difference("question-mark")
def test_no_question_mark_is_left_behind(site: Tree) -> None:
    first = site.practices[0].pk
    ours, stock = (client().get(f"/api/{root}/pages/find/?id={first}")["Location"] for root in ("v2", "stock"))
    assert [ours[-1], stock[-1]] == ["/", "?"]


@difference("search")
def test_search_is_that_of_the_visitors(site: Tree) -> None:
    """Where readers see all that stock looks at, both find the same."""
    rebuild()
    call_command("update_index", verbosity=0)
    alike = [
        "search=handover&locale=en",
        "search=handover&locale=en&fields=_,title",
        "search=nothinglikethis",
        "search=nothinglikethis&search_operator=or",
        "search=evenings&locale=en&order=-title",
        f"search=evenings parents&search_operator=and&type={PRACTICE}",
        "search=handover&show_in_menus=true",
        f"search=handover&locale=en&type={TOOLBOX}",
        "search=handover&locale=en&limit=1&offset=1",
    ]
    assert differing(f"pages/?{one}" for one in alike) == []
    # Stock filters only by what its index holds.
    assert statuses("pages/?search=handover&slug=a-warm-handover") == [(200, 400)]
    # Here a word is found in its other forms.
    counts = [
        told(f"/api/{root}/pages/?search=handovers&locale=en")[1]["meta"]["total_count"] for root in ("v2", "stock")
    ]
    assert counts == [1, 0]


# Files -------------------------------------------------------------------------------------------------------


@difference("file-search")
def test_files_cannot_be_searched(site: Tree) -> None:
    assert statuses("images/?search=picture", "documents/?search=leaflet") == [(400, 200)] * 2


@difference("embedded-files")
def test_files_that_no_page_embeds_are_not_listed(site: Tree) -> None:
    embedded = list(CustomImage.objects.order_by("id").values_list("pk", flat=True))
    ImageFactory()
    ours, stock = (client().get(f"/api/{root}/images/?fields=_,id").json() for root in ("v2", "stock"))
    assert [one["id"] for one in ours["items"]] == embedded
    assert stock["meta"]["total_count"] == ours["meta"]["total_count"] + 1


@difference("download-url")
def test_files_are_downloaded_by_their_identity(site: Tree) -> None:
    for kind, model in (("images", CustomImage), ("documents", CustomDocument)):
        file: Any = model._default_manager.order_by("id").first()
        ours, stock = (client().get(f"/api/{root}/{kind}/{file.pk}/").json()["meta"] for root in ("v2", "stock"))
        assert ours["download_url"] == f"http://testserver/api/v2/media/{file.sha256}"
        assert ours["download_url"] != stock["download_url"]


def first_meta(root: str, address: str) -> dict[str, Any]:
    """Return `meta` of the first item of a list."""
    found: dict[str, Any] = client().get(f"/api/{root}/{address}").json()["items"][0]["meta"]
    return found


def named(name: str) -> set[str]:
    """Return what stands as code in a line of the manual's list."""
    return set(re.findall(r"`([a-z0-9_=]+)`", documented()[name][0]))
