"""How wagtail-localize treats a field that belongs to one language only."""

from wagtail_localize.fields import BaseTranslatableField


class LocalField(BaseTranslatableField):
    """A field that is neither translated nor copied from the original: each language keeps its own value."""

    def is_editable(self, obj: object) -> bool:
        return False
