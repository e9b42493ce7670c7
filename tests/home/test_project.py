"""What the project says of itself: timeline, partners, funding, contact; and the texts on every page."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import PageViewRestriction

from equalcity.core.offline import Offline, Said, SiteWords, exit_address, read, words, write
from home.blocks import PartialDateBlock, read_partial
from home.models import SiteTexts, StandardPage
from tests.counting import queries
from tests.factories import StandardPageFactory, Tree, locale


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    settings.EQUALCITY_HOME = tmp_path
    return tmp_path


def entry(date: str, words: str = "", title: str = "Work begins") -> dict[str, str]:
    return {"date": date, "words": words, "title": title, "text": ""}


def project_body(count: int = 1) -> list[tuple[str, Any]]:
    return [
        ("timeline", {"entries": [entry("2019-11", "End of November 2019"), *[entry("2020-01-13")] * count]}),
        (
            "partners",
            {
                "partners": [{"name": "Sapienza", "role": "Partner", "city": "Rome", "url": ""}] * count
                + [{"name": "IOM", "role": "", "city": "", "url": "https://example.org/"}]
            },
        ),
        ("funding", {"statement": "The Union paid.", "responsibility": "The authors answer for it."}),
        ("contact", {"text": "<p>Call us.</p>", "phone": "+32 2 287 74 39", "email": ""}),
    ]


def test_every_block_is_drawn(tree: Tree, client: Client) -> None:
    page: StandardPage = StandardPageFactory(parent=tree.home, title="Project", body=project_body())
    text = re.sub(r">\s+<", "><", client.get(page.url).content.decode())
    for expected in (
        '<ol class="timeline"><li><p class="timeline__when"><time datetime="2019-11">End of November 2019</time></p>',
        '<time datetime="2020-01-13">13 January 2020</time></p><p><b>Work begins</b></p></li></ol>',
        "<li><b>Sapienza</b><p>Partner, Rome</p></li>",
        '<li><a href="https://example.org/" rel="noreferrer">IOM</a>',
        '<div class="node"><p>The Union paid.</p><p>The authors answer for it.</p></div>',
        '<a href="tel:+3222877439"><bdi class="num" dir="ltr">+32 2 287 74 39</bdi></a>',
    ):
        assert expected in text, expected


@pytest.mark.parametrize(
    ("language", "shown"), [("en", "January 2020"), ("fr", "janvier 2020"), ("ar", "2020")], ids=["en", "fr", "ar"]
)
def test_a_date_is_shown_in_the_reader_s_language(tree: Tree, client: Client, language: str, shown: str) -> None:
    body = [("timeline", {"entries": [entry("2020-01")]})]
    page = StandardPageFactory(parent=tree.homes[language], title="Project", body=body)
    assert shown in client.get(page.url).content.decode()


@pytest.mark.parametrize("refused", ["2019-13", "2019-02-30", "19", "2019-1", "tomorrow", "0000"])
def test_a_date_that_does_not_exist_is_refused(refused: str) -> None:
    with pytest.raises(ValidationError):
        PartialDateBlock().clean(refused)


def test_a_partial_date_shows_no_more_than_it_says() -> None:
    assert [read_partial(text)[1] for text in ("2019", "2019-11", "2019-11-30")] == ["Y", "F Y", "j F Y"]  # type: ignore[index]


def test_the_same_queries_for_1_3_and_30_entries(tree: Tree, client: Client) -> None:
    costs = {}
    page = StandardPageFactory(parent=tree.home, title="Project")
    for wanted in (1, 3, 30):
        page.body = project_body(wanted)
        page.save()
        costs[wanted] = queries(client, page.url)
    assert costs == dict.fromkeys((1, 3, 30), costs[1])


# The footer ------------------------------------------------------------------------------------------------


def footer(client: Client, path: str) -> str:
    text = client.get(path).content.decode()
    return text[text.index("<footer class") :]


def test_a_page_for_the_footer_stands_there_and_not_in_the_menu(tree: Tree, client: Client) -> None:
    privacy = StandardPageFactory(parent=tree.home, title="Privacy", show_in_footer=True)
    hidden = StandardPageFactory(parent=tree.home, title="Secret", show_in_footer=True)
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    text = client.get(tree.about.url).content.decode()
    link = f'<a href="{privacy.url}">Privacy</a>'
    assert text.count(link) == 1
    assert link in footer(client, tree.about.url)
    assert "Secret" not in text


def test_the_same_queries_for_1_3_and_30_pages_in_the_footer(tree: Tree, client: Client) -> None:
    costs = {}
    made = 0
    for wanted in (1, 3, 30):
        while made < wanted:
            made += 1
            StandardPageFactory(parent=tree.home, title=f"Page {made}", show_in_footer=True)
        costs[wanted] = queries(client, tree.about.url)
    assert costs == dict.fromkeys((1, 3, 30), costs[1])


def test_texts_of_staff_stand_in_the_footer_of_their_language(tree: Tree, client: Client) -> None:
    before = queries(client, "/fr/")
    write(
        Offline(
            words={
                "en": SiteWords(funding="Paid by <us>.", contact="Not a helpline.", licence="CC BY 4.0"),
                "fr": SiteWords(funding="Payé par nous."),
            }
        )
    )
    english, french = footer(client, "/en/"), footer(client, "/fr/")
    assert "<p>Paid by &lt;us&gt;.</p>" in english
    assert "Rights, Equality and Citizenship" not in english
    assert "<p>Payé par nous.</p>" in french
    assert '<p lang="en" dir="ltr">Not a helpline.</p>' in french
    assert '<p class="soft" lang="en" dir="ltr">CC BY 4.0</p>' in french
    assert queries(client, "/fr/") == before


def test_without_texts_the_footer_says_who_paid(tree: Tree, client: Client) -> None:
    assert "Rights, Equality and Citizenship" in footer(client, "/en/")


def test_words_fall_back_field_by_field() -> None:
    write(Offline(words={"en": SiteWords(funding="A", contact="B"), "nl": SiteWords(contact="C")}))
    assert words("nl") == {"funding": Said("A", "en"), "contact": Said("C", "nl")}
    assert words("de") == {"funding": Said("A", "en"), "contact": Said("B", "en")}


@pytest.mark.parametrize(
    ("own", "general", "address"),
    [
        ("https://meteo.example/{locale}", "https://weather.example/", "https://meteo.example/fr"),
        ("", "https://weather.example/", "https://weather.example/"),
        ("javascript:alert(1)", "", "https://fr.wikipedia.org/"),
    ],
)
def test_exit_leads_where_the_language_says(own: str, general: str, address: str) -> None:
    write(
        Offline(
            exit_url=general, words={"fr": SiteWords(exit_url=own), "en": SiteWords(exit_url="https://en.example/")}
        )
    )
    assert exit_address("fr") == address


def test_the_help_page_says_them_without_a_database(client: Client) -> None:
    """No `django_db` mark: pytest-django refuses every query."""
    write(Offline(words={"fr": SiteWords(helpline="L’appel est gratuit.")}))
    assert "<p>L’appel est gratuit.</p>" in client.get("/fr/help/").content.decode()


@pytest.mark.django_db
def test_the_file_follows_what_staff_enter(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        made = SiteTexts.objects.create(locale=locale("fr"), funding="Payé par nous.")
    assert read().words == {"fr": SiteWords(funding="Payé par nous.")}
    with django_capture_on_commit_callbacks(execute=True):
        made.delete()
    assert read().words == {}


@pytest.mark.django_db
def test_a_language_has_one_set_of_texts_and_exit_is_a_web_address() -> None:
    SiteTexts.objects.create(locale=locale("fr"))
    with pytest.raises(ValidationError):
        SiteTexts(locale=locale("fr")).full_clean()
    with pytest.raises(ValidationError) as refused:
        SiteTexts(locale=locale("nl"), exit_url="javascript:alert(1)").full_clean()
    assert list(refused.value.message_dict) == ["exit_url"]


def test_a_file_of_an_earlier_version_is_read(home: Path) -> None:
    (home / "help-lines.json").write_text('{"lines": [], "exit_url": "", "contact_phone": "1"}', "utf-8")
    assert read() == Offline(contact_phone="1")
