"""How a row's picture or document looks in the API: as in the blocks of a body, with its identity."""

from typing import Any

from rest_framework.fields import Field

from equalcity.core.blocks import media_url
from equalcity.core.models import CustomDocument, CustomImage


class FileOfRow(Field[Any, Any, Any, Any]):
    """A picture or document that a row shows.

    It stands under a name of its own: under that of the foreign key, `fields=` would cut it to what a bare relation
    has, and nobody could fetch the bytes.
    """

    def to_representation(self, value: CustomImage | CustomDocument) -> dict[str, Any]:
        shown: dict[str, Any] = {"id": value.pk, "title": value.title}
        if isinstance(value, CustomImage):
            shown |= {"width": value.width, "height": value.height}
        else:
            shown |= {"size": value.file_size, "language": value.language}
        return {**shown, "sha256": value.sha256, "url": media_url(value.sha256), "credit": value.credit}
