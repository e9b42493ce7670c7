"""`manage.py record_publications`"""

from typing import Any

from django.core.management.base import BaseCommand

from equalcity.publication.record import record


class Command(BaseCommand):
    """The worker's round: records everything that is marked."""

    help = "Record what is marked as changed; `periodic` runs it every few seconds."

    def handle(self, *args: Any, **options: Any) -> None:
        result = record()
        if options["verbosity"] or result.parked:
            self.stdout.write(
                f"{result.written} written, {result.withdrawn} withdrawn, "
                f"{result.unchanged} unchanged, {result.parked} parked."
            )
