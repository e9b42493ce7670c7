"""A crawl over every public page: nothing is left behind, nobody else is asked, everything fits."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Site

pytestmark = pytest.mark.browser

STARTS = ("/en/", "/fr/", "/ar/", "/de/", "/en/nothing/")
NOT_PAGES = ("/cms/", "/api/", "/documents/", "/media/", "/static/", "/accounts/")
# Files, which a browser opens elsewhere or saves: asked for, and not looked at as pages.
FILES = ("/pdf/", "/citation/bib/", "/citation/ris/", ".ics", ".atom", "/pack/brussels/")

LEFT_BEHIND = """async () => ({
  cookie: document.cookie,
  local: Object.keys(localStorage),
  session: Object.keys(sessionStorage).filter((key) => key !== "exit"),
  databases: await indexedDB.databases(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  caches: await caches.keys(),
})"""
NOTHING = {"cookie": "", "local": [], "session": [], "databases": [], "workers": 0, "caches": []}


@dataclass
class Crawl:
    """What was seen on the way; `wide` are pages that scroll sideways on a telephone."""

    visited: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    left: dict[str, object] = field(default_factory=dict)
    wide: list[str] = field(default_factory=list)
    turned: list[str] = field(default_factory=list)
    cookies: list[object] = field(default_factory=list)
    files: dict[str, tuple[int, bool]] = field(default_factory=dict)


@pytest.fixture(scope="module")
def crawl(chromium: Browser, running: Site) -> Iterator[Crawl]:
    context = chromium.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    yield go_everywhere(page, running)
    context.close()


def go_everywhere(page: Page, site: Site) -> Crawl:
    crawl = Crawl()
    own = urlsplit(site.url).netloc

    def note(address: str) -> None:
        if urlsplit(address).netloc != own:
            crawl.foreign.append(address)

    page.on("request", lambda request: note(request.url))
    page.on("pageerror", lambda error: crawl.complaints.append(str(error)))
    page.on(
        "console",
        lambda message: (
            crawl.complaints.append(message.text)
            if message.type in ("error", "warning") and "404 (Not Found)" not in message.text
            else None
        ),
    )
    waiting = list(STARTS)
    while waiting:
        path = waiting.pop(0)
        if path in crawl.visited:
            continue
        crawl.visited.append(path)
        if path.endswith(FILES):
            answer = page.context.request.get(site.url + path)
            crawl.files[path] = (answer.status, "set-cookie" in answer.headers)
            continue
        page.goto(site.url + path)
        state = page.evaluate(LEFT_BEHIND)
        if state != NOTHING:
            crawl.left[path] = state
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            crawl.wide.append(path)
        language, direction = page.evaluate("[document.documentElement.lang, document.documentElement.dir]")
        if direction != ("rtl" if language == "ar" else "ltr") or not path.startswith(f"/{language}/"):
            crawl.turned.append(path)
        for address in page.evaluate("[...document.querySelectorAll('a[href]')].map((a) => a.href)"):
            parts = urlsplit(address)
            if parts.netloc == own and not parts.path.startswith(NOT_PAGES):
                waiting.append(parts.path)
    crawl.cookies = list(page.context.cookies())
    return crawl


def test_files_come_without_a_cookie(crawl: Crawl) -> None:
    assert {path.rstrip("/").rpartition("/")[2] for path in crawl.files} >= {"pdf", "bib", "ris"}
    assert set(crawl.files.values()) == {(200, False)}


def test_it_went_everywhere(crawl: Crawl) -> None:
    assert len(crawl.visited) > 25
    for path in (
        "/en/brussels-toolbox/guide-of-best-practices/a-safer-space-at-the-counter/",
        "/ar/brussels-toolbox/guide-of-best-practices/a-safer-space-at-the-counter/",
        "/en/search/",
        "/it/help/",
        "/ar/safe-spaces/example-association/the-lantern-room/card/",
    ):
        assert path in crawl.visited


def test_nothing_is_left_behind(crawl: Crawl) -> None:
    assert crawl.left == {}
    assert crawl.cookies == []


def test_nobody_else_is_asked(crawl: Crawl) -> None:
    assert crawl.foreign == []


def test_the_browser_complains_about_nothing(crawl: Crawl) -> None:
    assert crawl.complaints == []


def test_nothing_scrolls_sideways_at_320_pixels(crawl: Crawl) -> None:
    assert crawl.wide == []


def test_language_and_direction_are_those_of_the_address(crawl: Crawl) -> None:
    assert crawl.turned == []
