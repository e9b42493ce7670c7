"""`manage.py hunt_places`: look for addresses of secret places in every text of the database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from safespace_map.hunting import hunt


class Command(BaseCommand):
    help = "Hunt coordinates and removed streets where none may be; names where they stand, never what they say."

    def handle(self, *args: Any, **options: Any) -> None:
        found = sorted(set(hunt()), key=str)
        for one in found:
            self.stdout.write(str(one))
        if found:
            raise CommandError(f"{len(found)} found.")
        self.stdout.write("Nothing found.")
