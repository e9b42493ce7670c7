"""Exit (safety rule 2), in a real browser."""

import time
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.browser.conftest import Elsewhere, Site

pytestmark = [pytest.mark.browser, pytest.mark.clock]

PATHS = ("/en/", "/en/brussels-toolbox/", "/en/about-the-project/", "/en/help/")

# Says when something of a page came on the screen or went. (A page that comes back from the browser's cache repeats
# its old messages: hence the times.)
WATCH = """
let last;
addEventListener("pageshow", () => { last = undefined; });
const watch = () => {
  const shown = document.body && !document.documentElement.hidden && document.body.innerText.trim();
  const state = (shown ? "seen " : "blank ") + location.href + " " + document.title;
  if (state !== last) console.log(Date.now() + " " + state);
  last = state;
  requestAnimationFrame(watch);
};
requestAnimationFrame(watch);
"""


@dataclass(frozen=True)
class Sight:
    """What a page showed from a moment on; `at` in seconds since 1970."""

    at: float
    shown: bool
    address: str
    title: str


class Watcher:
    """Notes what was on the screen. It asks the page nothing: Playwright waits for a navigation that hangs."""

    def __init__(self, page: Page, site: Site) -> None:
        self.origin = site.url
        self.sights: list[Sight] = []
        page.on("console", self.note)
        page.add_init_script(WATCH)

    def note(self, message: ConsoleMessage) -> None:
        time_and_rest = message.text.split(" ", 3)
        if len(time_and_rest) == 4 and time_and_rest[2].startswith(self.origin):
            moment, state, address, title = time_and_rest
            self.sights.append(Sight(float(moment) / 1000, state == "seen", address, title.strip()))

    def since(self, moment: float) -> list[Sight]:
        return [sight for sight in self.sights if sight.at > moment]

    def seen_since(self, moment: float) -> list[Sight]:
        return [sight for sight in self.since(moment) if sight.shown]


def press_back(page: Page) -> None:
    page.evaluate("setTimeout(() => history.back())")
    page.wait_for_timeout(800)


def visit_all(page: Page, site: Site) -> None:
    for path in PATHS:
        page.goto(site.url + path)


def leave_by_click(page: Page) -> None:
    page.click(".exit", no_wait_after=True)


def leave_by_shift(page: Page) -> None:
    for _press in range(3):
        page.keyboard.press("Shift")


@pytest.mark.parametrize("leave", [leave_by_click, leave_by_shift])
def test_back_shows_nothing_of_ours(page: Page, site: Site, elsewhere: Elsewhere, leave: object) -> None:
    assert callable(leave)
    watcher = Watcher(page, site)
    visit_all(page, site)
    page.wait_for_timeout(200)
    assert watcher.seen_since(0) != []
    leave(page)
    page.wait_for_url(elsewhere.url)
    page.wait_for_timeout(300)
    assert elsewhere.referrers == [None]
    left = time.time()
    shown = []
    for _press in range(4):
        press_back(page)
        shown.append(page.url)
    assert watcher.seen_since(left) == []
    assert shown == [elsewhere.url, elsewhere.url, elsewhere.url, "about:blank"]


def test_coming_back_on_purpose_works(page: Page, site: Site, elsewhere: Elsewhere) -> None:
    page.goto(site.url + "/en/")
    leave_by_click(page)
    page.wait_for_url(elsewhere.url)
    page.goto(site.url + "/en/help/")
    assert page.locator("h1").inner_text() == "Get help now"
    assert page.evaluate("sessionStorage.length") == 0


def test_typing_capitals_does_not_leave(page: Page, site: Site) -> None:
    page.goto(site.url + "/en/")
    page.click("#q")
    page.keyboard.type("A B C D")
    page.wait_for_timeout(300)
    assert page.url == site.url + "/en/"


def test_slow_presses_do_not_leave(page: Page, site: Site) -> None:
    page.goto(site.url + "/en/")
    for _press in range(3):
        page.keyboard.press("Shift")
        page.wait_for_timeout(900)
    assert page.url == site.url + "/en/"


def test_it_is_blank_at_once_while_the_other_site_hangs(page: Page, site: Site, elsewhere: Elsewhere) -> None:
    site.lead_exit_to(elsewhere.url.replace("/weather/", "/hang/"))
    watcher = Watcher(page, site)
    visit_all(page, site)
    page.evaluate("setTimeout(() => history.back(), 1500)")
    leave_by_click(page)
    page.wait_for_timeout(300)
    left = time.time()
    assert watcher.sights[-1].shown is False
    assert (watcher.sights[-1].address, watcher.sights[-1].title) == (f"{site.url}/", "")
    page.wait_for_timeout(2500)
    assert watcher.seen_since(left) == []
    assert [sight.address for sight in watcher.since(left)] == [site.url + PATHS[-2]]
    elsewhere.release.set()


def test_without_scripts_it_is_a_plain_link(chromium: Browser, site: Site, elsewhere: Elsewhere) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url + "/en/")
    assert page.locator(".exitnote").inner_text() == (
        "Scripts are off: Exit still opens another site, but Back will show this page again."
    )
    page.click(".exit")
    page.wait_for_url(elsewhere.url)
    assert elsewhere.referrers == [None]
    context.close()


@pytest.mark.parametrize("path", ["/en/help/", "/ar/help/", "/en/nothing/", "/ar/nothing/"])
def test_it_is_on_help_and_error_pages(page: Page, site: Site, elsewhere: Elsewhere, path: str) -> None:
    page.goto(site.url + path)
    leave_by_click(page)
    page.wait_for_url(elsewhere.url)


@pytest.mark.parametrize(("width", "height"), [(320, 640), (320, 256), (1280, 900)])
@pytest.mark.parametrize("path", ["/en/", "/ar/", "/de/help/", "/en/nothing/"])
def test_it_is_first_and_in_sight(page: Page, site: Site, path: str, width: int, height: int) -> None:
    """320 by 256 is a screen of 1280 by 1024 at 400 % zoom."""
    page.set_viewport_size({"width": width, "height": height})
    page.goto(site.url + path)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "exit"
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_timeout(100)
    box = page.locator(".exit").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] == 0
    middle = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    assert page.evaluate("([x, y]) => document.elementFromPoint(x, y).className", middle) == "exit"


@pytest.mark.parametrize("path", ["/en/", "/ar/help/"])
def test_it_covers_nothing_that_has_focus(page: Page, site: Site, path: str) -> None:
    page.set_viewport_size({"width": 320, "height": 400})
    page.goto(site.url + path)
    covered = []
    for _press in range(60):
        page.keyboard.press("Tab")
        found = page.evaluate(
            """() => {
              const now = document.activeElement;
              if (now === document.body || now.closest(".exitbar")) return null;
              const bar = document.querySelector(".exitbar").getBoundingClientRect();
              const at = now.getBoundingClientRect();
              return at.top < bar.bottom - 1 ? now.outerHTML.slice(0, 80) : null;
            }"""
        )
        if found:
            covered.append(found)
    assert covered == []
