"""Canaries: streets, positions, telephones, file names and EXIF data, to be planted where only staff may see them."""

import json
from dataclasses import dataclass, field
from io import BytesIO
from itertools import count

from django.core.files.base import ContentFile
from PIL import Image
from wagtail.models import PageViewRestriction

from equalcity.core.models import CustomImage
from safespace_map.lowering import lower
from safespace_map.models import SafeSpacePage, StaffNote
from tests.factories import ExactPlaceFactory, PhoneLineFactory, SafeSpacePageFactory, Tree, locale
from tests.factories.map import Map

NUMBERS = count(1)
GPS = 0x8825


@dataclass
class Cage:
    """Every canary, as it was planted."""

    birds: list[str] = field(default_factory=list)

    def street(self) -> str:
        return self._keep(f"{next(NUMBERS)} Kanarienvogel{next(NUMBERS)}weg Lane")

    def latitude(self) -> str:
        return self._keep(f"61.{next(NUMBERS) + 10000}")

    def phone(self) -> str:
        return self._keep(f"+00 7777 {next(NUMBERS) + 10000}")

    def word(self) -> str:
        return self._keep(f"kanari{next(NUMBERS)}wort")

    def _keep(self, bird: str) -> str:
        self.birds.append(bird)
        return bird


def sings(bird: str, text: str) -> bool:
    """Whether a text tells of it: a street without its number betrays it, too; a file's name has no capitals."""
    return sound(bird) in text.casefold()


def sound(bird: str) -> str:
    """Return what to listen for."""
    return next((word for word in bird.split() if len(word) > 9), bird).casefold()


def notes(made: Map, cage: Cage) -> None:
    for place in made.places:
        told = "; ".join(f"{cage.street()} {cage.latitude()} {cage.phone()} {cage.word()}" for _ in range(5))
        StaffNote.objects.create(key=place.translation_key, notes=told, vetting_contact=cage.word())


def drafts(tree: Tree, made: Map, cage: Cage) -> None:
    """Places that nobody has published, and changes of public ones that wait."""
    for number in range(10):
        place = ExactPlaceFactory(
            parent=made.organisation, city=tree.city, title=f"Soon {number} {cage.word()}", live=False,
            street=cage.street(), latitude=cage.latitude(), way_there=cage.word(),
        )  # fmt: skip
        PhoneLineFactory(page=place, number=cage.phone())
        if number % 3 == 0:
            place.copy_for_translation(locale("fr"), copy_parents=True, alias=True)
    waiting = SafeSpacePage.objects.get(pk=made.exact.pk)
    waiting.street, waiting.latitude, waiting.summary = cage.street(), cage.latitude(), cage.word()
    waiting.save_revision()


def private(tree: Tree, made: Map, cage: Cage) -> None:
    for number in range(5):
        place = SafeSpacePageFactory(parent=made.organisation, city=tree.city, title=f"Members {number}", live=False)
        PageViewRestriction.objects.create(page=place, restriction_type=PageViewRestriction.LOGIN)
        SafeSpacePage.objects.filter(pk=place.pk).update(
            precision="exact", street=cage.street(), latitude=cage.latitude(), longitude="4.1", way_there=cage.word()
        )
        PhoneLineFactory(page=place, number=cage.phone())
        SafeSpacePage.objects.get(pk=place.pk).save_revision().publish()


def once(tree: Tree, made: Map, cage: Cage) -> list[SafeSpacePage]:
    """Places that are public with all of it, in two languages, until they are lowered."""
    places = []
    for number in range(6):
        street, latitude = cage.street(), cage.latitude()
        place = ExactPlaceFactory(
            parent=made.organisation, city=tree.city, title=f"Once {number}", street=street, latitude=latitude,
            way_there=cage.word(), postal_code=cage.word(), arrival=f"Come to {street.upper()}.",
            district=made.area.district,
        )  # fmt: skip
        PhoneLineFactory(page=place, name=f"Bell of {street}")
        place.save_revision().publish()
        place = SafeSpacePage.objects.get(pk=place.pk)
        place.copy_for_translation(locale("fr"), copy_parents=True).get_latest_revision().publish()
        places.append(place)
    return places


def lower_all(places: list[SafeSpacePage]) -> None:
    for number, place in enumerate(places):
        lower(SafeSpacePage.objects.get(pk=place.pk), "area" if number % 2 else "phone")


def pictures(tree: Tree, cage: Cage) -> None:
    """Public pictures that were taken with a position and a name in their comment, under telling file names."""
    blocks = []
    for number in range(12):
        data, exif = BytesIO(), Image.Exif()
        exif[0x010E], exif[0x9286] = cage.word(), cage.word()
        exif[GPS] = {1: "N", 2: (61.0, float(next(NUMBERS)), 0.0), 3: "E", 4: (4.0, 1.0, 0.0), 29: cage.word()}
        Image.new("RGB", (50 + number, 40), "purple").save(data, "JPEG", exif=exif)
        image = CustomImage(title=f"Picture {number}")
        image.file = ContentFile(data.getvalue(), name=f"{cage.word()}.jpg")
        image.save()
        value = {"image": {"image": image.pk, "decorative": True, "alt_text": ""}}
        blocks.append({"type": "picture", "value": value})
    tree.about.body = json.dumps(blocks)
    tree.about.save()
    tree.about.save_revision().publish()
