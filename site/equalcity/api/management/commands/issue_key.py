"""Make, list and revoke keys for the API."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from equalcity.api import keys
from equalcity.api.models import ApiKey


class Command(BaseCommand):
    help = "Make a key for the API, shown once; or --list them, or --revoke one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", help="whose key it is, for example “City of Ghent”")
        parser.add_argument(
            "--scope",
            choices=ApiKey.Scope.values,
            default=ApiKey.Scope.ALL,
            help="all: everything; feed: changes, terms and files (default: all)",
        )
        parser.add_argument("--days", type=int, default=365, help="valid for so many days; 0: until revoked (365)")
        parser.add_argument("--list", action="store_true", help="list all keys")
        parser.add_argument("--revoke", metavar="PREFIX", help="end the key with this prefix at once")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"]:
            self._list()
        elif options["revoke"]:
            self._revoke(options["revoke"])
        else:
            self._issue(options["name"] or "", options["scope"], options["days"])

    def _issue(self, name: str, scope: str, days: int) -> None:
        if not name.strip() or len(name) > 120:
            raise CommandError("Say whose key it is, in up to 120 characters: issue_key “City of Ghent”")
        if not 0 <= days <= 3650:
            raise CommandError("--days must lie between 0 and 3650.")
        expires_at = timezone.now() + timedelta(days=days) if days else None
        key, token = keys.issue(name.strip(), scope, expires_at)
        until = f"until {expires_at:%Y-%m-%d}" if expires_at else "until it is revoked"
        self.stdout.write(f"Key of {key.name} ({key.get_scope_display()}), valid {until}:")
        self.stdout.write(token)
        self.stdout.write("It is shown only now; keep it. Requests bring it as: Authorization: Bearer <key>")

    def _list(self) -> None:
        for key in ApiKey.objects.order_by("created_at"):
            if key.revoked_at:
                state = f"revoked {key.revoked_at:%Y-%m-%d}"
            elif key.expires_at:
                state = f"{'expired' if key.expires_at <= timezone.now() else 'until'} {key.expires_at:%Y-%m-%d}"
            else:
                state = "until revoked"
            self.stdout.write(f"{key.prefix}  {key.scope:<5} {state:<19} {key.name}")

    def _revoke(self, prefix: str) -> None:
        if not keys.revoke(prefix):
            raise CommandError(f"There is no key with the prefix {prefix} that could be revoked.")
        self.stdout.write(f"The key {prefix} is revoked.")
