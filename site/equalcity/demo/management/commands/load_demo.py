"""`manage.py load_demo`"""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from equalcity.core.progress import Progress
from equalcity.demo.load import NoSourceLanguage, load
from equalcity.demo.synonyms import load_synonyms
from equalcity.publication.marks import recording_postponed
from equalcity.publication.models import Dirty
from equalcity.publication.record import record


class Command(BaseCommand):
    """Loads four cities, four toolboxes and their practices; safe to run again, and after an interrupt."""

    help = "Load the demonstration content: terms, pages and translations. Running it again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("init_site", verbosity=0)
        try:
            with recording_postponed(), Progress("Demonstration pages", self.stdout) as progress:
                loaded = load(progress.at)
        except NoSourceLanguage as error:
            raise CommandError(str(error)) from error
        load_synonyms()
        waiting = Dirty.objects.count()
        with Progress("Publishing", self.stdout) as progress:
            result = record(
                progress=lambda done: progress.at(
                    done.written + done.withdrawn + done.unchanged, max(waiting, done.written + done.unchanged)
                )
            )
        self.stdout.write(
            f"{loaded.pages} pages and {loaded.translations} translations written, {loaded.unchanged} unchanged; "
            f"{result.written} publications recorded."
        )
