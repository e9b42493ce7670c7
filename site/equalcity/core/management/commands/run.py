"""Everything from an empty folder to a running site."""

from argparse import ArgumentParser
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from equalcity.core.checks import pdfs_can_be_made
from equalcity.core.serve import HOST, ServeError, answers, port_is_free, serve


class Command(BaseCommand):
    help = "Prepare this instance (database, files, homes, on first start the demonstration) and serve it."
    requires_system_checks = []  # the database may not be there yet; `migrate` runs the checks

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--follow", metavar="URL", help="pull from this other instance before serving")
        parser.add_argument("--no-serve", action="store_true", help="only prepare and pull, then end")

    def handle(self, *args: Any, follow: str | None, no_serve: bool, **options: Any) -> None:
        port: int = settings.PORT
        if not no_serve and not port_is_free(port):
            raise CommandError(f"Port {port} is taken by another program; choose another: PORT={port + 10}.")
        if follow and not answers(follow):
            raise CommandError(f"Nothing answers at {follow}; start the first instance, then try again.")
        try:
            self.prepare()
            if follow:
                self.pull_from(follow)
        except KeyboardInterrupt:
            raise CommandError("Interrupted; the next start continues from here.") from None
        if not no_serve:
            try:
                serve(port, urlsplit(settings.SITE_URL).netloc, self.say_where)
            except ServeError as error:
                raise CommandError(str(error)) from error

    def prepare(self) -> None:
        """Bring database, static files and homes up to date; the first time, load the demonstration too.

        The staff account is made last: while there is none, a start that was interrupted counts as the first.
        """
        settings.EQUALCITY_HOME.mkdir(parents=True, exist_ok=True)
        self.stdout.write("Database …")
        call_command("migrate", interactive=False, verbosity=0)
        self.stdout.write("Static files …")
        call_command("collectstatic", interactive=False, verbosity=0)
        self.stdout.write("Homes, roles and navigation …")
        call_command("init_site")
        # Before anybody can read it: the database may come from a backup.
        call_command("apply_journal", verbosity=0)
        if get_user_model()._default_manager.filter(is_superuser=True).exists():
            return
        if settings.EQUALCITY_DEMO:
            self.stdout.write("Demonstration content …")
            call_command("load_demo")
        call_command("create_staff")

    def pull_from(self, address: str) -> None:
        """Follow the instance at `address`, unless that is so already, and pull what is new there."""
        call_command("peer", "add", address, "--name", urlsplit(address).netloc, "--if-missing")
        call_command("peer", "pull")

    def say_where(self) -> None:
        """Print where the site is, now that it answers."""
        address = f"http://{HOST}:{settings.PORT}/"
        self.stdout.write(f"\n{settings.INSTANCE_NAME} is at {address}")
        self.stdout.write(f"Staff sign in at {address}cms/")
        self.stdout.write("A new staff password: .venv/bin/python manage.py changepassword editor")
        for off in pdfs_can_be_made():
            self.stdout.write(f"{off.msg} {off.hint}")
        self.stdout.write("Ctrl-C ends it.")
        self.stdout.flush()
