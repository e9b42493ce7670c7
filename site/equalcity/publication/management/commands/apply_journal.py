"""`manage.py apply_journal`: after a restore, take back once more what was taken back since the backup."""

from typing import Any

from django.core.management.base import BaseCommand

from equalcity.publication import journal


class Command(BaseCommand):
    help = "Carry out recalls and lowered precisions that this database has lost. Run it after every restore."

    def handle(self, *args: Any, **options: Any) -> None:
        done = journal.apply()
        if options["verbosity"]:
            self.stdout.write(f"{done} acts carried out.")
