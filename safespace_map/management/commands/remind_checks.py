"""`manage.py remind_checks`: tell staff which places are due, and forget old reports of numbers."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from safespace_map.checking import remind
from safespace_map.dead_numbers import forget


class Command(BaseCommand):
    help = "Mail staff about places whose check is due, each once; delete reports of numbers after 30 days."

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        reminded, forgotten = remind(today), forget(today)
        if options["verbosity"]:
            self.stdout.write(f"{reminded} places told, {forgotten} reports deleted.")
