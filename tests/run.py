#!/usr/bin/env python3
"""Run the test suite group by group: `run.py [group ...]`.

Some tests wait by the clock: nothing runs beside them. All others run with one process more than there are
processors, because each waits now and then: for a database, a search server, a browser, a process that it killed. A
group that spreads over all processors counts as that many, and one of one process runs beside it: one after the other
they would leave a processor idle for a third of the time. What a group says is printed when it has ended.

At the end stand the time of each group, which real services took part, and last one line `N passed, N failed`.
A group whose service is not there is left out and named; with `CI=true` that is a failure, as is any skipped
test: what does not run proves nothing.
"""

import os
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from tests.property.publication.distribution import read_distribution

ROOT = Path(__file__).resolve().parents[1]
VAR = ROOT / "var"
MARKERS = ("browser", "clock", "services", "elasticsearch", "property", "fuzz", "fault")
DATABASE_SUITES = (
    "tests/equalcity/api",
    "tests/equalcity/publication",
    "tests/equalcity/replication",
    "tests/relevance",
    "tests/search",
)


@dataclass(frozen=True)
class Group:
    """Some of the tests, and the services they need, by their names in `var/services.env`.

    `minutes` is how long it may take on two processors: of those that may run now the longest begins, first of those
    that go `side_by_side`, which find room only beside one other.
    Where tests wait `by_the_clock` nothing runs beside them: half a second must be enough for what they wait for.
    """

    name: str
    select: str
    minutes: int
    paths: tuple[str, ...] = ("tests",)
    needs: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)
    side_by_side: bool = False
    by_the_clock: bool = False
    demonstration: bool = False

    @property
    def processes(self) -> int:
        return PROCESSORS if self.side_by_side else 1


ORDINARY = " and ".join(f"not {marker}" for marker in MARKERS)
# Reading all tests takes longer than some groups: each reads where its own are (`tooling/test_groups.py` holds it).
GROUPS = (
    Group("unit", ORDINARY, 8, side_by_side=True, demonstration=True),
    # The embedded default has shown that these pass on SQLite; here they pass on PostgreSQL too.
    Group(
        "services-database",
        f"{ORDINARY} and not embedded",
        4,
        DATABASE_SUITES,
        needs=("TEST_POSTGRES_URL",),
        environment={"DATABASE_URL": "TEST_POSTGRES_URL"},
        side_by_side=True,
    ),
    Group("property", "property", 6, ("tests/property", "tests/equalcity/api"), side_by_side=True),
    Group(
        "services",
        "services",
        6,
        ("tests/equalcity/publication", "tests/services", "tests/tooling"),
        needs=("TEST_POSTGRES_URL", "TEST_REDIS_URL"),
    ),
    # The pair that large instances run: what the search server leaves is asked of PostgreSQL.
    Group(
        "services-elasticsearch",
        "elasticsearch and not fault",
        4,
        ("tests/search", "tests/relevance"),
        needs=("TEST_POSTGRES_URL", "TEST_ELASTICSEARCH_URL"),
        environment={"DATABASE_URL": "TEST_POSTGRES_URL"},
    ),
    Group("browser", "browser and not clock", 10, ("tests/browser",), needs=("CHROMIUM",), demonstration=True),
    Group("browser-clock", "browser and clock", 2, ("tests/browser",), needs=("CHROMIUM",), by_the_clock=True),
    Group("fuzz", "fuzz", 3, ("tests/equalcity/api",)),
    Group("fault", "fault and not elasticsearch", 11, ("tests/equalcity",)),
    Group(
        "fault-elasticsearch",
        "fault and elasticsearch",
        2,
        ("tests/search",),
        needs=("TEST_ELASTICSEARCH_URL",),
        by_the_clock=True,
    ),
)
# Settings of an instance that may run from the same shell; the tests bring their own. And they start hundreds of
# processes, each of which would compile everything anew.
NOT_FOR_TESTS = {
    "ALLOWED_HOSTS",
    "DATABASE_URL",
    "DEFAULT_LOCALE",
    "ELASTICSEARCH_URL",
    "EQUALCITY_DEMO",
    "INSTANCE_NAME",
    "LOCALES",
    "PORT",
    "PYTHONDONTWRITEBYTECODE",
    "REDIS_URL",
    "SECRET_KEY",
    "SITE_URL",
}
# A file stays together: what its tests share is made once.
PROCESSORS = os.cpu_count() or 1
SIDE_BY_SIDE = ("-n", str(PROCESSORS), "--dist", "loadfile")
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


@dataclass(frozen=True)
class Outcome:
    """What came of a group, its own processes' work, and what it said where nobody listened."""

    group: Group
    counts: Counts
    seconds: float
    processor: float
    said: str

    def __str__(self) -> str:
        took = f"{self.seconds:.0f} s, {self.processor:.0f} s of processor"
        return f"{self.group.name}: {took}, {self.counts.passed} passed, {self.counts.failed} failed"


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


def run_group(group: Group, available: dict[str, str], home: Path, said: Path | None = None) -> Outcome:
    """Run one group with pytest in a state folder of its own and count the results; `said`: what it says goes there."""
    report = fresh_report(group.name)
    environment = {
        **environment_of_tests(available),
        **{name: available[source] for name, source in group.environment.items()},
        "EQUALCITY_HOME": str(home / group.name),
    }
    workers = SIDE_BY_SIDE if group.side_by_side else ()
    command = ["-m", group.select, *workers, f"--junitxml={report}", "-q", "--no-header", *group.paths]
    began = time.monotonic()
    code, processor = run_pytest(command, environment, said)
    seconds = time.monotonic() - began
    counts, told = counted(group, report, code)
    return Outcome(group, counts, seconds, processor, (said.read_text("utf-8") if said else "") + told)


def run_pytest(command: list[str], environment: dict[str, str], said: Path | None) -> tuple[int, float]:
    """Return the exit code of pytest, and the processor time of it and of all that it waited for."""
    with (said or Path(os.devnull)).open("w", encoding="utf-8") as output:
        heard = {"stdout": output, "stderr": subprocess.STDOUT} if said else {}
        pytest = [sys.executable, "-m", "pytest", *command]
        with subprocess.Popen(pytest, cwd=ROOT, env=environment, **heard) as running:
            _pid, status, used = os.wait4(running.pid, 0)
            running.returncode = os.waitstatus_to_exitcode(status)
    return running.returncode, used.ru_utime + used.ru_stime


def counted(group: Group, report: Path, code: int) -> tuple[Counts, str]:
    """Return what the report counts, and what there is to say about it."""
    if not report.exists():
        return Counts(failed=1), f"{group.name}: pytest ended with code {code} before any test ran.\n"
    counts = read_report(report)
    distribution = read_distribution(report)
    told = f"{distribution}\n" if distribution else ""
    if code and not counts.failed:
        why = "no test was found" if code == 5 else f"code {code}"
        told += f"{group.name}: pytest ended with an error: {why}.\n"
        counts += Counts(failed=1)
    return counts, told


def run_groups(groups: list[Group], available: dict[str, str], home: Path) -> Iterator[Outcome]:
    """Run all of them and tell of each as it ends."""
    beside = [one for one in groups if not one.by_the_clock]
    waiting = sorted(beside, key=lambda one: (one.side_by_side, one.minutes), reverse=True)
    said = VAR / "test-results"
    running: dict[Future[Outcome], Group] = {}
    with ThreadPoolExecutor(PROCESSORS + 1) as lanes:
        while waiting or running:
            while (group := next_group(waiting, list(running.values()))) is not None:
                waiting.remove(group)
                print(f"\n=== {group.name} begins", flush=True)
                running[lanes.submit(run_group, group, available, home, said / f"{group.name}.txt")] = group
            for ended in wait(running, return_when=FIRST_COMPLETED).done:
                del running[ended]
                outcome = ended.result()
                print(f"\n=== {outcome.group.name}\n{outcome.said}", end="", flush=True)
                yield outcome
    for group in groups:
        if group.by_the_clock:
            print(f"\n=== {group.name}", flush=True)
            outcome = run_group(group, available, home)
            print(outcome.said, end="", flush=True)
            yield outcome


def next_group(waiting: list[Group], running: list[Group]) -> Group | None:
    """Return the first that may run beside those that run; never two that spread over all processors."""
    room = PROCESSORS + 1 - sum(group.processes for group in running)
    return next((group for group in waiting if group.processes <= room), None)


@contextmanager
def demonstration_in_the_making(environment: dict[str, str]) -> Iterator[None]:
    """Have it made while tests run that do not need it: it takes minutes of one processor, and its tests wait."""
    with subprocess.Popen([sys.executable, "-m", "tests.prepared"], cwd=ROOT, env=environment) as making:
        try:
            yield
        finally:
            making.terminate()


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
    left_out, chosen = [], []
    for group in GROUPS:
        if names and group.name not in names:
            continue
        missing = [SERVICE_NAMES[need] for need in group.needs if need not in available]
        if missing:
            left_out.append(f"{group.name} (no {' and no '.join(missing)})")
        else:
            chosen.append(group)
    began = time.monotonic()
    needed = any(group.demonstration for group in chosen)
    with demonstration_in_the_making(environment_of_tests(available)) if needed else nullcontext():
        outcomes = {outcome.group.name: outcome for outcome in run_groups(chosen, available, home)}
    total = sum((outcome.counts for outcome in outcomes.values()), Counts())
    took_part = {"SQLite"} | {SERVICE_NAMES[need] for group in chosen for need in group.needs}
    print("\n=== Summary")
    print("\n".join(str(outcomes[group.name]) for group in chosen))
    print(f"All of them: {time.monotonic() - began:.0f} s, some at the same time")
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
