"""An editor's day in a real browser: sign in, set up the second factor, publish in English, translate to French."""

import os
import re
import subprocess
import sys

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ROOT, Site
from tests.factories.staff import code_for

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

SUMMARY = "One colleague walks along, so that nobody has to tell it twice."
FRENCH = {
    "Title": "Un passage de relais accompagné",
    "Summary": "Une collègue accompagne, pour que personne ne raconte deux fois.",
    "Why it is needed": "Les personnes viennent d’abord pour une autre raison.",
    "Aim": "Demander de l’aide en une phrase.",
}


def manage(site: Site, *arguments: str) -> str:
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "DJANGO_SETTINGS_MODULE": "equalcity.settings.dev",
        "EQUALCITY_HOME": str(site.home),
        "SITE_URL": site.url,
    }
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True, cwd=ROOT).stdout


def sign_in_for_the_first_time(page: Page, site: Site) -> None:
    said = manage(site, "create_staff", "frontdesk")
    password = re.search(r"Password:\s+(\S+)", said)
    assert password is not None
    page.goto(f"{site.url}/cms/")
    page.get_by_label("Login").fill("frontdesk")
    page.get_by_label("Password").fill(password[1])
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up your second factor")

    page.goto(f"{site.url}/cms/pages/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up your second factor")
    page.get_by_label("Authenticator code").fill(code_for(page.locator(".staff-key").inner_text()))
    page.get_by_role("button", name="Done").click()
    expect(page.locator(".staff-codes li")).to_have_count(10)
    page.get_by_role("link", name="I keep them: to the dashboard").click()
    expect(page.get_by_role("heading", name="Translations and drafts today")).to_be_visible()


def publish_in_english(page: Page, site: Site, number: str) -> None:
    page.goto(f"{site.url}/cms/pages/{number}/edit/")
    page.get_by_role("textbox", name="Summary").fill(SUMMARY)
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("has been published").first).to_be_visible()


def translate_to_french(page: Page, site: Site, number: str) -> None:
    page.goto(f"{site.url}/cms/pages/{number}/edit/")
    page.get_by_role("navigation", name="Actions", exact=True).get_by_role("button", name="Actions").click()
    page.get_by_role("link", name="Translate this page").click()
    page.get_by_label("Select all").check()
    page.get_by_label("Select all").uncheck()
    page.get_by_label("French").check()
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("Nothing is public until you publish it.")).to_be_visible()

    page.get_by_role("button", name="Publish in French").click()
    expect(page.get_by_text("4 texts wait for a translation")).to_be_visible()
    for field, text in FRENCH.items():
        section = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=field, exact=True))
        section.get_by_role("button", name="Translate").click()
        section.get_by_role("textbox").fill(text)
        section.get_by_role("button", name="Save").click()
        expect(section.get_by_text("Translated manually")).to_be_visible()
    page.get_by_role("button", name="Publish in French").click()
    expect(page.get_by_text("is published in French")).to_be_visible()


def test_from_the_first_sign_in_to_a_public_translation(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    page = context.new_page()
    complaints: list[str] = []
    foreign: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: foreign.append(request.url) if not request.url.startswith(site.url) else None)
    find = "from wagtail.models import Page; print('>', Page.objects.get(slug='a-warm-handover', locale=1).pk)"
    number = manage(site, "shell", "-c", find).rpartition(">")[2].strip()

    sign_in_for_the_first_time(page, site)
    publish_in_english(page, site, number)
    translate_to_french(page, site, number)
    context.close()

    visitor = chromium.new_context(locale="fr-BE")
    page = visitor.new_page()
    address = f"{site.url}/fr/brussels-toolbox/guide-of-best-practices/a-warm-handover/"
    assert page.goto(address).status == 200
    expect(page.get_by_role("heading", level=1)).to_have_text(FRENCH["Title"])
    expect(page.get_by_text(FRENCH["Summary"])).to_be_visible()
    assert visitor.cookies() == []
    page.goto(address.replace("/fr/", "/en/"))
    expect(page.get_by_text(SUMMARY)).to_be_visible()
    visitor.close()
    assert foreign == []
    assert complaints == []
