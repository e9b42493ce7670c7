"""Bring places from a file as drafts: `import_places FILE [--dry-run]`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from wagtail.models import Locale

from equalcity.core.progress import Progress
from safespace_map.exchange.importing import NoList, list_of, make
from safespace_map.exchange.proposals import Outcome, Proposal, proposals
from safespace_map.exchange.reading import MOST_BYTES, Unreadable, read
from safespace_map.exchange.table import COLUMNS


class Command(BaseCommand):
    help = "Bring safe spaces from a table (CSV) or from services of HSDS 3.0 (JSON), as unpublished drafts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="say what is wrong and what would be made; make nothing"
        )
        parser.add_argument("--locale", default=settings.LANGUAGE_CODE, help="the language of the file")
        parser.add_argument("--organisation", default="", help="who runs the places whose row does not say it")
        parser.add_argument(
            "--default",
            action="append",
            default=[],
            metavar="COLUMN=VALUE",
            help="what an empty cell of a column means, for example checked_by='social worker'; may be repeated",
        )

    def handle(self, *args: Any, file: Path, dry_run: bool, locale: str, **options: Any) -> None:
        try:
            language = Locale.objects.get(language_code=locale)
        except Locale.DoesNotExist as error:
            raise CommandError(f"This site has no language {locale!r}.") from error
        defaults = self.defaults(options["default"], options["organisation"])
        try:
            proposed = proposals(read(self.content(file)), language, defaults)
            list_of(language)
        except (Unreadable, NoList) as error:
            raise CommandError(str(error)) from error
        self.say_rows(proposed)
        if dry_run:
            outcomes = [one.outcome for one in proposed]
            self.say(
                outcomes.count(Outcome.NEW), outcomes.count(Outcome.THERE), outcomes.count(Outcome.REFUSED), "to make"
            )
            return
        try:
            with Progress("Places", self.stdout) as progress:
                counts = make(proposed, language, at=progress.at)
        except KeyboardInterrupt:
            raise CommandError("Interrupted. Nothing is half there; the same command goes on from here.") from None
        self.say(counts.made, counts.there, counts.refused, "made as drafts")

    def content(self, file: Path) -> bytes:
        try:
            if file.stat().st_size > MOST_BYTES:
                raise CommandError(f"The file is larger than {MOST_BYTES // 1024**2} MB.")
            return file.read_bytes()
        except OSError as error:
            raise CommandError(f"The file cannot be read: {error}.") from error

    def defaults(self, given: list[str], organisation: str) -> dict[str, str]:
        pairs = [one.partition("=") for one in given]
        if wrong := [name for name, sign, _value in pairs if not sign or name not in COLUMNS]:
            raise CommandError(f"--default takes COLUMN=VALUE; there is no column {wrong[0]!r}.")
        return {
            **({"organisation": organisation} if organisation else {}),
            **{name: value for name, _s, value in pairs},
        }

    def say_rows(self, proposed: list[Proposal]) -> None:
        for proposal in proposed:
            if proposal.outcome is Outcome.THERE:
                self.stdout.write(f"row {proposal.row}: already there, not changed")
            for problem in proposal.problems:
                self.stdout.write(f"row {problem.row}, {problem.column or 'row'}: {problem.reason}")

    def say(self, new: int, there: int, refused: int, done: str) -> None:
        self.stdout.write(f"{new} {done}, {there} there already, {refused} refused")
