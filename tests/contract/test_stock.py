"""Ours against stock Wagtail API v2 over one small tree: chosen addresses, each for one thing that could differ.

`test_pairs.py` asks systematically; what differs on purpose is in `test_differences.py`.
"""

import pytest
from wagtail.models import Page

from campaign.models import CampaignPage, EventPage, MaterialPage, StoryPage
from equalcity.core.models import CustomDocument, CustomImage
from tests.contract.asking import differing
from tests.contract.parameters import PRACTICE, TOOLBOX
from tests.factories import Tree, locale

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.contract.urls")]

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
    "?type=campaign.CampaignPage&fields=*",
    "?type=campaign.StoryPage&fields=*",
    "?type=campaign.StoryPage&fields=_,city,role,recordings",
    "?type=campaign.EventPage&fields=*",
    "?type=campaign.EventPage,campaign.MaterialPage&fields=*",
    "?type=campaign.MaterialPage&fields=files(_,language,document)",
    "?type=campaign.StoryIndexPage,campaign.EventIndexPage,campaign.MaterialIndexPage&fields=*",
    "?type=home.StandardPage&fields=body",
    "?type=toolbox_pages.ResearchPage&fields=*",
    "?type=toolbox_pages.ResearchPage&fields=findings,needs,recommendations,instruments,services",
    "?type=toolbox_pages.ResearchPage&fields=_,related_pages,target_groups,started_on",
    "?type=toolbox_pages.ResearchIndexPage&fields=introduction",
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
    "{landing}/?fields=*",
    "{story}/?fields=*",
    "{event}/?fields=*",
    "{material}/?fields=*",
    "{material}/?fields=files(_,format,preview)",
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
        "landing": CampaignPage.objects.get(),
        "story": StoryPage.objects.get(),
        "event": EventPage.objects.get(),
        "material": MaterialPage.objects.get(),
        "hidden": Page.objects.get(slug="hidden"),
        "draft": Page.objects.get(slug="draft"),
    }
    return address.format(**{name: page.pk for name, page in names.items()})


def test_lists_of_pages_answer_like_stock(site: Tree) -> None:
    assert differing([filled(f"pages/{one}", site) for one in LISTS]) == []


def test_single_pages_answer_like_stock(site: Tree) -> None:
    assert differing([filled(f"pages/{one}", site) for one in DETAILS]) == []


@pytest.mark.parametrize("kind", ["images", "documents"])
def test_files_answer_like_stock(site: Tree, kind: str) -> None:
    assert differing([f"{kind}/{one}" for one in FILES]) == []


def test_single_files_answer_like_stock(site: Tree) -> None:
    files = [("images", one) for one in CustomImage.objects.all()]
    files += [("documents", one) for one in CustomDocument.objects.all()]
    queries = ("", "?fields=*", "?fields=_,title", "?fields=-title", "?fields=nonsense")
    addresses = [f"{kind}/{file.pk}/{query}" for kind, file in files for query in queries]
    assert differing([*addresses, "images/99999/", "documents/0/"]) == []


def test_finding_leads_where_stock_leads(site: Tree) -> None:
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
    assert differing(f"pages/find/?{query}" for query in queries) == []
