"""How often each event came in some histories. Plain data: the runners read it from the reports of the tests."""

import json
import xml.etree.ElementTree as ElementTree
from collections import Counter
from dataclasses import asdict, dataclass
from functools import reduce
from pathlib import Path

PROPERTY = "events"


@dataclass(frozen=True)
class Distribution:
    """`drawn` counts the events of `histories` histories, `applied` those that met a page they fit."""

    histories: int
    drawn: dict[str, int]
    applied: dict[str, int]

    def __add__(self, other: "Distribution") -> "Distribution":
        drawn, applied = Counter(self.drawn), Counter(self.applied)
        drawn.update(other.drawn)
        applied.update(other.applied)
        return Distribution(self.histories + other.histories, dict(drawn), dict(applied))

    def __str__(self) -> str:
        rows = [f"{self.histories} histories of page events", f"{'event':22}{'drawn':>7}{'applied':>9}"]
        rows += [f"{name:22}{self.drawn[name]:7}{self.applied.get(name, 0):9}" for name in self.drawn]
        rows += [f"{'together':22}{sum(self.drawn.values()):7}{sum(self.applied.values()):9}"]
        return "\n".join(rows)

    def as_json(self) -> str:
        return json.dumps(asdict(self))


def read_distribution(report: Path) -> Distribution | None:
    """Return what the tests of a JUnit report told of their histories, together; None where no test ran any."""
    said = ElementTree.parse(report).iter("property")
    found = [Distribution(**json.loads(one.get("value", ""))) for one in said if one.get("name") == PROPERTY]
    return reduce(Distribution.__add__, found) if found else None
