"""Lists whose SQL was built once give what they give when it is built anew, for whatever values."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.utils import timezone
from wagtail.models import Page, Site

from equalcity.api import slices
from equalcity.api.endpoint import EVERYWHERE
from equalcity.api.listing import matching, models_of
from equalcity.api.pages import PageList
from equalcity.api.parameters import Query
from equalcity.api.slices import Condition, PageListing
from equalcity.core.public import IsPublic
from equalcity.publication.models import Publication
from equalcity.publication.record import record
from tests.factories import (
    BestPracticePageFactory,
    CityFactory,
    RoleFactory,
    SettingFactory,
    ThemeFactory,
    Tree,
    locale,
)

# Parameter -> values whose lists differ.
VALUES: dict[str, list[Any]] = {
    "type": ["toolbox_pages.BestPracticePage", "home.HomePage", "home.HomePage,toolbox_pages.BestPracticePage"],
    "locale": ["en", "fr", "ar"],
    "title": ["Night walks", "Talks with parents", "' OR 1=1 --"],
    "slug": ["night-walks", "talks", "%"],
    "show_in_menus": ["true", "false"],
    "city": ["rome", "luxembourg", "luxembourg,rome"],
    "theme": ["prevention", "masculinities", "prevention,masculinities"],
    "setting": ["school", "street"],
    "role": ["teacher", "nurse"],
    "engagement": ["volunteer", "professional", "professional,volunteer"],
    "evidence": ["best", "promising", "best,promising"],
    "modified_after": ["2001-01-01", "2101-01-01"],
}
BY_PAGE = ("id", "alias_of", "child_of", "descendant_of", "ancestor_of", "translation_of")
ORDERS = ("", "title", "-title", "-first_published_at,slug", "alias_of")


@pytest.fixture
def practices(published: Tree) -> list[Page]:
    """Practices that differ in all that lists ask for; one is an alias, one has a translation."""
    guide = published.practices[0].get_parent()
    rows = (
        ("Night walks", "night-walks", "rome", "prevention", "school", ("teacher", "professional"), "best"),
        ("Talks with parents", "talks", "luxembourg", "masculinities", "street", ("nurse", "volunteer"), "promising"),
    )
    made = []
    for number, (title, slug, city, theme, setting, (role, engagement), evidence) in enumerate(rows):
        page = BestPracticePageFactory(
            parent=guide,
            title=title,
            slug=slug,
            city=CityFactory(code=city),
            evidence_level=evidence,
            show_in_menus=bool(number),
        )
        page.themes.add(ThemeFactory(code=theme))
        page.settings.add(SettingFactory(code=setting))
        page.roles.add(RoleFactory(code=role, engagement=engagement))
        page.save_revision().publish()
        page.refresh_from_db()
        made.append(page)
    made.append(made[0].create_alias(update_slug="its-alias"))
    french = made[0].copy_for_translation(locale("fr"), copy_parents=True)
    french.save_revision().publish()
    record()
    return [Page.objects.get(pk=one.pk) for one in (*made, french)]


def listing(**given: Any) -> PageListing:
    query = Query(QueryDict(urlencode(given)), (*PageList.parameters, *EVERYWHERE))
    return matching(query, models_of(query))


def built_anew(pages: PageListing) -> tuple[list[int], int]:
    rows = pages.rows()
    return list(rows.values_list("object_id", flat=True)), rows.count()


def asked(pages: PageListing) -> tuple[list[int], int]:
    found = pages.slice(0, 100)
    return found.rows, found.total


@pytest.mark.parametrize("order", ORDERS)
def test_every_filter_gives_the_same_either_way(practices: list[Page], order: str) -> None:
    pages = [one.pk for page in practices for one in (page, page.get_parent())]
    # Nothing stands above it.
    pages.append(Site.objects.get().root_page_id)
    values = VALUES | dict.fromkeys(BY_PAGE, pages)
    values["first_published_at"] = [one.first_published_at.isoformat() for one in practices]
    slices.forget()
    for name, some in values.items():
        lists = [listing(**{name: value, "order": order}) for value in some]
        answers = [asked(one) for one in lists]
        assert answers == [built_anew(one) for one in lists], name
        assert len({str(answer) for answer in answers}) > 1, f"{name} tells nothing apart"
        assert any(total for _rows, total in answers), name


@pytest.mark.parametrize("place", ["child_of", "descendant_of", "ancestor_of"])
def test_a_place_in_whatever_language(practices: list[Page], place: str) -> None:
    for page in practices:
        for one in (page, page.get_parent()):
            pages = listing(**{place: one.pk, "locale": "fr", "fallback": "en,nl"})
            assert asked(pages) == built_anew(pages)
    assert asked(listing(descendant_of="root", locale="fr", fallback="en"))[1]


def test_several_filters_keep_their_values_apart(practices: list[Page]) -> None:
    for title, slug in (("Night walks", "talks"), ("Night walks", "night-walks"), ("Talks with parents", "talks")):
        pages = listing(title=title, slug=slug, locale="en", show_in_menus="false")
        assert asked(pages) == built_anew(pages)
    assert asked(listing(title="Night walks", slug="night-walks", locale="en", show_in_menus="false"))[1] == 1


def test_a_form_is_built_once_and_told_apart_by_all_but_its_values(practices: list[Page]) -> None:
    forms = {
        listing(**given).form
        for given in (
            {"city": "rome"},
            {"city": "rome", "order": "title"},
            {"city": "rome,luxembourg"},
            {"theme": "prevention"},
            {"setting": "school"},
            {"title": "x"},
            {"slug": "x"},
            {"type": "home.HomePage"},
            {"type": "toolbox_pages.BestPracticePage"},
        )
    }
    assert len(forms) == 9
    assert listing(city="rome").form == listing(city="luxembourg").form


def test_time_is_a_value(practices: list[Page]) -> None:
    page = practices[0]
    assert page.pk in asked(listing())[0]
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now())
    assert page.pk not in asked(listing())[0]
    assert Publication.objects.filter(object_id=page.pk, state="live").exists()


def test_a_form_that_would_keep_the_time_of_its_building_is_refused(published: Tree) -> None:
    pages = PageListing(timezone.now(), (Condition(lambda rows: rows.filter(IsPublic("object_id"))),), ("path",))
    with pytest.raises(TypeError, match="clock"):
        pages.slice(0, 1)


def test_what_lies_behind_the_end_is_counted_too(practices: list[Page]) -> None:
    total = asked(listing())[1]
    found = listing().slice(10_000, 5)
    assert (found.rows, found.total) == ([], total)
    assert listing(title="nothing").slice(0, 5).total == 0


def test_no_more_forms_are_remembered_than_a_server_has_room_for(published: Tree) -> None:
    for number in range(slices.FORMS + 3):
        listing(order=",".join(["title", "-slug", "id"][digit] for digit in digits(number))).slice(0, 1)
    assert slices._built.cache_info().currsize == slices.FORMS


def digits(number: int) -> list[int]:
    """Return a number in base three, at least one digit."""
    rest, last = divmod(number, 3)
    return ([*digits(rest)] if rest else []) + [last]
