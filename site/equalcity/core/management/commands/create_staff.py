"""Make the first staff account."""

import secrets
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Make a staff account that may do everything, with a password that is shown once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", default="editor", help="sign-in name (default: editor)")

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        users = get_user_model()._default_manager
        if users.filter(username=name).exists():
            self.stdout.write(f"The account {name} is there; `changepassword {name}` sets a new password.")
            return
        password = secrets.token_urlsafe(15)
        users.create_superuser(username=name, email=f"{name}@localhost", password=password)
        self.stdout.write(f"Staff account: {name}\nPassword:      {password}")
        self.stdout.write("The password is shown only now; keep it.")
