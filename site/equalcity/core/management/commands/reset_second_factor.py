"""Let somebody who lost telephone and recovery codes set up a new second factor."""

import logging
from argparse import ArgumentParser
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Remove an account's second factor and recovery codes. Make sure who is asking before you do it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="sign-in name")

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        user = get_user_model()._default_manager.filter(username=name).first()
        if user is None:
            raise CommandError(f"There is no account {name}.")
        removed, _by_model = Authenticator.objects.filter(user=user).delete()
        logging.getLogger("equalcity.sign_in").warning("the second factor of %s was reset by the operator", name)
        said = "sets up a new one at the next sign-in" if removed else "had no second factor"
        self.stdout.write(f"{name} {said}.")
