"""What was measured, as a table for people and as JSON for programs."""

import datetime
import json
import os
import platform
import subprocess
from dataclasses import asdict, dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

from benchmarks.environment import ROOT

RESULTS = ROOT / "benchmarks" / "results"


@dataclass
class Row:
    """One line: what was measured on either side, and their ratio.

    `at_least` is the ratio that is asked for; of a cost, where less is better, it is `at_most`.
    """

    name: str
    title: str
    unit: str
    ours: float
    stock: float
    at_least: float | None = None
    at_most: float | None = None
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def ratio(self) -> float:
        """How many times stock: faster for rates, dearer for costs."""
        return self.ours / self.stock

    @property
    def reached(self) -> bool:
        return (self.at_least is None or self.ratio >= self.at_least) and (
            self.at_most is None or self.ratio <= self.at_most
        )

    @property
    def wanted(self) -> str:
        if self.at_least is not None:
            return f"at least {self.at_least:g}"
        return f"at most {self.at_most:g}" if self.at_most is not None else "-"


def as_markdown(rows: list[Row], about: dict[str, Any]) -> str:
    """Return the table and what is to be known of it."""
    lines = [
        "# The gate, beside stock Wagtail",
        "",
        "| Measure | Unit | Ours | Stock | Ratio | Asked for | Reached | p50/p99 ours (ms) | p50/p99 stock (ms) |",
        "|---|---|---:|---:|---:|---|---|---:|---:|",
    ]
    lines += [
        f"| {row.title} | {row.unit} | {number(row.ours)} | {number(row.stock)} | {row.ratio:.2f} | {row.wanted} | "
        f"{('yes' if row.reached else '**no**') if row.wanted != '-' else '-'} | "
        f"{percentiles(row.details, 'ours')} | {percentiles(row.details, 'stock')} |"
        for row in rows
    ]
    lines += ["", "## How it was measured", ""]
    lines += [f"- {name.replace('_', ' ').capitalize()}: {value}" for name, value in about.items()]
    if limits := [(row.title, row.details["in_process"]) for row in rows if "in_process" in row.details]:
        lines += ["", "## What limits ours", ""]
        lines += ["One request in one process, without web server and client (`PROFILE=1` shows the functions):", ""]
        lines += [f"- {title}: {found}" for title, found in limits]
    notes = [(row.title, row.details["note"]) for row in rows if "note" in row.details]
    lines += ["", *(f"- {title}: {note}" for title, note in notes)] if notes else []
    return "\n".join(lines) + "\n"


def number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def percentiles(details: dict[str, Any], side: str) -> str:
    p50, p99 = details.get(f"p50_{side}"), details.get(f"p99_{side}")
    return f"{p50:.1f} / {p99:.1f}" if p50 is not None and p99 is not None else "-"


def write(rows: list[Row], about: dict[str, Any], folder: Path = RESULTS) -> str:
    """Write `gate.md` and `gate.json`; return the Markdown."""
    folder.mkdir(parents=True, exist_ok=True)
    markdown = as_markdown(rows, about)
    (folder / "gate.md").write_text(markdown, "utf-8")
    measured = [{**asdict(row), "ratio": round(row.ratio, 3), "reached": row.reached} for row in rows]
    (folder / "gate.json").write_text(
        json.dumps({"about": about, "rows": measured}, indent=2, ensure_ascii=False) + "\n", "utf-8"
    )
    return markdown


def about_machine() -> dict[str, Any]:
    """Return when, what and on what; nothing that names the machine."""
    return {
        "date": datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "commit": commit(),
        "processor": f"{os.cpu_count()} cores, {processor()}",
        "memory": memory(),
        "versions": ", ".join(
            [f"Python {platform.python_version()}"]
            + [f"{name} {metadata.version(name)}" for name in ("Django", "wagtail", "gunicorn", "psycopg")]
        ),
    }


def commit() -> str:
    """Return the commit, marked when files differ from it."""
    try:
        found = subprocess.run(
            ["git", "describe", "--always", "--dirty", "--exclude=*"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return found.stdout.strip()


def processor() -> str:
    return _first("/proc/cpuinfo", "model name") or platform.machine()


def memory() -> str:
    kilobytes = (_first("/proc/meminfo", "MemTotal") or "0 kB").split()[0]
    return f"{int(kilobytes) / 1024**2:.0f} GB"


def _first(path: str, name: str) -> str:
    try:
        lines = Path(path).read_text("utf-8").splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")
