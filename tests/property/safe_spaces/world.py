"""Two databases that anybody from outside must take for one: the same public map, other secrets.

Each world is the same base with a `Secret` put into it. What is in a secret may be there or not, and says something
else each time; a former address was there in both, another one. The clock stands still.
"""

from dataclasses import dataclass
from typing import Any

from django.test import TestCase
from wagtail.models import Page, PageViewRestriction

from equalcity.publication import marks
from equalcity.publication.record import record
from safespace_map import raising
from safespace_map.lowering import lower
from safespace_map.models import DeadNumber, SafeSpacePage, StaffNote
from search import indexer
from tests.factories import ExactPlaceFactory, SafeSpacePageFactory, Tree, UserFactory, locale, make_tree
from tests.factories.map import Map, make_map


@dataclass(frozen=True)
class Address:
    """Where something is that nobody may know."""

    street: str
    latitude: str
    longitude: str


@dataclass(frozen=True)
class Secret:
    """Everything confidential in one world; an empty text or None: not there."""

    note: str
    contact: str
    draft: str
    unpublished: Address | None
    private: Address | None
    former: Address
    dead_numbers: int
    wish: bool

    @property
    def words(self) -> list[str]:
        """What somebody would look for who guesses."""
        told = [one.street for one in (self.unpublished, self.private, self.former) if one]
        return [word for word in (*told, self.note, self.contact, self.draft) if word]

    @property
    def points(self) -> list[tuple[str, str]]:
        return [(one.latitude, one.longitude) for one in (self.unpublished, self.private, self.former) if one]


@dataclass(frozen=True)
class Base:
    """What is public in both worlds, and the place that was at a public address once."""

    tree: Tree
    map: Map
    once_exact: SafeSpacePage


def build() -> Base:
    """Make the public map, in three languages."""
    tree = make_tree()
    made = make_map(tree)
    once = ExactPlaceFactory(parent=made.organisation, city=tree.city, title="Once Known House")
    for place in (*made.places, once):
        place.refresh_from_db()
        place.save_revision().publish()
        place.copy_for_translation(locale("fr"), copy_parents=True, alias=True)
    made.area.copy_for_translation(locale("ar"), copy_parents=True).get_latest_revision().publish()
    settle()
    return Base(tree, made, once)


def settle() -> None:
    record()
    indexer.update()


def put(base: Base, secret: Secret) -> None:
    """Put a secret into the base, in the same steps whatever it is, and render everything anew beside it."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        _former(base, secret.former)
        _of_staff(base, secret)
        _hidden(base, secret)
    live = Page.objects.filter(depth__gt=1).order_by("pk").values_list("pk", flat=True)
    marks.mark_pages(list(live))
    settle()


def _former(base: Base, address: Address) -> None:
    """An address that was public, in fields and in words, and is to be known no more."""
    place = SafeSpacePage.objects.get(pk=base.once_exact.pk)
    place.street, place.latitude, place.longitude = address.street, address.latitude, address.longitude
    place.arrival = f"Ring at {address.street}."
    place.save_revision().publish()
    settle()
    lower(SafeSpacePage.objects.get(pk=place.pk), "phone")
    settle()


def _of_staff(base: Base, secret: Secret) -> None:
    place = base.map.exact
    if secret.note or secret.contact:
        StaffNote.objects.create(key=place.translation_key, notes=secret.note, vetting_contact=secret.contact)
    phone = base.map.phone.phones.first()
    if secret.dead_numbers and phone:
        DeadNumber.objects.create(phone=phone.translation_key, day="2030-01-01", count=secret.dead_numbers)
    if secret.wish:
        raising.ask(SafeSpacePage.objects.get(pk=base.map.area.pk), "exact", UserFactory(is_superuser=True))
    if secret.draft:
        draft = SafeSpacePage.objects.get(pk=base.map.phone.pk)
        draft.title, draft.summary, draft.arrival = f"Draft {secret.draft}", secret.draft, secret.draft
        draft.save_revision()


def _hidden(base: Base, secret: Secret) -> None:
    common: dict[str, Any] = {"parent": base.map.organisation, "city": base.tree.city}
    if address := secret.unpublished:
        place = ExactPlaceFactory(**common, **_fields(address), title="Not Yet Open", live=False)
        place.copy_for_translation(locale("fr"), copy_parents=True, alias=True)
    if address := secret.private:
        # Restricted before it is public, as the CMS would have it.
        place = SafeSpacePageFactory(**common, title="Members Only", live=False)
        PageViewRestriction.objects.create(page=place, restriction_type=PageViewRestriction.PASSWORD, password="x")
        SafeSpacePage.objects.filter(pk=place.pk).update(precision="exact", **_fields(address))
        SafeSpacePage.objects.get(pk=place.pk).save_revision().publish()


def _fields(address: Address) -> dict[str, str]:
    return {"street": address.street, "latitude": address.latitude, "longitude": address.longitude}
