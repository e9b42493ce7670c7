#!/usr/bin/env python3
"""The long form of the proofs: `soak.py [part ...]`.

Ten thousand histories of page events, the search for every planted fault, five minutes of eight publishers and four
followers at once, and ten thousand searches while their index is written anew. The histories take hours, so they come
in stretches, each under a seed of its own: a stretch that passed is written down in `benchmarks/results/soak.json` at
once, and `make soak` goes on from there. Remove the file to begin anew.
`benchmarks/results/soak.md` says the same for people.
"""

import json
import os
import platform
import secrets
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import reduce

from tests.property.publication.distribution import Distribution, read_distribution
from tests.run import ROOT, SIDE_BY_SIDE, VAR, environment_of_tests, fresh_report, read_report, services

RESULTS = ROOT / "benchmarks" / "results"
STATE = RESULTS / "soak.json"
PAGE = RESULTS / "soak.md"
ALL_HISTORIES = int(os.environ.get("HISTORIES", "10000"))
A_STRETCH = 250


@dataclass(frozen=True)
class Part:
    """Some tests, and the environment that makes them long. What the caller sets in it stays as it is."""

    name: str
    paths: tuple[str, ...]
    longer: dict[str, str] = field(default_factory=dict)


HISTORIES = Part("histories", ("tests/property/publication/test_prompt.py", "tests/property/publication/test_late.py"))
PARTS = (
    HISTORIES,
    Part("faults", ("tests/property/publication/soak.py",), {"FAULT_HISTORIES": "1000"}),
    Part("concurrency", ("tests/equalcity/publication/concurrency",), {"CONCURRENCY_SECONDS": "300"}),
    Part("rebuild", ("tests/search/test_search_server_index.py",), {"SEARCHES": "10000"}),
)


@dataclass(frozen=True)
class Run:
    """What came of one part, or of one stretch of histories. `date` is UTC."""

    part: str
    date: str
    commit: str
    python: str
    cores: int
    seed: str
    seconds: int
    passed: int
    failed: int
    environment: dict[str, str]
    distribution: dict[str, object] | None = None


def run(part: Part, seed: str, longer: dict[str, str]) -> Run:
    """Run one part, showing what its tests print."""
    report = fresh_report(f"soak-{part.name}")
    environment = {
        **environment_of_tests(services()),
        "SEED": seed,
        "CONCURRENCY_SEED": seed,
        "EQUALCITY_HOME": str(VAR / "test" / f"soak-{part.name}"),
        **longer,
    }
    began = time.monotonic()
    command = [sys.executable, "-m", "pytest", "-q", "--no-header", *SIDE_BY_SIDE, f"--junitxml={report}", *part.paths]
    code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    counts = read_report(report) if report.exists() else None
    distribution = read_distribution(report) if report.exists() else None
    return Run(
        part=part.name,
        date=f"{datetime.now(UTC):%Y-%m-%d}",
        commit=commit(),
        python=platform.python_version(),
        cores=os.cpu_count() or 1,
        seed=seed,
        seconds=round(time.monotonic() - began),
        passed=counts.passed if counts else 0,
        # What ends with an error before or after its tests has not passed either.
        failed=counts.failed or int(code != 0) if counts else 1,
        environment=longer,
        distribution=asdict(distribution) if distribution else None,
    )


def commit() -> str:
    asked = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return asked.stdout.strip() or "unknown"


def read() -> list[Run]:
    return [Run(**one) for one in json.loads(STATE.read_text("utf-8"))] if STATE.exists() else []


def keep(runs: list[Run]) -> None:
    """Write both files; a kill in between leaves the older ones whole."""
    for path, text in (
        (STATE, json.dumps([asdict(one) for one in runs], indent=1) + "\n"),
        (PAGE, page(runs)),
    ):
        RESULTS.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".part")
        beside.write_text(text, "utf-8")
        beside.replace(path)


def distribution_of(runs: list[Run]) -> Distribution:
    """Return how often each event came in all stretches that passed."""
    found = (Distribution(**one.distribution) for one in runs if one.distribution and not one.failed)
    return reduce(Distribution.__add__, found, Distribution(0, {}, {}))


def page(runs: list[Run]) -> str:
    """Return what came of everything, for people."""
    rows = [
        "| part | date | commit | seed | size | passed | failed | seconds | on |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for one in runs:
        size = ", ".join(f"{name}={value}" for name, value in one.environment.items())
        machine = f"Python {one.python}, {one.cores} cores"
        rows.append(
            f"| {one.part} | {one.date} | {one.commit} | {one.seed} | {size} | {one.passed} | {one.failed} "
            f"| {one.seconds} | {machine} |"
        )
    return "\n".join(
        [
            "# The long form of the proofs (`make soak`)",
            "",
            *rows,
            "",
            "```",
            str(distribution_of(runs)),
            "```",
            "",
        ]
    )


def run_histories(runs: list[Run]) -> bool:
    """Go on with the histories, stretch by stretch; return whether all passed."""
    while (done := distribution_of(runs).histories) < ALL_HISTORIES:
        size = min(A_STRETCH, ALL_HISTORIES - done)
        print(f"\n=== histories: {done} of {ALL_HISTORIES} passed", flush=True)
        ended = run(HISTORIES, os.environ.get("SEED", str(secrets.randbelow(10**9))), {"HISTORIES": str(size)})
        runs.append(ended)
        keep(runs)
        if ended.failed or not ended.distribution:
            return False
    seldom = [name for name, applied in distribution_of(runs).applied.items() if applied < ALL_HISTORIES // 100]
    if seldom:
        print(f"These hardly happened: {', '.join(seldom)}")
    return not seldom


def main(names: list[str]) -> int:
    """Run the named parts, or all; return the exit code."""
    if unknown := set(names) - {part.name for part in PARTS}:
        print(f"No such part: {', '.join(sorted(unknown))}. There are: {', '.join(part.name for part in PARTS)}.")
        return 2
    runs, passed = read(), True
    for part in PARTS:
        if names and part.name not in names:
            continue
        if part is HISTORIES:
            passed &= run_histories(runs)
            continue
        print(f"\n=== {part.name}", flush=True)
        longer = {name: os.environ.get(name, value) for name, value in part.longer.items()}
        ended = run(part, os.environ.get("SEED", str(secrets.randbelow(10**9))), longer)
        runs[:] = [one for one in runs if one.part != part.name] + [ended]
        keep(runs)
        passed &= not ended.failed
    print(distribution_of(runs))
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
