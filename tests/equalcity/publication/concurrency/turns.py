"""Who may change the shape of the tree while others edit: a lock of the test, because Wagtail has none.

Wagtail saves whole rows: a page that was read before a move and is saved after it puts its old place in the tree
back (`test_upstream.py` shows it on stock models). On a real site staff rarely meet so; eight publishers without a
pause meet many times a second, and a corrupt tree would say nothing about the feed. So moving, making and
removing pages is done alone; everything else, and all recording, goes on side by side.
"""

import fcntl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from django.db import transaction


@dataclass(frozen=True)
class Turns:
    """Held by any number of editors, or by one who changes the tree. Fair: who waits to be alone is not overtaken."""

    BESIDE: ClassVar[int] = fcntl.LOCK_SH
    ALONE: ClassVar[int] = fcntl.LOCK_EX

    folder: Path
    orderly: bool = True

    @contextmanager
    def beside_others(self) -> Iterator[None]:
        """Edit, each save in a transaction of its own, as the CMS does for one page."""
        with self.held(self.BESIDE):
            yield

    @contextmanager
    def beside_others_at_once(self) -> Iterator[None]:
        """Edit in one transaction, as the CMS does for a bulk action."""
        with self._until_commit(self.BESIDE):
            yield

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Change the tree, in one transaction."""
        with self._until_commit(self.ALONE):
            yield

    @contextmanager
    def _until_commit(self, how: int) -> Iterator[None]:
        with ExitStack() as held:
            held.enter_context(self.held(how))
            with transaction.atomic():
                # The first thing after the commit: whatever is recorded then is recorded beside everybody else.
                transaction.on_commit(held.close)
                yield

    @contextmanager
    def held(self, how: int) -> Iterator[None]:
        """Hold the lock, `BESIDE` others or `ALONE`."""
        if not self.orderly:
            yield
            return
        with (self.folder / "tree.lock").open("a") as tree:
            with (self.folder / "door.lock").open("a") as door:
                fcntl.flock(door, fcntl.LOCK_EX)
                fcntl.flock(tree, how)
            yield
