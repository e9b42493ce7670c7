#!/usr/bin/env python3
"""Run the test suite group by group: `run.py [group ...]`.

Prints the time of each group, then which real services took part, and last one line `N passed, N failed`.
A group whose service is not there is left out and named; with `CI=true` that is a failure, as is any skipped
test: what does not run proves nothing.
"""

import os
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field
from pathlib import Path

from tests.property.publication.distribution import read_distribution

ROOT = Path(__file__).resolve().parents[1]
VAR = ROOT / "var"
MARKERS = ("browser", "services", "elasticsearch", "property", "fuzz", "fault")
DATABASE_SUITES = (
    "tests/equalcity/api",
    "tests/equalcity/publication",
    "tests/equalcity/replication",
    "tests/relevance",
    "tests/search",
)


@dataclass(frozen=True)
class Group:
    """Some of the tests, and the services they need, by their names in `var/services.env`."""

    name: str
    select: str
    paths: tuple[str, ...] = ("tests",)
    needs: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)
    side_by_side: bool = False


ORDINARY = " and ".join(f"not {marker}" for marker in MARKERS)
GROUPS = (
    Group("unit", ORDINARY, side_by_side=True),
    Group("services", "services", needs=("TEST_POSTGRES_URL", "TEST_REDIS_URL")),
    # The embedded default has shown that these pass on SQLite; here they pass on PostgreSQL too.
    Group(
        "services-database",
        ORDINARY,
        DATABASE_SUITES,
        needs=("TEST_POSTGRES_URL",),
        environment={"DATABASE_URL": "TEST_POSTGRES_URL"},
        side_by_side=True,
    ),
    # The pair that large instances run: what the search server leaves is asked of PostgreSQL.
    Group(
        "services-elasticsearch",
        "elasticsearch and not fault",
        ("tests/search",),
        needs=("TEST_POSTGRES_URL", "TEST_ELASTICSEARCH_URL"),
        environment={"DATABASE_URL": "TEST_POSTGRES_URL"},
    ),
    Group("browser", "browser", needs=("CHROMIUM",)),
    Group("property", "property", side_by_side=True),
    Group("fuzz", "fuzz"),
    Group("fault", "fault and not elasticsearch"),
    Group("fault-elasticsearch", "fault and elasticsearch", ("tests/search",), needs=("TEST_ELASTICSEARCH_URL",)),
)
# Settings of an instance that may run from the same shell; the tests bring their own.
NOT_FOR_TESTS = {
    "ALLOWED_HOSTS",
    "DATABASE_URL",
    "DEFAULT_LOCALE",
    "ELASTICSEARCH_URL",
    "EQUALCITY_DEMO",
    "INSTANCE_NAME",
    "LOCALES",
    "PORT",
    "REDIS_URL",
    "SECRET_KEY",
    "SITE_URL",
}
# A file stays together: what its tests share is made once.
SIDE_BY_SIDE = ("-n", str(os.cpu_count() or 1), "--dist", "loadfile")
SERVICE_NAMES = {
    "TEST_POSTGRES_URL": "PostgreSQL",
    "TEST_REDIS_URL": "Redis",
    "TEST_ELASTICSEARCH_URL": "Elasticsearch",
    "CHROMIUM": "Chromium",
}


@dataclass
class Counts:
    """What came of some tests."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)


def services() -> dict[str, str]:
    """Return what `make services` wrote down."""
    path = VAR / "services.env"
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return dict(line.split("=", 1) for line in lines)


def environment_of_tests(available: dict[str, str]) -> dict[str, str]:
    """Return the environment without an instance's settings, with the services."""
    return {**{name: value for name, value in os.environ.items() if name not in NOT_FOR_TESTS}, **available}


def fresh_report(name: str) -> Path:
    """Return where a JUnit report goes; an older one is gone."""
    report = VAR / "test-results" / f"{name}.xml"
    report.parent.mkdir(parents=True, exist_ok=True)
    report.unlink(missing_ok=True)
    return report


def run_group(group: Group, available: dict[str, str], home: Path) -> Counts:
    """Run one group with pytest in a state folder of its own and count the results."""
    report = fresh_report(group.name)
    environment = {
        **environment_of_tests(available),
        **{name: available[source] for name, source in group.environment.items()},
        "EQUALCITY_HOME": str(home / group.name),
    }
    workers = SIDE_BY_SIDE if group.side_by_side else ()
    command = ["-m", group.select, *workers, f"--junitxml={report}", "-q", "--no-header", *group.paths]
    ended = subprocess.run([sys.executable, "-m", "pytest", *command], cwd=ROOT, env=environment, check=False)
    if not report.exists():
        print(f"{group.name}: pytest ended with code {ended.returncode} before any test ran.")
        return Counts(failed=1)
    counts = read_report(report)
    if distribution := read_distribution(report):
        print(distribution)
    if ended.returncode and not counts.failed:
        why = "no test was found" if ended.returncode == 5 else f"code {ended.returncode}"
        print(f"{group.name}: pytest ended with an error: {why}.")
        counts += Counts(failed=1)
    return counts


def read_report(path: Path) -> Counts:
    """Count the tests of a JUnit report."""
    counts = Counts()
    for case in ElementTree.parse(path).iter("testcase"):
        if case.find("failure") is not None or case.find("error") is not None:
            counts.failed += 1
        elif (skip := case.find("skipped")) is not None and skip.get("type") != "pytest.xfail":
            counts.skipped += 1
        else:
            counts.passed += 1
    return counts


def main(names: list[str]) -> int:
    """Run the named groups, or all; return the exit code."""
    if unknown := set(names) - {group.name for group in GROUPS}:
        print(f"No such group: {', '.join(sorted(unknown))}. There are: {', '.join(g.name for g in GROUPS)}.")
        return 2
    available = services()
    home = VAR / "test"
    shutil.rmtree(home, ignore_errors=True)
    total, took_part, times, left_out = Counts(), {"SQLite"}, [], []
    for group in GROUPS:
        if names and group.name not in names:
            continue
        missing = [SERVICE_NAMES[need] for need in group.needs if need not in available]
        if missing:
            left_out.append(f"{group.name} (no {' and no '.join(missing)})")
            continue
        print(f"\n=== {group.name}", flush=True)
        began = time.monotonic()
        counts = run_group(group, available, home)
        seconds = time.monotonic() - began
        times.append(f"{group.name}: {seconds:.0f} s, {counts.passed} passed, {counts.failed} failed")
        took_part.update(SERVICE_NAMES[need] for need in group.needs)
        total += counts
    print("\n=== Summary")
    print("\n".join(times))
    print(f"Real services that took part: {', '.join(sorted(took_part))}")
    if total.skipped:
        print(f"Skipped: {total.skipped}; a test that does not run proves nothing, so this is a failure.")
    if left_out:
        print(f"Left out: {'; '.join(left_out)}")
        if os.environ.get("CI", "").lower() == "true":
            total.failed += len(left_out)
    print(f"{total.passed} passed, {total.failed} failed")
    return 1 if total.failed or total.skipped or not total.passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
