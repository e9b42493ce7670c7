"""No barrier that axe-core can find: every page type of the demonstration, in every language, small and large.

Narrow and light, wide and dark: a barrier of one width or of one scheme shows in one of the two.
"""

import json
import urllib.request
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser
from wagtail.models import get_page_models

from equalcity.core.models import BasePage
from tests.browser.conftest import Site

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
# Only these cross over to us: what passes is much, and nobody reads it.
BARRIERS = "axe.run({resultTypes: ['violations']}).then((found) => found.violations)"
VIEWS: tuple[tuple[int, Any], ...] = ((320, "light"), (1280, "dark"))
LANGUAGES = ("en", "fr", "nl", "de", "sv", "it", "ar")
BESIDE_PAGES = ("help/", "search/", "search/?q=safe", "practices/gaps/", "practices/compare/")


def one_of_each_type(site: Site, language: str) -> dict[str, str]:
    """Return the path of one page of each type in a language, by type."""
    found: dict[str, str] = {}
    total = 1
    offset = 0
    while offset < total:
        address = f"{site.url}/api/v2/pages/?locale={language}&limit=100&offset={offset}&fields=_,type,html_url"
        with urllib.request.urlopen(address) as answer:
            listed = json.load(answer)
        total, offset = listed["meta"]["total_count"], offset + 100
        for item in listed["items"]:
            found.setdefault(item["meta"]["type"], item["meta"]["html_url"].removeprefix(site.url))
    return found


def side_by_side(site: Site, language: str) -> str:
    """Return where four practices are compared."""
    address = f"{site.url}/api/v2/pages/?type=toolbox_pages.BestPracticePage&locale={language}&limit=4"
    with urllib.request.urlopen(address) as answer:
        keys = [item["meta"]["key"] for item in json.load(answer)["items"]]
    assert len(keys) == 4
    return f"/{language}/practices/compare/?{'&'.join(f'p={key}' for key in keys)}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing(demonstration: Site, chromium: Browser, language: str) -> None:
    pages = one_of_each_type(demonstration, language)
    paths = [*pages.values(), *(f"/{language}/{path}" for path in BESIDE_PAGES)]
    paths.append(side_by_side(demonstration, language))
    violations = []
    context = chromium.new_context()
    page = context.new_page()
    for path in paths:
        page.goto(demonstration.url + path)
        page.evaluate(AXE)
        for width, scheme in VIEWS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            for one in page.evaluate(BARRIERS):
                where = [node["target"] for node in one["nodes"]][:3]
                violations.append(f"{path} at {width} px, {scheme}: {one['id']} ({one['help']}) {where}")
            wider = page.evaluate("document.documentElement.scrollWidth") - width
            if wider > 0:
                violations.append(f"{path} at {width} px is {wider} px too wide")
    context.close()
    assert violations == []


def test_every_page_type_is_in_the_demonstration(demonstration: Site) -> None:
    types = {model._meta.label for model in get_page_models() if issubclass(model, BasePage)}
    assert set(one_of_each_type(demonstration, "en")) == types
