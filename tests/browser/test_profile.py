"""After a search no file of the browser's own profile holds the words."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.browser.conftest import LAUNCH, Site

pytestmark = pytest.mark.browser

# No word of any page, dictionary or list that the browser brings along; with a letter that addresses write otherwise.
WORD = "zwölfkampfbrücke"


def left_in_profile(playwright: Playwright, profile: Path, visit: Callable[[Page], None]) -> list[str]:
    """Visit with a profile of one's own, close the browser, and return its files that hold the word in any spelling."""
    context = playwright.chromium.launch_persistent_context(str(profile), **LAUNCH)
    visit(context.pages[0])
    context.close()
    spellings = [form.encode(code) for form in (WORD, quote(WORD)) for code in ("utf-8", "utf-16-le", "latin-1")]
    files = [path for path in profile.rglob("*") if path.is_file()]
    assert len(files) > 20, "this is no profile"
    return [str(path.relative_to(profile)) for path in files if any(word in path.read_bytes() for word in spellings)]


def test_a_search_leaves_no_word_in_the_profile(site: Site, playwright: Playwright, tmp_path: Path) -> None:
    def search(page: Page) -> None:
        page.goto(f"{site.url}/en/search/")
        page.locator("#q").press_sequentially(WORD)
        page.locator("#q").press("Enter")
        page.wait_for_url("**/en/search/?s=*")
        expect(page.locator("#q")).to_have_value(WORD)
        page.goto(f"{site.url}/en/help/")
        # From the browser's back/forward cache no page loads.
        page.evaluate("history.back()")
        expect(page.locator("#q")).to_have_value(WORD)

    assert left_in_profile(playwright, tmp_path / "profile", search) == []


def test_an_address_with_the_word_would_be_found(site: Site, playwright: Playwright, tmp_path: Path) -> None:
    """What the test above would miss, it would miss here."""
    assert "Default/History" in left_in_profile(
        playwright, tmp_path / "profile", lambda page: page.goto(f"{site.url}/en/search/?q={quote(WORD)}")
    )
