"""`manage.py verify_publications [--repair]`"""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from equalcity.core.progress import Progress
from equalcity.publication.models import Dirty
from equalcity.publication.reconcile import differences, repair
from equalcity.publication.record import record


class Command(BaseCommand):
    """Compares what is published with what is recorded; exits with 1 when something differs and stays so."""

    help = "Compare publications with the pages and terms they stand for; --repair records what differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="record anew what differs")

    def handle(self, *args: Any, **options: Any) -> None:
        record()
        with Progress("Comparing", self.stdout) as progress:
            found = list(differences(progress.at))
        for difference in found:
            self.stdout.write(f"{difference.problem}: {difference.kind} {difference.object_id}")
        parked = Dirty.objects.exclude(parked_at=None)
        for mark in parked:
            self.stdout.write(f"parked: {mark.kind} {mark.object_id}: {mark.error}")
        if options["repair"]:
            parked.update(parked_at=None, error="")
            repair(found)
            result = record()
            self.stdout.write(f"{result.written} written, {result.withdrawn} withdrawn, {result.parked} parked.")
            return
        counts = Counter(difference.problem for difference in found)
        self.stdout.write(
            f"{len(found)} differences: {counts['missing']} missing, {counts['leaked']} leaked, "
            f"{counts['stale']} stale, {counts['broken']} broken; {parked.count()} parked."
        )
        if found:
            raise CommandError("Run `verify_publications --repair` to record what differs.")
