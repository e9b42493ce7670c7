"""The menu: what is in it, in which language, and at what cost."""

from django.test import Client, RequestFactory
from wagtail.models import PageViewRestriction

from home.navigation import MenuItem, menu_of
from tests.counting import queries
from tests.factories import StandardPageFactory, Tree, locale


def test_toolboxes_and_chosen_pages(tree: Tree) -> None:
    StandardPageFactory(parent=tree.home, title="Not in the menu")
    menu = menu_of("en", RequestFactory().get("/"))
    assert menu.toolboxes == [MenuItem("Brussels toolbox", "/en/brussels-toolbox/", "en")]
    assert menu.pages == [MenuItem("About the project", "/en/about-the-project/", "en")]


def test_text_in_another_language_is_marked(tree: Tree) -> None:
    tree.about.copy_for_translation(locale("fr"), alias=True)
    menu = menu_of("fr", RequestFactory().get("/"))
    assert menu.pages == [MenuItem("About the project", "/fr/about-the-project/", "en")]


def test_no_title_of_a_hidden_page(tree: Tree) -> None:
    PageViewRestriction.objects.create(page=tree.about, restriction_type=PageViewRestriction.LOGIN)
    tree.toolbox.unpublish()
    menu = menu_of("en", RequestFactory().get("/"))
    assert (menu.toolboxes, menu.pages) == ([], [])


def test_the_same_queries_for_1_3_and_30_pages_in_the_menu(tree: Tree, client: Client) -> None:
    costs = {}
    made = 1
    for wanted in (1, 3, 30):
        while made < wanted:
            made += 1
            StandardPageFactory(parent=tree.home, title=f"Page {made}", show_in_menus=True)
        costs[wanted] = queries(client, tree.about.url)
    assert costs == dict.fromkeys((1, 3, 30), costs[1])
