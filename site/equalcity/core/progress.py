"""Progress of long work: a bar on a terminal, plain lines elsewhere."""

import sys
import time
from typing import Any, Self

from rich.console import Console
from rich.progress import Progress as Bar

EVERY_SECONDS = 5.0


class Progress:
    """Use as a context manager and call `at(done, total)`; `stream` takes the plain lines."""

    def __init__(self, title: str, stream: Any) -> None:
        self.title = title
        self.stream = stream
        self.bar = Bar(console=Console(file=sys.stderr), transient=True) if sys.stderr.isatty() else None
        self.task: Any = None
        self.told = time.monotonic()

    def __enter__(self) -> Self:
        if self.bar:
            self.bar.start()
            self.task = self.bar.add_task(self.title, total=None)
        return self

    def __exit__(self, *exc: object) -> None:
        if self.bar:
            self.bar.stop()

    def at(self, done: int, total: int) -> None:
        """Say how far the work is."""
        if self.bar:
            self.bar.update(self.task, completed=done, total=total)
        elif time.monotonic() - self.told > EVERY_SECONDS:
            self.told = time.monotonic()
            self.stream.write(f"{self.title}: {done} of {total}")
