"""The base of every repeated row on a page."""

from wagtail.models import Orderable, TranslatableMixin


class TranslatableInline(TranslatableMixin, Orderable):
    """A row that belongs to a page and keeps its identity across languages, aliases and instances.

    Rows without `TranslatableMixin` are deleted and made anew whenever an alias or a translation is updated, so
    nothing could be merged row by row.
    """

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        abstract = True

    @property
    def key(self) -> str:
        """The row's identity in every language, for types whose readers need it in the API."""
        return str(self.translation_key)
