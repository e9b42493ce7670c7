"""Four eyes: one asks, another agrees, then the address is written, once and within seven days."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page

from equalcity.core.models import User
from equalcity.publication.record import record
from safespace_map import raising
from safespace_map.lowering import lower
from safespace_map.models import RaiseRequest, SafeSpacePage, StaffNote
from safespace_map.places import places
from tests.factories import UserFactory
from tests.factories.map import Map
from tests.factories.staff import sign_in

pytestmark = pytest.mark.django_db
ADDRESS = {"street": "3 Public Row", "postal_code": "2000", "latitude": "50.5", "longitude": "4.5", "way_there": "Up."}


def person(name: str, *rights: str) -> User:
    group = Group.objects.create(name=name)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for right in rights:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=right)
        GroupPagePermission.objects.create(group=group, page=Page.get_first_root_node(), permission=permission)
    user: User = UserFactory(username=name)
    user.groups.add(group)
    return user


@pytest.fixture
def editor(db: None) -> User:
    return person("editor", "change_page")


@pytest.fixture
def publisher(db: None) -> User:
    return person("publisher", "change_page", "publish_page")


def test_the_whole_way(safe_map: Map, editor: User, publisher: User) -> None:
    place = safe_map.area
    wish = raising.ask(place, "exact", editor)
    raising.approve(wish, place, publisher)
    raising.use(wish, place, ADDRESS, publisher)
    record()
    shown = next(one for one in places("en") if one.id == place.pk)
    assert (shown.precision, shown.street, shown.point.latitude if shown.point else None) == (
        "exact",
        "3 Public Row",
        50.5,
    )
    assert raising.open_request(place) is None
    with pytest.raises(raising.NotAllowed):
        raising.use(wish, SafeSpacePage.objects.get(pk=place.pk), ADDRESS, publisher)


def test_nobody_agrees_with_themselves(safe_map: Map, publisher: User) -> None:
    wish = raising.ask(safe_map.area, "exact", publisher)
    with pytest.raises(raising.NotAllowed, match="Somebody else"):
        raising.approve(wish, safe_map.area, publisher)
    admin = UserFactory(is_superuser=True)
    again = raising.ask(safe_map.area, "exact", admin)
    with pytest.raises(raising.NotAllowed):
        raising.approve(again, safe_map.area, admin)


def test_only_who_may_publish_agrees_and_writes(safe_map: Map, editor: User, publisher: User) -> None:
    wish = raising.ask(safe_map.area, "exact", publisher)
    with pytest.raises(raising.NotAllowed):
        raising.approve(wish, safe_map.area, editor)
    raising.approve(wish, safe_map.area, UserFactory(is_superuser=True))
    with pytest.raises(raising.NotAllowed):
        raising.use(wish, safe_map.area, ADDRESS, editor)


def test_without_a_second_person_nothing_is_written(safe_map: Map, editor: User, publisher: User) -> None:
    wish = raising.ask(safe_map.area, "exact", editor)
    with pytest.raises(raising.NotAllowed):
        raising.use(wish, safe_map.area, ADDRESS, publisher)
    assert SafeSpacePage.objects.get(pk=safe_map.area.pk).street == ""


@pytest.mark.parametrize("step", ["asked_at", "approved_at"])
def test_after_seven_days_it_lapses(safe_map: Map, editor: User, publisher: User, step: str) -> None:
    wish = raising.ask(safe_map.area, "exact", editor)
    if step == "approved_at":
        raising.approve(wish, safe_map.area, publisher)
    long_ago = timezone.now() - datetime.timedelta(days=7, seconds=1)
    RaiseRequest.objects.update(**{step: long_ago})
    late = {
        "asked_at": lambda: raising.approve(wish, safe_map.area, publisher),
        "approved_at": lambda: raising.use(wish, safe_map.area, ADDRESS, publisher),
    }
    with pytest.raises(raising.NotAllowed):
        late[step]()


def test_lowering_ends_every_wish(safe_map: Map, editor: User, publisher: User) -> None:
    wish = raising.ask(safe_map.area, "exact", editor)
    raising.approve(wish, safe_map.area, publisher)
    lower(safe_map.area, "phone")
    with pytest.raises(raising.NotAllowed):
        raising.use(wish, safe_map.area, ADDRESS, publisher)


def test_half_an_address_is_refused_whole(safe_map: Map, editor: User, publisher: User) -> None:
    wish = raising.ask(safe_map.area, "exact", editor)
    raising.approve(wish, safe_map.area, publisher)
    with pytest.raises(ValidationError):
        raising.use(wish, safe_map.area, {"street": "3 Public Row"}, publisher)
    assert SafeSpacePage.objects.get(pk=safe_map.area.pk).precision == "area"
    assert raising.open_request(safe_map.area) is not None


def test_a_wish_holds_no_address() -> None:
    columns = {one.name for one in RaiseRequest._meta.concrete_fields}
    assert columns == {"id", "key", "to", "asked_by", "asked_at", "approved_by", "approved_at", "closed_at"}


# Screens --------------------------------------------------------------------------------------------------------


def post(client: Client, place: SafeSpacePage, **data: Any) -> Any:
    return client.post(f"/cms/safe-spaces/{place.pk}/precision/", data)


def test_the_screens_lead_through_it(safe_map: Map, editor: User, publisher: User) -> None:
    place, first, second = safe_map.area, sign_in(Client(), editor), sign_in(Client(), publisher)
    assert post(first, place, act="ask", to="exact").status_code == 302
    page = first.get(f"/cms/safe-spaces/{place.pk}/precision/").content.decode()
    assert "has to agree" in page
    assert 'value="agree"' not in page
    assert 'value="agree"' in second.get(f"/cms/safe-spaces/{place.pk}/precision/").content.decode()
    post(second, place, act="agree")
    assert 'name="street"' in second.get(f"/cms/safe-spaces/{place.pk}/precision/").content.decode()
    assert post(second, place, act="use", street="x").status_code == 200
    assert post(second, place, act="use", **ADDRESS).status_code == 302
    assert SafeSpacePage.objects.get(pk=place.pk).street == "3 Public Row"
    assert post(first, place, act="lower", to="phone").status_code == 302
    assert SafeSpacePage.objects.get(pk=place.pk).precision == "phone"
    assert first.get("/cms/taken-back/").status_code == 200
    assert post(first, place, act="lower", to="nonsense").status_code == 302


def test_the_edit_form_links_to_it(safe_map: Map, editor: User) -> None:
    client = sign_in(Client(), editor)
    page = client.get(f"/cms/pages/{safe_map.area.pk}/edit/").content.decode()
    assert f"/cms/safe-spaces/{safe_map.area.pk}/precision/" in page
    assert "Change how exactly it may be known" in page


def test_notes_are_for_who_may_see_them(safe_map: Map, editor: User, publisher: User) -> None:
    place = safe_map.phone
    for codename in ("view_staffnote", "change_staffnote"):
        publisher.user_permissions.add(Permission.objects.get(codename=codename))
    first, second = sign_in(Client(), editor), sign_in(Client(), publisher)
    address = f"/cms/safe-spaces/{place.pk}/notes/"
    assert second.post(address, {"notes": "Ask for Ada", "vetting_contact": "Ada"}).status_code == 302
    assert StaffNote.objects.get(key=place.translation_key).notes == "Ask for Ada"
    assert "Ask for Ada" in second.get(address).content.decode()
    refused = first.get(address)
    assert refused.status_code in {302, 403}
    assert b"Ada" not in refused.content
    assert Client().get(address).status_code == 302
