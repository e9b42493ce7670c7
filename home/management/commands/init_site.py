"""Languages, home pages and roles of an empty instance; no content."""

from typing import Any

from django.core.management.base import BaseCommand

from home.setup import prepare


class Command(BaseCommand):
    help = "Make the languages, a home page in each, and the roles of staff. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        made = prepare()
        if options["verbosity"]:
            self.stdout.write(f"{made.locales} languages, {made.homes} home pages and {made.roles} roles made.")
