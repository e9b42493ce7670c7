"""What a first view costs (look.md): 100 KB over the wire, 20 KB of scripts, one file that drawing waits for."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Site

pytestmark = pytest.mark.browser

PATHS = (
    "/en/",
    "/ar/",
    "/en/help/",
    "/en/search/",
    "/en/brussels-toolbox/guide-of-best-practices/a-safer-space-at-the-counter/",
)


@pytest.mark.parametrize("path", PATHS)
def test_first_view(page: Page, site: Site, path: str) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    kinds: dict[str, str] = {}
    sizes: dict[str, float] = {}
    session.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    session.on(
        "Network.loadingFinished",
        lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}),
    )
    page.goto(site.url + path, wait_until="networkidle")
    scripts = sum(size for request, size in sizes.items() if kinds.get(request) == "Script")
    assert sum(sizes.values()) <= 100 * 1024
    assert scripts <= 20 * 1024
    blocking = page.evaluate(
        "performance.getEntriesByType('resource')"
        ".filter((entry) => entry.renderBlockingStatus === 'blocking')"
        ".map((entry) => entry.initiatorType)"
    )
    assert blocking == ["link"]
