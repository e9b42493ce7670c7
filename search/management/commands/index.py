"""`manage.py index rebuild|update|status`: the search index."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from equalcity.core.progress import Progress
from search import indexer


class Command(BaseCommand):
    """Looks after the search index; each action may be interrupted and run again."""

    help = "Rebuild the search index, bring it up to date, or say how it stands."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "action",
            choices=["rebuild", "update", "status"],
            help="rebuild: write everything anew while searches go on; update: read on in the feed; "
            "status: engine, size and how far it is behind.",
        )

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        if action == "status":
            self._status()
            return
        work = indexer.rebuild if action == "rebuild" else indexer.update
        with Progress("Search index", self.stdout) as progress:
            done = work(progress.at)
        if options["verbosity"]:
            self.stdout.write(f"{done.indexed} indexed, {done.removed} removed.")

    def _status(self) -> None:
        status = indexer.status()
        self.stdout.write(f"Engine: {status.engine}")
        self.stdout.write(f"Documents: {status.documents}")
        if status.behind is None:
            self.stdout.write("Nothing was read from the feed yet: run `manage.py index update`.")
        else:
            self.stdout.write(f"Behind the feed: {status.behind}")
        if status.outdated:
            self.stdout.write("Written by another version of the analyzer: the next update rebuilds it.")
