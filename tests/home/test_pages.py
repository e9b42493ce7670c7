"""The first page and plain pages."""

import re

from django.test import Client
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext
from wagtail.models import PageViewRestriction

from home.models import StandardPage
from tests.counting import queries
from tests.factories import (
    BestPracticeIndexPageFactory,
    CityFactory,
    StandardPageFactory,
    ToolboxPageFactory,
    Tree,
    locale,
)


def translated(language: str, text: str) -> str:
    """Return the interface text as a page in `language` shows it; never the English one."""
    with translation.override(language):
        found = gettext(text)
    assert found != text
    return escape(found)


def test_the_first_page_shows_every_toolbox_with_its_city(tree: Tree, client: Client) -> None:
    CityFactory(code="brussels", locale=locale("fr"), name="Bruxelles")
    tree.toolbox.copy_for_translation(locale("fr"), alias=True)
    text = client.get("/fr/").content.decode()
    assert re.findall(r'<article class="city" data-city="(\w+)">', text) == ["brussels"]
    assert '<h3><a href="/fr/brussels-toolbox/">Bruxelles</a></h3>' in text
    assert '<p lang="en" dir="ltr">For LGBTQIA+ people with a migration background</p>' in text


def test_a_hidden_toolbox_is_not_on_the_first_page(tree: Tree, client: Client) -> None:
    PageViewRestriction.objects.create(page=tree.toolbox, restriction_type=PageViewRestriction.LOGIN)
    text = client.get("/en/").content.decode()
    assert "brussels" not in text.lower().replace("partners in brussels", "")


def test_the_same_queries_for_1_3_and_30_toolboxes(tree: Tree, client: Client) -> None:
    costs = {}
    made = 1
    for wanted in (1, 3, 30):
        while made < wanted:
            made += 1
            city = CityFactory(code=f"city-{made}")
            toolbox = ToolboxPageFactory(parent=tree.home, title=f"Toolbox {made}", city=city)
            BestPracticeIndexPageFactory(parent=toolbox)
        costs[wanted] = queries(client, "/en/")
    assert costs == dict.fromkeys((1, 3, 30), costs[1])


def test_112_stands_in_the_first_4_kilobytes(tree: Tree, client: Client) -> None:
    for path in ("/en/", "/ar/", tree.about.url, "/en/help/"):
        start = client.get(path).content[:4096].decode("utf-8", "ignore")
        assert start.index('class="exit"') < start.index("112"), path


def test_every_block_is_drawn(tree: Tree, client: Client) -> None:
    page: StandardPage = StandardPageFactory(
        parent=tree.home,
        title="Blocks",
        body=[
            ("heading", "A heading"),
            ("text", "<p>A text<script>1</script></p>"),
            ("quote", {"text": "Words", "source": "A guardian"}),
            ("notice", {"text": "A remark"}),
            ("checklist", ["One", "Two"]),
            ("link", {"text": "Go on", "page": tree.about, "url": ""}),
        ],
    )
    text = re.sub(r">\s+<", "><", client.get(page.url).content.decode())
    for expected in (
        "<h2>A heading</h2>",
        '<div class="rich"><p>A text</p></div>',
        '<blockquote class="quote"><p>Words</p><footer>A guardian</footer></blockquote>',
        '<p class="notice">A remark</p>',
        '<ul class="check"><li>One</li><li>Two</li></ul>',
        'href="/en/about-the-project/" rel="noreferrer">Go on</a>',
    ):
        assert expected in text


def test_what_people_say_instead_stands_at_the_foot_of_the_page(tree: Tree, client: Client) -> None:
    page = StandardPageFactory(parent=tree.home, title="Told", other_words="who <is> this\n\n  what do they do  ")
    page.copy_for_translation(locale("ar"), alias=True)
    text = re.sub(r">\s+<", "><", client.get(page.url).content.decode())
    heading = '<h2 id="other-words">People also look for this as</h2>'
    assert f'{heading}<ul class="l"><li>who &lt;is&gt; this</li><li>what do they do</li></ul>' in text
    assert text.index(heading) < text.index("</main>")
    arabic = client.get("/ar/told/").content.decode()
    assert translated("ar", "People also look for this as") in arabic
    assert re.search(r'<ul class="l" lang="en" dir="ltr">\s*<li>who', arabic)


def test_a_page_without_other_words_says_nothing_of_them(tree: Tree, client: Client) -> None:
    page = StandardPageFactory(parent=tree.home, title="Plain", other_words="\n ")
    assert "other-words" not in client.get(page.url).content.decode()


def test_an_alias_says_so_in_the_reader_s_language_and_marks_its_text(tree: Tree, client: Client) -> None:
    tree.about.copy_for_translation(locale("ar"), alias=True)
    text = client.get("/ar/about-the-project/").content.decode()
    assert '<html lang="ar" dir="rtl">' in text
    said = translated("ar", "This page is not yet available in %(wanted)s.") % {"wanted": "العربيّة"}
    assert said in text
    assert '<bdi lang="en">English</bdi>' in text
    assert '<h1 lang="en" dir="ltr">About the project</h1>' in text
    assert '<link rel="canonical" href="http://testserver/en/about-the-project/">' in text
    assert re.findall(r'hreflang="([\w-]+)" href="http', text) == ["en", "x-default"]


def test_a_machine_s_translation_says_so_and_leads_to_the_original(tree: Tree, client: Client) -> None:
    french = tree.about.copy_for_translation(locale("fr"))
    french.machine_translated = True
    french.is_example = True
    french.save_revision().publish()
    text = client.get(french.url).content.decode()
    assert translated("fr", "Machine translation, not checked by a native speaker.") in text
    original = translated("fr", "Read the original")
    assert f'<a href="/en/about-the-project/" hreflang="en">{original}</a>' in text
    assert translated("fr", "Example written for demonstration.") in text
    assert re.findall(r'hreflang="([\w-]+)" href="http', text) == ["en", "fr", "x-default"]
    assert "Machine translation" not in client.get(tree.about.url).content.decode()


def test_no_request_to_another_origin_stands_in_a_page(tree: Tree, client: Client) -> None:
    for path in ("/en/", tree.about.url, tree.practices[0].url, "/en/help/"):
        text = client.get(path).content.decode()
        assert re.findall(r'(?:src|action|srcset|poster)="(?:https?:)?//[^"]*"', text) == [], path
        outside = re.findall(r'<a[^>]+href="https?://(?!testserver)[^>]*>', text)
        assert all('rel="noreferrer"' in link for link in outside), path
