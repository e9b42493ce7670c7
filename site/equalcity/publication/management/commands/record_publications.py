"""`manage.py record_publications [--watch SECONDS]`"""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, close_old_connections

from equalcity.publication.record import record


class Command(BaseCommand):
    """The worker's round: records what is marked, once or until it is stopped."""

    help = "Record what is marked as changed; --watch goes on doing so."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--watch", type=float, default=0, metavar="SECONDS", help="look again after so long")

    def handle(self, *args: Any, **options: Any) -> None:
        while True:
            try:
                result = record()
            except OperationalError as error:
                self.stderr.write(f"The database did not answer ({type(error).__name__}); trying again.")
            else:
                if result.written or result.withdrawn or result.parked or not options["watch"]:
                    self.stdout.write(
                        f"{result.written} written, {result.withdrawn} withdrawn, "
                        f"{result.unchanged} unchanged, {result.parked} parked."
                    )
            if not options["watch"]:
                return
            close_old_connections()
            time.sleep(options["watch"])
