"""`manage.py deliver_outgoing`: ask everything outside the database to forget what was taken back."""

from typing import Any

from django.core.management.base import BaseCommand

from equalcity.publication import outbox


class Command(BaseCommand):
    help = "Deliver what was taken back to search servers, caches, files and partners; says how many have to confirm."

    def handle(self, *args: Any, **options: Any) -> None:
        left = outbox.deliver()
        if options["verbosity"]:
            self.stdout.write(f"{left} confirmations wait.")
