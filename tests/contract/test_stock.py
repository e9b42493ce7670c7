"""Ours against stock Wagtail API v2 over one tree, for every documented parameter.

What differs on purpose stands in `docs/api.md` and is tested at the end of this file.
"""

import json
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from equalcity.core.models import CustomDocument, CustomImage
from equalcity.publication.record import record
from search.indexer import rebuild
from tests.factories import (
    AdaptationFactory,
    DocumentFactory,
    ExpertReviewFactory,
    ImageFactory,
    PracticeResourceFactory,
    StandardPageFactory,
    ThemeFactory,
    Tree,
    locale,
)
from toolbox_pages.models import RelatedPage

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.contract.urls")]

# Only ours has these; `download_url` is another address for the same bytes.
OWN = {
    "key",
    "origin",
    "modified_at",
    "translations",
    "example",
    "machine_translated",
    "sha256",
    "credit",
    "licence",
    "download_url",
}
PRACTICE = "toolbox_pages.BestPracticePage"
TOOLBOX = "toolbox_pages.ToolboxPage"


@pytest.fixture
def site(tree: Tree) -> Tree:
    """The tree with everything that answers differ by: inlines, files, translations, aliases, hidden pages."""
    first, second, third = tree.practices
    image, document = ImageFactory(), DocumentFactory()
    image.tags.add("blue", "room")
    first.themes.add(ThemeFactory(code="disclosure"))
    first.body = json.dumps(
        [
            {"type": "heading", "value": "Before you start"},
            {"type": "text", "value": f'<p>See <a linktype="page" id="{third.pk}">the last</a>.</p>'},
            {"type": "picture", "value": {"image": {"image": image.pk, "decorative": False, "alt_text": "A room"}}},
            {"type": "picture", "value": {"image": {"image": ImageFactory().pk, "decorative": True, "alt_text": ""}}},
            {"type": "download", "value": {"document": document.pk}},
            {"type": "download", "value": {"document": DocumentFactory().pk}},
        ]
    )
    first.show_in_menus = True
    first.seo_title = "Counter"
    first.save()
    ExpertReviewFactory(page=first)
    PracticeResourceFactory(page=first)
    AdaptationFactory(page=first)
    RelatedPage.objects.create(page=first, target=second)
    for page in (tree.toolbox, tree.index, first):
        page.refresh_from_db()
        page.copy_for_translation(locale("fr"), copy_parents=True).get_latest_revision().publish()
    for page in Page.objects.filter(depth__gt=1, first_published_at=None, live=True).specific():
        page.save_revision().publish()
    second.refresh_from_db()
    second.copy_for_translation(locale("fr"), copy_parents=True, alias=True)
    hidden = StandardPageFactory(parent=tree.home, title="Hidden")
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    StandardPageFactory(parent=tree.home, title="Draft", live=False)
    record()
    return tree


@pytest.fixture(autouse=True)
def visitors(settings: Any) -> None:
    """Stock asks who somebody is when a page is restricted; ours never does."""
    settings.REST_FRAMEWORK = {
        **settings.REST_FRAMEWORK,
        "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    }


@pytest.fixture
def compare(client: Client) -> Any:
    """Ask both for the same and return what they say: status and, when all is well, the body."""

    def ask(address: str) -> tuple[tuple[int, Any], tuple[int, Any]]:
        return answer(client, f"/api/v2/{address}"), answer(client, f"/api/stock/{address}")

    return ask


def answer(client: Client, address: str) -> tuple[int, Any]:
    response = client.get(address)
    if response.status_code != 200:
        return response.status_code, None
    return 200, plain(json.loads(response.content.replace(b"/api/stock/", b"/api/v2/")))


def plain(value: Any) -> Any:
    """Leave out what only ours adds."""
    if isinstance(value, dict):
        found = {name: plain(one) for name, one in value.items() if name not in OWN}
        return {name: one for name, one in found.items() if (name, one) != ("meta", {})}
    return [plain(one) for one in value] if isinstance(value, list) else value


LISTS = [
    "",
    "?fields=*",
    "?fields=_",
    "?fields=_,title",
    "?fields=_,id,title,slug",
    "?fields=-title",
    "?fields=-html_url,-slug",
    "?fields=seo_title,search_description,show_in_menus",
    "?fields=*,-title",
    "?fields=alias_of",
    "?fields=_,alias_of(id)",
    "?fields=",
    "?fields=parent",
    "?fields=summary",
    "?fields=nonsense",
    "?fields=title(id)",
    "?fields=a(a(a",
    "?fields=,title",
    "?fields=title,",
    "?fields=title,,id",
    "?fields=*,title",
    "?fields=title,*",
    "?fields=-*",
    "?fields=_,-title",
    "?fields=title)",
    "?fields=alias_of()",
    "?fields=-alias_of(id)",
    "?fields=*(id)",
    "?fields=title slug",
    f"?type={PRACTICE}",
    f"?type={PRACTICE}&fields=*",
    f"?type={PRACTICE}&fields=summary,city,months",
    f"?type={PRACTICE}&fields=_,related_pages",
    f"?type={PRACTICE}&fields=reviews(-comment)",
    f"?type={PRACTICE}&fields=reviews(_,relevance,id)",
    f"?type={PRACTICE}&fields=adaptations(*,-why),resources",
    f"?type={PRACTICE}&fields=reviews(nonsense)",
    f"?type={PRACTICE}&fields=months(id)",
    f"?type={PRACTICE}&fields=body,context,steps",
    f"?type={PRACTICE}&fields=audience",
    f"?type={PRACTICE},{TOOLBOX}",
    f"?type={PRACTICE},{TOOLBOX}&fields=*",
    f"?type={PRACTICE},{TOOLBOX}&fields=city",
    "?type=toolbox_pages.bestpracticepage",
    "?type=wagtailcore.Page",
    "?type=home.StandardPage&fields=introduction",
    "?type=",
    "?type=nonsense",
    "?type=home.Nonsense",
    "?type=core.City",
    f"?type={PRACTICE},nonsense",
    "?limit=2",
    "?limit=0",
    "?limit=100",
    "?limit=101",
    "?limit=-1",
    "?limit=x",
    "?limit=",
    "?offset=3",
    "?offset=2&limit=2",
    "?offset=1000",
    "?offset=-1",
    "?offset=x",
    "?order=title,id",
    "?order=-title,id",
    "?order=id",
    "?order=-id",
    "?order=slug,-id",
    "?order=-show_in_menus,id",
    "?order=first_published_at,id",
    "?order=",
    "?order=nonsense",
    "?order=--title",
    "?order=title,",
    "?order=random,title",
    "?order=random&offset=1",
    "?locale=fr",
    "?locale=ar",
    "?locale=fr&fields=*",
    "?locale=fr&order=-id&limit=2",
    "?child_of=root",
    "?child_of={home}",
    "?child_of={toolbox}",
    "?child_of={index}",
    "?child_of={first}",
    "?child_of={hidden}",
    "?child_of={draft}",
    "?child_of=1",
    "?child_of=99999",
    "?child_of=99999999999999999999",
    "?child_of=x",
    "?child_of=-1",
    "?child_of={index}&order=-title",
    "?descendant_of=root",
    "?descendant_of={home}",
    "?descendant_of={toolbox}&limit=2&offset=1",
    "?descendant_of={first}",
    "?descendant_of={hidden}",
    "?descendant_of=99999",
    "?descendant_of=x",
    "?descendant_of={home}&child_of={home}",
    f"?descendant_of={{home}}&type={PRACTICE}",
    "?ancestor_of={first}",
    "?ancestor_of={home}",
    "?ancestor_of={hidden}",
    "?ancestor_of=root",
    "?ancestor_of=99999",
    "?ancestor_of=x",
    "?translation_of={home}",
    "?translation_of={home}&locale=fr",
    "?translation_of=root",
    "?translation_of={first}",
    "?translation_of={third}",
    "?translation_of={hidden}",
    "?translation_of=99999",
    "?translation_of=x",
    "?slug=about-the-project",
    "?slug=nonsense",
    "?slug=hidden",
    "?title=A warm handover",
    "?title=a warm handover",
    "?id={first}",
    "?id={hidden}",
    "?id=x",
    "?show_in_menus=true",
    "?show_in_menus=0",
    "?show_in_menus=nonsense",
    "?alias_of={second}",
    "?site=testserver",
    "?site=testserver:80",
    "?rich_text_format=html",
    "?rich_text_format=nonsense",
    "?nonsense=1",
    "?_=1",
    "?format=json",
]
DETAILS = [
    "{first}/",
    "{second}/",
    "{home}/",
    "{toolbox}/",
    "{index}/",
    "{alias}/",
    "{french}/",
    "{hidden}/",
    "{draft}/",
    "1/",
    "0/",
    "99999/",
    "99999999999999999999/",
    "{first}/?fields=*",
    "{first}/?fields=_",
    "{first}/?fields=_,title,parent",
    "{first}/?fields=-body,-reviews",
    "{first}/?fields=_,body,context",
    "{first}/?fields=reviews(_,relevance)",
    "{first}/?fields=_,related_pages",
    "{first}/?fields=_,related_pages(-target)",
    "{first}/?fields=parent(id)",
    "{first}/?fields=nonsense",
    "{first}/?fields=body(id)",
    "{alias}/?fields=*",
    "{alias}/?fields=_,alias_of",
    "{toolbox}/?fields=_,city,audience",
    "{first}/?rich_text_format=html",
    "{first}/?locale=en",
    "{first}/?locale=fr",
]
FILES = [
    "",
    "?fields=*",
    "?fields=_,title",
    "?fields=-tags",
    "?fields=width",
    "?fields=nonsense",
    "?limit=1",
    "?limit=101",
    "?offset=1",
    "?order=title",
    "?order=-id",
    "?order=nonsense",
    "?title=nonsense",
    "?id=99999",
    "?id=x",
    "?tags=blue",
    "?nonsense=1",
]


def filled(address: str, tree: Tree) -> str:
    """Put the ids of this tree into an address."""
    first, second, third = tree.practices
    names = {
        "home": tree.home,
        "toolbox": tree.toolbox,
        "index": tree.index,
        "first": first,
        "second": second,
        "third": third,
        "french": first.get_translation(locale("fr")),
        "alias": second.get_translation(locale("fr")),
        "hidden": Page.objects.get(slug="hidden"),
        "draft": Page.objects.get(slug="draft"),
    }
    return address.format(**{name: page.pk for name, page in names.items()})


def test_lists_of_pages_answer_like_stock(site: Tree, compare: Any) -> None:
    assert differing(compare, [filled(f"pages/{one}", site) for one in LISTS]) == []


def test_single_pages_answer_like_stock(site: Tree, compare: Any) -> None:
    assert differing(compare, [filled(f"pages/{one}", site) for one in DETAILS]) == []


@pytest.mark.parametrize("kind", ["images", "documents"])
def test_files_answer_like_stock(site: Tree, compare: Any, kind: str) -> None:
    assert differing(compare, [f"{kind}/{one}" for one in FILES]) == []


def test_single_files_answer_like_stock(site: Tree, compare: Any) -> None:
    files = [("images", one) for one in CustomImage.objects.all()]
    files += [("documents", one) for one in CustomDocument.objects.all()]
    queries = ("", "?fields=*", "?fields=_,title", "?fields=-title", "?fields=nonsense")
    addresses = [f"{kind}/{file.pk}/{query}" for kind, file in files for query in queries]
    assert differing(compare, [*addresses, "images/99999/", "documents/0/"]) == []


def test_finding_leads_where_stock_leads(site: Tree, client: Client) -> None:
    """The same target and the same rest of the query string, found by path or by id."""
    first = site.practices[0].pk
    queries = [
        "html_path=/",
        "html_path=/brussels-toolbox/",
        "html_path=brussels-toolbox/guide-of-best-practices",
        "html_path=/about-the-project/&fields=*&rich_text_format=html",
        "html_path=/hidden/",
        "html_path=/draft/",
        "html_path=/nonsense/",
        f"id={first}",
        f"id={first}&fields=title",
        "id=99999",
        "",
    ]
    led = []
    for query in queries:
        ours, stock = (client.get(f"/api/{root}/pages/find/?{query}") for root in ("v2", "stock"))
        # Stock leaves a question mark where nothing follows.
        theirs = stock.headers.get("Location", "").replace("/api/stock/", "/api/v2/").rstrip("?")
        if (ours.status_code, ours.headers.get("Location", "")) != (stock.status_code, theirs):
            led.append((query, ours.status_code, ours.headers.get("Location"), stock.status_code, theirs))
    assert led == []


def differing(compare: Any, addresses: list[str]) -> list[tuple[str, Any, Any]]:
    found = []
    for address in addresses:
        ours, stock = compare(address)
        if ours != stock:
            found.append((address, ours, stock))
    return found


# What differs on purpose: the list in docs/api.md ------------------------------------------------------------

DIFFERENT = [
    # address, ours, stock
    ("pages/?locale=xx", 400, 404),
    ("pages/?site=elsewhere.example", 400, 404),
    ("pages/?rich_text_format=db_html", 400, 200),
    (f"pages/?type={PRACTICE}&fields=related_pages(target(slug))", 400, 200),
    ("pages/?seo_title=Counter", 400, 200),
    ("pages/?slug=a&slug=b", 400, 200),
    ("pages/{first}/?nonsense=1", 400, 200),
    ("pages/?search=handover&search_operator=nonsense", 400, 500),
    ("pages/?order=first_published_at&offset=99999999999999999999", 400, 500),
    ("pages/?id=99999999999999999999", 400, 200),
    ("pages/?first_published_at=x", 400, 500),
    (f"pages/?fields={'a(' * 2000}", 400, 500),
    ("images/?search=picture", 400, 200),
]


def test_the_differences_in_status_are_those_we_know(site: Tree, client: Client) -> None:
    client.raise_request_exception = False
    found = []
    for address, ours, stock in DIFFERENT:
        filled_in = address if address.startswith("pages/?fields=a(") else filled(address, site)
        answers = []
        for root in ("v2", "stock"):
            # Where stock fails in the database, PostgreSQL would refuse everything that follows.
            before = transaction.savepoint()
            answers.append(client.get(f"/api/{root}/{filled_in}").status_code)
            transaction.savepoint_rollback(before)
        if answers != [ours, stock]:
            found.append((address[:60], answers))
    assert found == []


def test_a_city_is_chosen_by_its_code(site: Tree, client: Client) -> None:
    ours = client.get(f"/api/v2/pages/?type={TOOLBOX}&city=brussels&fields=_,id").json()
    stock = client.get(f"/api/stock/pages/?type={TOOLBOX}&city={site.city.pk}&fields=_,id").json()
    assert ours == stock


def test_links_in_text_stay_in_the_language_of_the_page(site: Tree, client: Client) -> None:
    """Stock renders them in the language of whoever asks."""
    french = site.practices[0].get_translation(locale("fr"))
    french.context = f'<p><a linktype="page" id="{site.practices[1].pk}">suite</a></p>'
    french.save_revision().publish()
    record()
    link = "/brussels-toolbox/guide-of-best-practices/a-warm-handover/"
    told = [
        client.get(f"/api/{root}/pages/{french.pk}/?fields=_,context", headers={"accept-language": "en"}).json()
        for root in ("v2", "stock")
    ]
    assert [f"/fr{link}" in told[0]["context"], f"/en{link}" in told[1]["context"]] == [True, True]


def test_files_are_downloaded_by_their_identity(site: Tree, client: Client) -> None:
    image = CustomImage.objects.order_by("id").first()
    assert image is not None
    meta = client.get(f"/api/v2/images/{image.pk}/").json()["meta"]
    assert meta["download_url"] == f"http://testserver/api/v2/media/{image.sha256}"


def test_files_that_no_page_embeds_are_not_listed(site: Tree, client: Client) -> None:
    embedded = list(CustomImage.objects.order_by("id").values_list("pk", flat=True))
    ImageFactory()
    ours, stock = (client.get(f"/api/{root}/images/?fields=_,id").json() for root in ("v2", "stock"))
    assert [one["id"] for one in ours["items"]] == embedded
    assert stock["meta"]["total_count"] == ours["meta"]["total_count"] + 1


def test_pages_are_found_by_their_whole_path(site: Tree, client: Client) -> None:
    """Stock knows only paths below the home page of the default language."""
    french = site.practices[0].get_translation(locale("fr"))
    path = french.url
    answers = [client.get(f"/api/{root}/pages/find/", {"html_path": path}) for root in ("v2", "stock")]
    assert [one.status_code for one in answers] == [302, 404]
    assert answers[0].headers["Location"] == f"http://testserver/api/v2/pages/{french.pk}/"


def test_search_is_that_of_the_visitors(site: Tree, compare: Any) -> None:
    rebuild()
    assert (
        differing(
            compare,
            [
                "pages/?search=handover&locale=en",
                "pages/?search=handover&locale=en&fields=_,title",
                "pages/?search=nothinglikethis",
                "pages/?search=guide&locale=en&order=-title",
                f"pages/?search=evenings parents&search_operator=and&type={PRACTICE}",
            ],
        )
        == []
    )


def test_a_restricted_translation_hides_the_others(site: Tree, client: Client) -> None:
    first = site.practices[0]
    french = first.get_translation(locale("fr"))
    PageViewRestriction.objects.create(page=french, restriction_type=PageViewRestriction.LOGIN)
    assert [client.get(f"/api/{root}/pages/{first.pk}/").status_code for root in ("v2", "stock")] == [404, 200]
