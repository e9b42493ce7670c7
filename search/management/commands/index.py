"""`manage.py index rebuild|update|embed|status`: the search index."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from equalcity.core.progress import Progress
from search import embedding, indexer
from search.backends import EngineDown, engines


class Command(BaseCommand):
    """Looks after the search index; each action may be interrupted and run again."""

    help = "Rebuild the search index, bring it up to date, complete it, or say how it stands."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "action",
            choices=["rebuild", "update", "embed", "status"],
            help="rebuild: write everything anew while searches go on; update: read on in the feed; "
            "embed: make the vectors of meaning that are missing; status: engine, size and how far it is behind.",
        )
        parser.add_argument("--seconds", type=float, help="embed: begin no other vector after so many seconds")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        if action == "status":
            for engine in engines():
                self._status(indexer.status(engine))
            self.stdout.write(f"Without a vector of meaning yet: {indexer.without_embedding()}")
            return
        if action == "embed":
            with Progress("Vectors of meaning", self.stdout) as progress:
                made = indexer.embed(progress.at, options["seconds"])
            if options["verbosity"]:
                missing = indexer.without_embedding()
                self.stdout.write(f"{made} vectors made, {missing} missing.")
                if missing and embedding.model() is None:
                    self.stdout.write("The model of meaning cannot run here: search orders by words alone.")
            return
        work = indexer.rebuild if action == "rebuild" else indexer.update
        down = []
        for engine in engines():
            try:
                with Progress(f"Search index of {engine.name}", self.stdout) as progress:
                    done = work(progress.at, engine)
            except EngineDown as problem:
                down.append(f"{engine.name}: {problem}")
                continue
            if options["verbosity"]:
                self.stdout.write(f"{engine.name}: {done.indexed} indexed, {done.removed} removed.")
        if down:
            raise CommandError(f"{'; '.join(down)}. Nothing is lost: the next round catches up.")

    def _status(self, status: indexer.Status) -> None:
        self.stdout.write(f"Engine: {status.engine}")
        self.stdout.write(f"Health: {status.down or 'ok'}")
        self.stdout.write(f"Documents: {'unknown' if status.documents is None else status.documents}")
        if status.behind is None:
            self.stdout.write("Nothing was read from the feed yet: run `manage.py index update`.")
        else:
            self.stdout.write(f"Behind the feed: {status.behind}")
        if status.outdated:
            self.stdout.write("Written by other rules, or not the index that was written: the next update rebuilds it.")
