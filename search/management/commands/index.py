"""`manage.py index rebuild|update|status`: the search index."""

import sys
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand
from rich.progress import Progress

from search import indexer
from search.indexer import Updated


class Command(BaseCommand):
    help = "Look after the search index: rebuild it, bring it up to date, or say how it stands."

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
        done = self._with_progress(indexer.rebuild if action == "rebuild" else indexer.update)
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

    def _with_progress(self, work: Callable[[indexer.Progress], Updated]) -> Updated:
        """Show a bar on a terminal, and plain lines elsewhere."""
        if not sys.stdout.isatty():
            return work(self._say)
        with Progress() as bar:
            task = bar.add_task("Indexing", total=None)
            return work(lambda so_far, total: bar.update(task, completed=so_far.indexed, total=total))

    def _say(self, so_far: Updated, total: int | None) -> None:
        self.stdout.write(f"{so_far.indexed} of {total} indexed" if total else f"{so_far.indexed} indexed")
