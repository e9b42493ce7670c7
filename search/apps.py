"""App config of the search."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from equalcity.publication.signals import recorded
        from search.indexer import on_recorded

        recorded.connect(on_recorded, dispatch_uid="search.on_recorded")
