"""Discreet reading (safety rule 2): one neutral title and one entry in the history for the whole site."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Elsewhere, Site

pytestmark = pytest.mark.browser


def state(page: Page) -> tuple[int, str, str]:
    length: int = page.evaluate("history.length")
    return length, page.title(), page.url


def begin(page: Page, site: Site) -> tuple[int, str, str]:
    page.goto(site.url + "/en/")
    page.click("[data-discreet=begin]")
    return state(page)


def wait_for_heading(page: Page, text: str) -> None:
    page.locator("h1", has_text=text).wait_for(state="attached", timeout=5000)


def test_links_and_forms_leave_one_entry_and_one_title(page: Page, site: Site) -> None:
    first = begin(page, site)
    assert first == (2, "Notes", f"{site.url}/en/")
    assert page.locator(".reading").is_visible()
    page.click("a[href='/en/brussels-toolbox/'] >> nth=0")
    wait_for_heading(page, "Brussels toolbox")
    page.click("a[href='/en/help/'] >> nth=0")
    wait_for_heading(page, "Get help now")
    assert not page.locator(".exitnote").is_visible()
    page.click(".langs summary")
    page.click(".langs a[lang=ar]")
    page.locator("html[dir=rtl]").wait_for()
    page.click(".wordmark >> nth=0")
    page.fill("#q", "counter")
    page.keyboard.press("Enter")
    page.locator(".searchtop #q").wait_for()
    assert page.locator("#q").input_value() == "counter"
    assert state(page) == first
    page.evaluate("setTimeout(() => history.back())")
    page.wait_for_url("about:blank")


def test_previous_page_and_stop(page: Page, site: Site) -> None:
    begin(page, site)
    page.click("a[href='/en/brussels-toolbox/'] >> nth=0")
    wait_for_heading(page, "Brussels toolbox")
    page.click("[data-discreet=back]")
    page.locator(".hero h1").wait_for()
    page.click("a[href='/en/about-the-project/'] >> nth=0")
    wait_for_heading(page, "About the project")
    page.click("[data-discreet=end]")
    page.wait_for_url(f"{site.url}/en/about-the-project/")
    assert not page.locator(".reading").is_visible()
    assert page.evaluate("history.length") == 2


def test_exit_works_in_it(page: Page, site: Site, elsewhere: Elsewhere) -> None:
    begin(page, site)
    page.click("a[href='/en/brussels-toolbox/'] >> nth=0")
    wait_for_heading(page, "Brussels toolbox")
    for _press in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(elsewhere.url)


def test_it_stores_nothing(page: Page, site: Site) -> None:
    begin(page, site)
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    page.reload()
    assert not page.locator(".reading").is_visible()
