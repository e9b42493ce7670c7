"""What people come for, done in Chromium without scripts on a small telephone; then the map, which only adds."""

import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site

pytestmark = pytest.mark.browser

LIST = "/{}/safe-spaces/"
LOOK = """(key) => {
  const { backgroundColor, backgroundImage, borderTopStyle } = getComputedStyle(key);
  return [backgroundColor, backgroundImage, borderTopStyle].join();
}"""


@pytest.fixture
def telephone(chromium: Browser) -> Iterator[Page]:
    """A small telephone whose browser runs no scripts."""
    context = chromium.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    yield context.new_page()
    context.close()


def next_monday() -> str:
    today = datetime.datetime.now(datetime.UTC).date()
    return (today + datetime.timedelta(days=7 - today.weekday())).isoformat()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_find_an_open_place_call_it_print_it(telephone: Page, site: Site, language: str) -> None:
    telephone.goto(site.url + LIST.format(language))
    assert telephone.locator(".safe-place").count() == 3
    # The first place begins on the first screen: the form is folded.
    box = telephone.locator(".safe-place").first.bounding_box()
    assert box is not None
    assert box["y"] < 640
    telephone.locator(".filters-fold > summary").click()
    telephone.locator("select[name=audience]").select_option("migrant-women")
    telephone.locator("select[name=language]").select_option("ar")
    telephone.locator("input[name=day]").fill(next_monday())
    telephone.locator("input[name=time]").fill("10:00")
    telephone.locator(".filters button").click()

    assert re.search(r"/safe-spaces/\?s=[\w=-]+$", telephone.url)
    expect(telephone.locator(".safe-place h3")).to_have_text([re.compile("The Lantern Room")])
    number = telephone.locator(".safe-place .tel")
    expect(number).to_have_attribute("href", "tel:+0000000102")
    height = number.bounding_box()
    assert height is not None
    assert height["height"] >= 44
    assert telephone.evaluate("document.documentElement.scrollWidth") == 320

    telephone.locator("a[href*='print/']").click()
    expect(telephone.locator(".safe-place h3")).to_have_text([re.compile("The Lantern Room")])
    expect(telephone.locator("svg.qr")).to_be_visible()
    telephone.emulate_media(media="print")
    assert not telephone.locator(".exitbar").is_visible()

    telephone.emulate_media(media="screen")
    telephone.locator(".safe-place h3 a").click()
    expect(telephone.locator(".call-first .tel")).to_have_attribute("href", "tel:+0000000102")
    box = telephone.locator(".call-first .tel").bounding_box()
    assert box is not None
    assert box["y"] < 640


def test_nothing_found_leads_on(telephone: Page, site: Site) -> None:
    telephone.goto(site.url + LIST.format("en"))
    telephone.locator(".filters-fold > summary").click()
    telephone.locator("select[name=service]").select_option("legal")
    telephone.locator("input[name=wheelchair]").check()
    telephone.locator(".filters button").click()
    expect(telephone.locator("main a[href='tel:116016']")).to_be_visible()
    telephone.locator(".chips a").first.click()
    assert telephone.locator(".safe-place").count() == 1


def test_the_map_costs_little_and_asks_nobody_else(page: Page, demonstration: Site) -> None:
    """With places in four cities, so that countries stand behind them."""
    sizes: dict[str, float] = {}
    foreign: list[str] = []
    complaints: list[str] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    own = urlsplit(demonstration.url).netloc
    page.on("request", lambda request: urlsplit(request.url).netloc == own or foreign.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(demonstration.url + LIST.format("en"), wait_until="networkidle")
    page.locator(".map__cluster").first.wait_for()
    page.locator("path.map__countries").wait_for(state="attached")
    assert sum(sizes.values()) < 250 * 1024
    assert foreign == []
    assert complaints == []


def test_the_map_shows_what_may_be_known(page: Page, site: Site) -> None:
    page.goto(site.url + LIST.format("en"))
    page.locator(".map__pin").wait_for()
    expect(page.locator(".map__pin")).to_have_text(["1"])
    expect(page.locator(".map__number")).to_have_text(["2"])
    assert page.locator("path.map__area").count() == 1
    assert "map-hatch" in page.locator("path.map__area").evaluate("(path) => getComputedStyle(path).fill")


def test_far_out_countries_stand_behind_the_places(page: Page, site: Site) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.emulate_media(reduced_motion="reduce")
    page.goto(site.url + LIST.format("en"))
    page.locator(".map__pin").wait_for()
    countries = page.locator("path.map__countries")
    assert countries.count() == 0
    assert not [path for path in asked if "land" in path]
    for _ in range(9):
        page.locator(".leaflet-control-zoom-out").click()
    expect(countries).to_have_count(1)
    assert len([path for path in asked if "land" in path]) == 1
    assert len(str(countries.get_attribute("d"))) > 2000
    # Places are above, and a press comes nearer, where countries would be too rough.
    page.locator(".map__cluster").click()
    expect(countries).to_have_count(0)


def test_the_map_does_without_countries(page: Page, site: Site) -> None:
    page.route("**/land*.json", lambda route: route.abort())
    page.emulate_media(reduced_motion="reduce")
    page.goto(site.url + LIST.format("en"))
    page.locator(".map__pin").wait_for()
    for _ in range(9):
        page.locator(".leaflet-control-zoom-out").click()
    page.locator(".map__cluster").wait_for()
    assert page.locator("path.map__area").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_leave_what_is_known_apart(
    chromium: Browser, site: Site, scheme: Literal["light", "dark"]
) -> None:
    """An address, an area and a telephone are told apart without any colour of ours, and so is what is pointed at."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, forced_colors="active", color_scheme=scheme)
    page = context.new_page()
    page.goto(site.url + LIST.format("en"))
    page.locator(".map__pin").wait_for()
    keys = page.locator(".legend .key")
    assert len({key.evaluate(LOOK) for key in keys.all()}) == keys.count() == 3
    area = page.locator("path.map__area")
    canvas = page.evaluate("getComputedStyle(document.body).backgroundColor")
    stroke = area.evaluate("(path) => getComputedStyle(path).stroke")
    assert stroke != canvas
    before = page.locator("#place-2").screenshot()
    page.locator(".map__number").focus()
    assert page.locator("#place-2").screenshot() != before
    assert area.evaluate("(path) => getComputedStyle(path).stroke") != stroke
    # A camera needs dark on light.
    page.goto(site.url + LIST.format("en") + "print/")
    assert page.locator(".qr").evaluate("(code) => getComputedStyle(code).backgroundColor") == "rgb(255, 255, 255)"
    context.close()


def test_an_old_file_of_a_city_warns(chromium: Browser, site: Site, tmp_path: Path) -> None:
    """Without a network, on the first day on which nobody may rely on it any longer, and not a day before."""
    context = chromium.new_context()
    content = context.request.get(site.url + LIST.format("en") + "pack/brussels/").body()
    kept = tmp_path / "notes.html"
    kept.write_bytes(content)
    found = re.search(rb'data-expires="([\d-]+)"', content)
    assert found
    last = datetime.datetime.fromisoformat(found[1].decode())
    context.set_offline(True)
    for moment, warned in ((last.replace(hour=23), False), (last + datetime.timedelta(days=1, hours=1), True)):
        page = context.new_page()
        page.clock.set_fixed_time(moment)
        page.goto(kept.as_uri())
        assert page.locator("#late").is_visible() is warned
        assert page.title() == "Notes"
    context.close()


def test_list_and_map_show_each_other(page: Page, site: Site) -> None:
    page.goto(site.url + LIST.format("en"))
    page.locator(".map__pin").wait_for()
    page.locator("#place-1 h3 a").focus()
    expect(page.locator(".map__pin")).to_have_class(re.compile("is-shown"))
    page.locator("#place-2").hover()
    expect(page.locator("path.map__area")).to_have_class(re.compile("is-shown"))
    page.locator(".map__pin").focus()
    expect(page.locator("#place-1")).to_have_class(re.compile("is-shown"))
    assert page.locator(".map__pin").get_attribute("aria-label") == "Place 1. Open Door Counter"
    page.keyboard.press("Enter")
    expect(page.locator("#place-1 h3 a")).to_be_focused()


def test_on_a_telephone_the_map_is_loaded_only_by_who_comes_to_it(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.url + LIST.format("en"), wait_until="networkidle")
    assert not [address for address in asked if "leaflet" in address]
    page.locator("[data-map]").scroll_into_view_if_needed()
    page.locator(".map__pin").wait_for()
    context.close()


def test_no_word_of_what_was_chosen_stays_in_address_or_title(page: Page, site: Site) -> None:
    page.goto(site.url + LIST.format("en"))
    page.locator("select[name=service]").select_option("legal")
    page.locator("select[name=language]").select_option("fr")
    page.locator(".filters button").click()
    page.locator("#place-1").wait_for()
    assert not re.search("legal|language|service", page.url + page.title())
