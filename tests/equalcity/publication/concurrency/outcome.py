"""How a play goes, and what was observed in it."""

from dataclasses import dataclass, field
from pathlib import Path

from tests.equalcity.publication.concurrency.history import History
from tests.equalcity.publication.concurrency.operations import Operation
from tests.equalcity.publication.concurrency.watching import Locks


@dataclass(frozen=True)
class Plan:
    """How the play goes. `together`: followers are threads of two processes, instead of processes and a server."""

    folder: Path
    seconds: float = 20
    seed: int = 1
    publishers: int = 8
    together: bool = False
    orderly: bool = True


@dataclass(frozen=True)
class Outcome:
    """What was observed. `failures` are exceptions outside operations, `logged` what was logged as an error."""

    seed: int
    history: History
    operations: tuple[Operation, ...]
    failures: tuple[str, ...]
    logged: tuple[str, ...]
    differences: tuple[str, ...]
    marks: tuple[str, ...]
    locks: Locks
    rounds: int
    took: dict[str, float] = field(default_factory=dict)


def outcome_path(folder: Path) -> Path:
    """Return where the outcome of a play stands."""
    return folder / "outcome.pickle"
