"""Follow other instances: `peer add|list|pull|status|remove`."""

from argparse import ArgumentParser
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from equalcity.replication.client import PeerError
from equalcity.replication.importer import Result
from equalcity.replication.keys import UnreadableKey
from equalcity.replication.manifests import compare
from equalcity.replication.models import Conflict, HeldItem, Peer, Replica
from equalcity.replication.peers import BadPeer, add_peer, client_of, remove_peer
from equalcity.replication.pull import FuseBlown, Report, pull

NEVER = "never"


class Command(BaseCommand):
    help = "Follow other instances: what they publish arrives here as drafts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)

        add = actions.add_parser("add", help="follow an instance")
        add.add_argument("url", help="its address, for example https://example.org")
        add.add_argument("--name", required=True, help="what you call it")
        add.add_argument("--key-file", type=Path, help="a file that holds the key it gave you")
        add.add_argument("--subtree", default="", metavar="KEY", help="only below the page with this key")
        add.add_argument("--locales", default="", metavar="en,fr", help="only these languages")
        add.add_argument("--under", default="", metavar="/en/toolbox/", help="the page of yours to put its pages below")
        add.add_argument("--with-places", action="store_true", help="safe spaces, too")
        add.add_argument("--if-missing", action="store_true", help="do nothing when its address is followed already")

        actions.add_parser("list", help="list whom you follow")
        pulling = actions.add_parser("pull", help="bring what is new, as drafts")
        pulling.add_argument("name", nargs="?", help="of one peer; without it, of all")
        pulling.add_argument("--force", action="store_true", help="take back many pages at once, if the peer did so")
        status = actions.add_parser("status", help="say how each peer stands and what waits for you")
        status.add_argument("name", nargs="?")
        remove = actions.add_parser("remove", help="stop following; pulled pages stay")
        remove.add_argument("name")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        try:
            getattr(self, f"do_{action}")(**options)
        except (BadPeer, UnreadableKey, PeerError, FuseBlown) as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            raise CommandError("Interrupted. Nothing is half there; the next pull goes on from here.") from None

    def do_add(
        self,
        url: str,
        name: str,
        key_file: Path | None,
        subtree: str,
        locales: str,
        under: str,
        if_missing: bool,
        with_places: bool,
        **options: Any,
    ) -> None:
        if if_missing and Peer.objects.filter(url=url.rstrip("/")).exists():
            return
        try:
            key = key_file.read_text("utf-8") if key_file else ""
        except OSError as error:
            raise CommandError(f"The key file cannot be read: {error}.") from error
        wanted = [code.strip() for code in locales.split(",") if code.strip()]
        peer = add_peer(url, name, key=key, subtree=subtree, locales=wanted, under=under, with_places=with_places)
        self.stdout.write(f"{peer.name} is followed now. Bring its pages with: peer pull {peer.name!r}")

    def do_list(self, **options: Any) -> None:
        for peer in self.peers(None):
            self.stdout.write(f"{peer.name}\t{peer.url}\tlast success {moment(peer.last_success_at)}")

    def do_pull(self, name: str | None, force: bool, **options: Any) -> None:
        failures = []
        for peer in self.peers(name):
            try:
                self.pull_one(peer, force=force)
            except (PeerError, FuseBlown, UnreadableKey) as error:
                failures.append(f"{peer.name}: {error}")
        if failures:
            raise CommandError("\n".join(failures))

    def pull_one(self, peer: Peer, *, force: bool) -> None:
        console = Console(file=self.stdout)  # type: ignore[arg-type]
        progress = Progress(
            SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed} items"),
            TimeElapsedColumn(), console=console, transient=True,
        )  # fmt: skip
        report = Report(say=lambda line: self.stdout.write(line))
        with progress if console.is_terminal else nullcontext():
            if console.is_terminal:
                task = progress.add_task(f"Pulling {peer.name}", total=None)
                report.step = lambda: progress.advance(task)
            else:
                self.stdout.write(f"Pulling {peer.name} from {peer.url}")
                report.step = Milestones(self.stdout.write).step
            try:
                with client_of(peer) as client:
                    pull(peer, client, report, force=force)
            finally:
                self.stdout.write(f"{peer.name}: {summary(peer, report)}")

    def do_status(self, name: str | None, **options: Any) -> None:
        for peer in self.peers(name):
            self.stdout.write(f"{peer.name} ({peer.url})")
            self.stdout.write(f"  last attempt {moment(peer.last_attempt_at)}")
            self.stdout.write(f"  last success {moment(peer.last_success_at)}")
            if peer.last_error:
                self.stdout.write(f"  last error: {peer.last_error}")
            pages = Replica.objects.filter(peer=peer, anchor=False)
            conflicts = Conflict.objects.filter(replica__peer=peer, choice=Conflict.Choice.OPEN)
            held = HeldItem.objects.filter(peer=peer)
            self.stdout.write(
                f"  {pages.count()} pages, {conflicts.count()} conflicts, "
                f"{pages.exclude(proposal='').count()} proposals, {held.count()} held items"
            )
            for item in held.order_by("pk"):
                self.stdout.write(f"  held: {item.key} ({item.locale}): {item.reason}")
            self.stdout.write(f"  manifest: {self.manifest_of(peer)}")

    def manifest_of(self, peer: Peer) -> str:
        """Say in one line what the peer's manifest says of what is here."""
        try:
            with client_of(peer) as client:
                found = compare(peer, client)
        except (PeerError, UnreadableKey) as error:
            return f"unknown. {error}"
        if found.same:
            return f"the same {found.offered} pages"
        return (
            f"{found.offered} pages there; {len(found.missing)} not here, {len(found.changed)} changed there since, "
            f"{len(found.gone)} no longer there"
        )

    def do_remove(self, name: str, **options: Any) -> None:
        for peer in self.peers(name):
            kept = remove_peer(peer)
            self.stdout.write(f"{name} is not followed any more. Its {kept} pages stay as they are.")

    def peers(self, name: str | None) -> list[Peer]:
        """Return the peer of that name, or all. Raises `CommandError` when there is none."""
        found = list(Peer.objects.filter(name=name) if name else Peer.objects.order_by("name"))
        if not found:
            known = ", ".join(Peer.objects.order_by("name").values_list("name", flat=True))
            raise CommandError(
                f"Nobody of the name {name} is followed; known: {known or 'nobody'}." if name
                else "Nobody is followed yet. Begin with: peer add https://… --name …"
            )  # fmt: skip
        return found


class Milestones:
    """Plain lines where there is no terminal: one every 100 items."""

    def __init__(self, write: Any) -> None:
        self.write = write
        self.count = 0

    def step(self) -> None:
        self.count += 1
        if self.count % 100 == 0:
            self.write(f"  {self.count} items")


def summary(peer: Peer, report: Report) -> str:
    """Return the counts of a pull in one line; the last number is 0 when everything was up to date."""
    counts = report.counts
    held = HeldItem.objects.filter(peer=peer).count()
    conflicts = Conflict.objects.filter(replica__peer=peer, choice=Conflict.Choice.OPEN).count()
    return (
        f"{counts[Result.CREATED.value]} created, {counts[Result.UPDATED.value]} updated, "
        f"{counts[Result.UNCHANGED.value]} unchanged, {counts[Result.SKIPPED.value]} passed over, "
        f"{counts[Result.TERM.value]} terms, {counts['media']} files, {counts['linked']} linked anew, "
        f"{counts[Result.PROPOSAL.value]} proposals, {conflicts} conflicts open, {held} held back; "
        f"{report.writes} writes"
    )


def moment(when: Any) -> str:
    return when.strftime("%Y-%m-%d %H:%M UTC") if when else NEVER
