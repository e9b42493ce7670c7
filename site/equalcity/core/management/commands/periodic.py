"""`manage.py periodic [--once]`: what has to happen again and again, without cron or a broker."""

import time
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections

# Command, arguments, and seconds between two runs. Each is safe to run at any time, and by several machines.
JOBS: list[tuple[str, list[str], int]] = [
    ("record_publications", [], 5),
    ("index", ["update"], 30),
    # A little at a time: what else is due waits no longer than that.
    ("index", ["embed", "--seconds", "2"], 5),
    ("publish_scheduled", [], 60),
    ("deliver_outgoing", [], 60),
    ("apply_journal", [], 600),
    ("remind_checks", [], 3000),
    ("verify_publications", ["--repair"], 3600),
]


class Command(BaseCommand):
    """Runs the jobs one after the other; a job that fails is told and tried again when it is due."""

    help = "Run the periodic jobs: record marks, index, publish what is scheduled, reconcile. --once runs each once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="run every job once and end, as from cron")

    def handle(self, *args: Any, **options: Any) -> None:
        # Reconciling renders everything: not right after the start.
        due = [time.monotonic() + (seconds if seconds >= 3600 else 0) for _name, _arguments, seconds in JOBS]
        while True:
            for number, (name, arguments, seconds) in enumerate(JOBS):
                if options["once"] or time.monotonic() >= due[number]:
                    self._run(name, arguments)
                    due[number] = time.monotonic() + seconds
            if options["once"]:
                return
            close_old_connections()
            time.sleep(max(0.1, min(due) - time.monotonic()))

    def _run(self, name: str, arguments: list[str]) -> None:
        try:
            call_command(name, *arguments, verbosity=0)
        except DatabaseError as error:
            self.stderr.write(f"{name}: the database did not answer ({type(error).__name__}); it is tried again.")
        except Exception as error:
            self.stderr.write(f"{name}: {type(error).__name__}: {error}")
