"""App config of the search."""

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from equalcity.core import health
        from equalcity.publication import outbox
        from equalcity.publication.signals import recorded, scrubbed
        from search import forgetting
        from search.backends import check_search_server
        from search.indexer import on_recorded

        recorded.connect(on_recorded, dispatch_uid="search.on_recorded")
        scrubbed.connect(forgetting.on_scrubbed, dispatch_uid="search.on_scrubbed")
        outbox.CHANNELS["search"] = forgetting.CHANNEL
        if settings.ELASTICSEARCH_URLS:
            health.HELPFUL["elasticsearch"] = check_search_server
