"""Links inside texts."""

from django.test import Client
from wagtail.rich_text import expand_db_html

from home.models import StandardPage
from tests.counting import queries
from tests.factories import StandardPageFactory, Tree, locale


def stored(*page_ids: int) -> str:
    return "".join(f'<p><a linktype="page" id="{page_id}">x</a></p>' for page_id in page_ids)


def test_rich_text_leads_to_the_reader_s_language(tree: Tree, client: Client) -> None:
    french = tree.about.copy_for_translation(locale("fr"))
    french.title = "À propos"
    french.slug = "a-propos"
    french.save_revision().publish()
    page = StandardPageFactory(
        parent=tree.homes["fr"], title="Liens", body=[("text", stored(tree.about.pk, tree.index.pk))]
    )
    text = client.get(page.url).content.decode()
    assert '<a href="/fr/a-propos/" rel="noreferrer">' in text
    assert '<a href="/en/brussels-toolbox/guide-of-best-practices/" rel="noreferrer">' in text


def test_a_link_to_a_page_that_is_gone_is_text(tree: Tree) -> None:
    assert expand_db_html('<a linktype="page" id="999999">x</a><a linktype="page" id="?">y</a>') == ("<a>x</a><a>y</a>")


def test_the_same_queries_for_1_3_and_30_links(tree: Tree, client: Client) -> None:
    page: StandardPage = StandardPageFactory(parent=tree.homes["fr"], title="Liens")
    others = [StandardPageFactory(parent=tree.home, title=f"Other {number}") for number in range(30)]
    costs = {}
    for wanted in (1, 3, 30):
        chosen = others[:wanted]
        text = ("text", stored(*(other.pk for other in chosen)))
        page.body = [text, *(("link", {"text": "x", "page": other, "url": ""}) for other in chosen)]
        page.save()
        costs[wanted] = queries(client, page.url)
    assert costs == dict.fromkeys((1, 3, 30), costs[1])
