"""`manage.py recall KEY`: take a page back everywhere at once."""

import uuid
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from equalcity.publication import outbox
from equalcity.publication.models import Outgoing
from equalcity.publication.recall import NothingToRecall, recall


class Command(BaseCommand):
    help = "Recall the page with this key: off the site in every language at once, and at every partner."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("key", help="the page's key, as meta.key in the API or on its recall screen shows it")

    def handle(self, *args: Any, key: str, **options: Any) -> None:
        try:
            found = uuid.UUID(key)
            count = recall(found, by="command line")
        except ValueError as error:
            raise CommandError(f"{key} is not a key.") from error
        except NothingToRecall as error:
            raise CommandError(f"No page has the key {key}.") from error
        outbox.deliver()
        open_rows = outbox.waiting().filter(key=found, why=Outgoing.Why.RECALLED).count()
        self.stdout.write(f"{count} pages are off the site; {open_rows} confirmations wait.")
