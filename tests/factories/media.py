"""Pictures and documents, each with bytes of its own so that no two have one identity."""

import factory
import wagtail_factories
from wagtail.models import Collection

from equalcity.core.models import CustomDocument, CustomImage


class ImageFactory(wagtail_factories.ImageFactory):
    class Meta:
        model = CustomImage

    title = factory.Sequence(lambda number: f"Picture {number}")
    file = factory.django.ImageField(
        width=factory.Sequence(lambda number: 40 + number), height=30, format="PNG", color="purple"
    )
    description = "A purple rectangle"
    collection = factory.LazyFunction(Collection.get_first_root_node)


class DocumentFactory(wagtail_factories.DocumentFactory):
    class Meta:
        model = CustomDocument

    title = factory.Sequence(lambda number: f"Leaflet {number}")
    file = factory.django.FileField(
        filename="leaflet.txt", data=factory.Sequence(lambda number: f"Leaflet {number}".encode())
    )
    collection = factory.LazyFunction(Collection.get_first_root_node)
