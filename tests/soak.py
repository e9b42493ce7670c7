#!/usr/bin/env python3
"""The long form of the proofs: `soak.py [part ...]`.

Ten thousand histories of page events, and five minutes of eight publishers and four followers at once. Prints what the
tests print and leaves it, with date, commit, seed and counts, in `benchmarks/results/soak.md`.
"""

import os
import platform
import secrets
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tests.run import ROOT, SIDE_BY_SIDE, VAR, environment_of_tests, fresh_report, read_report, services

RESULT = ROOT / "benchmarks" / "results" / "soak.md"


@dataclass(frozen=True)
class Part:
    """Some tests, and the environment that makes them long. What the caller sets already stays as it is."""

    name: str
    paths: tuple[str, ...]
    longer: dict[str, str] = field(default_factory=dict)


PARTS = (
    Part(
        "histories",
        ("tests/property/publication/test_prompt.py", "tests/property/publication/test_late.py"),
        {"HISTORIES": "10000"},
    ),
    Part("faults", ("tests/property/publication/soak.py",), {"FAULT_HISTORIES": "1000"}),
    Part("concurrency", ("tests/equalcity/publication/concurrency",), {"CONCURRENCY_SECONDS": "300"}),
)


def run_part(part: Part, seed: str) -> tuple[bool, str]:
    """Run one part; return whether it passed and what is written down of it."""
    report = fresh_report(f"soak-{part.name}")
    environment = {
        **environment_of_tests(services()),
        "SEED": seed,
        "CONCURRENCY_SEED": seed,
        "EQUALCITY_HOME": str(VAR / "test" / f"soak-{part.name}"),
        **{name: os.environ.get(name, value) for name, value in part.longer.items()},
    }
    began = time.monotonic()
    command = [sys.executable, "-m", "pytest", "-q", "--no-header", *SIDE_BY_SIDE, f"--junitxml={report}", *part.paths]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as running:
        said = []
        for line in running.stdout or ():
            print(line, end="", flush=True)
            said.append(line)
    counts = read_report(report) if report.exists() else None
    passed = running.returncode == 0 and counts is not None and counts.passed > 0
    sizes = ", ".join(f"{name}={environment[name]}" for name in part.longer)
    ended = f"{counts.passed} passed, {counts.failed} failed" if counts else "no test ran"
    lines = (
        f"## {part.name}: {'passed' if passed else 'FAILED'}",
        f"{sizes}, seed {seed}: {ended} in {time.monotonic() - began:.0f} s.",
        "```\n" + "".join(said).strip() + "\n```",
    )
    return passed, "\n\n".join(lines)


def main(names: list[str]) -> int:
    """Run the named parts, or all; return the exit code."""
    if unknown := set(names) - {part.name for part in PARTS}:
        print(f"No such part: {', '.join(sorted(unknown))}. There are: {', '.join(part.name for part in PARTS)}.")
        return 2
    seed = os.environ.get("SEED", str(secrets.randbelow(10**9)))
    git = ["git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(git, cwd=ROOT, capture_output=True, text=True, check=False)
    ended = [run_part(part, seed) for part in PARTS if not names or part.name in names]
    head = (
        "# The long form of the proofs (`make soak`)",
        f"{datetime.now(UTC):%Y-%m-%d}, commit {commit.stdout.strip() or 'unknown'}, "
        f"Python {platform.python_version()}, {os.cpu_count()} cores.",
    )
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text("\n\n".join([*head, *(text for _passed, text in ended)]) + "\n", "utf-8")
    return 0 if all(passed for passed, _text in ended) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
