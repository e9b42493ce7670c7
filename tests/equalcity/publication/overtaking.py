"""A practice that names all kinds of things for the first time, and what can happen to these meanwhile."""

import json
import uuid
from collections.abc import Callable, Iterator
from typing import Any

from wagtail.models import Locale, Page, PageViewRestriction, Site

from equalcity.core.models import City, CustomDocument, CustomImage, ImageText
from equalcity.publication.record import pending, record, record_objects
from tests.factories import (
    BestPracticeIndexPageFactory,
    BestPracticePageFactory,
    CityFactory,
    DocumentFactory,
    ImageFactory,
    Tree,
    locale,
)
from toolbox_pages.models import BestPracticePage, RelatedPage


class Scene:
    """A published tree, a picture, a document and a second city; a practice that names all of it is not published."""

    def __init__(self, tree: Tree) -> None:
        self.tree, word = tree, uuid.uuid4().hex[:8]
        self.section: Any = BestPracticeIndexPageFactory(parent=tree.toolbox, title=f"Section {word}")
        self.named: Any = BestPracticePageFactory(parent=self.section, city=tree.city, title=f"Named {word}")
        self.image: Any = ImageFactory()
        self.document: Any = DocumentFactory()
        self.city: Any = CityFactory(code=f"rome-{word}", name="Rome")
        self.page: Any = BestPracticePageFactory(parent=tree.index, city=tree.city, title=f"Naming {word}", live=False)
        record()

    def before(self, change: "Change") -> None:
        """Do what must have been recorded before."""
        if change is delete_what_was_hidden:
            unpublish(self)
            record()

    def publish(self) -> None:
        """Publish the practice, with everything that it names; it is marked then, and recorded by nobody."""
        page = BestPracticePage.objects.get(pk=self.page.pk)
        page.city = self.city
        image = {"image": self.image.pk, "alt_text": "A door", "decorative": False}
        value = {"image": image, "caption": ""}
        page.body = json.dumps([{"type": "picture", "value": value, "id": str(uuid.uuid4())}])
        page.aim = f'<p><a linktype="document" id="{self.document.pk}">leaflet</a> '
        page.aim += f'<a linktype="page" id="{self.named.pk}">first</a></p>'
        page.related_pages = [RelatedPage(target=self.named, locale=page.locale)]
        page.save()
        page.save_revision().publish()

    def record_others(self) -> None:
        """Record all that is marked but the practice itself."""
        mine = {("page", self.page.pk)}
        while others := [one for one in pending(1000) if one not in mine]:
            record_objects(others)


def publish(page: Page, **changes: Any) -> None:
    page = page.specific_class.objects.get(pk=page.pk)
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()


def rename(scene: Scene) -> None:
    publish(scene.named, title="Renamed")


def give_another_address(scene: Scene) -> None:
    publish(scene.named, slug="elsewhere")


def rename_its_section(scene: Scene) -> None:
    publish(scene.section, slug="elsewhere")


def rename_the_page_above(scene: Scene) -> None:
    publish(scene.tree.index, title="Renamed")


def unpublish(scene: Scene) -> None:
    BestPracticePage.objects.get(pk=scene.named.pk).unpublish()


def restrict(scene: Scene) -> None:
    PageViewRestriction.objects.create(page=scene.named, restriction_type=PageViewRestriction.LOGIN)


def delete(scene: Scene) -> None:
    BestPracticePage.objects.get(pk=scene.named.pk).delete()


def delete_what_was_hidden(scene: Scene) -> None:
    """`Scene.before` hid it."""
    delete(scene)


def translate(scene: Scene) -> None:
    page = BestPracticePage.objects.get(pk=scene.page.pk)
    french: Locale = locale("fr")
    translated = page.copy_for_translation(french, copy_parents=True)
    translated.title = "Elle en nomme d'autres"
    translated.save_revision().publish()


def change_term(scene: Scene) -> None:
    city = City.objects.get(pk=scene.city.pk)
    city.name = "Roma"
    city.save()


def change_image(scene: Scene) -> None:
    image = CustomImage.objects.get(pk=scene.image.pk)
    image.credit = "Somebody else"
    image.save()


def describe_image(scene: Scene) -> None:
    ImageText.objects.create(image=scene.image, locale=locale("en"), alt_text="A door that is open")


def change_document(scene: Scene) -> None:
    document = CustomDocument.objects.get(pk=scene.document.pk)
    document.title = "Another title"
    document.save()


def replace_image(scene: Scene) -> None:
    """The picture gets another file, and with it another name."""
    image = CustomImage.objects.get(pk=scene.image.pk)
    image.file = ImageFactory.build().file
    image.save()


def change_site(scene: Scene) -> None:
    site = Site.objects.get()
    site.hostname = "elsewhere.example"
    site.save()


Change = Callable[[Scene], None]


def back_to_its_title(scene: Scene) -> Iterator[None]:
    publish(scene.named, title="Another title")
    yield
    publish(scene.named, title=scene.named.title)


def back_to_the_address_of_its_section(scene: Scene) -> Iterator[None]:
    publish(scene.section, slug="elsewhere")
    yield
    publish(scene.section, slug=scene.section.slug)


def back_to_the_public(scene: Scene) -> Iterator[None]:
    unpublish(scene)
    yield
    publish(scene.named)


def restricted_for_a_moment(scene: Scene) -> Iterator[None]:
    restriction = PageViewRestriction.objects.create(page=scene.named, restriction_type=PageViewRestriction.LOGIN)
    yield
    restriction.delete()


def new_for_a_moment(scene: Scene) -> Iterator[None]:
    scene.named = BestPracticePageFactory(parent=scene.tree.index, city=scene.tree.city, title="Brand new")
    yield
    unpublish(scene)


def back_to_the_name_of_its_city(scene: Scene) -> Iterator[None]:
    change_term(scene)
    yield
    scene.city.save()


# Each changes something, and takes that back when it goes on.
TAKEN_BACK: list[Callable[[Scene], Iterator[None]]] = [
    back_to_its_title, back_to_the_address_of_its_section, back_to_the_public, restricted_for_a_moment,
    new_for_a_moment, back_to_the_name_of_its_city,
]  # fmt: skip

CHANGES: list[Change] = [
    rename, give_another_address, rename_its_section, rename_the_page_above, unpublish, restrict, delete,
    delete_what_was_hidden, translate, change_term, change_image, describe_image, change_document, replace_image,
    change_site,
]  # fmt: skip


# Those of which others are told by looking for who names it, and that are not recorded themselves.
LOOKED_FOR = [change_image, describe_image, change_document, replace_image, delete_what_was_hidden, change_site]
