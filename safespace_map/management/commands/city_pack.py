"""Write the places of a city as one file that works without a network."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from safespace_map import pack


class Command(BaseCommand):
    help = "Write the safe spaces of a city, in one language, as one self-contained HTML file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("city", help="code of the city, such as brussels")
        parser.add_argument("language", help="language of the file, such as fr")
        parser.add_argument("--output", type=Path, help="where to write it; without it, to the standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        made = pack.made(options["city"], options["language"])
        if made is None:
            raise CommandError(
                f"No published place in {options['city']!r} in {options['language']!r}. Check both codes."
            )
        if options["output"] is None:
            sys.stdout.buffer.write(made)
            return
        options["output"].write_bytes(made)
        self.stdout.write(f"{options['output']}: {len(made)} bytes")
