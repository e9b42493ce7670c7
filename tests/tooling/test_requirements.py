"""The lock files install anywhere, and every direct dependency has a reason."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LOCKS = ("base.txt", "dev.txt")


def name_of(requirement: str) -> str:
    return re.split(r"[\[<>=!~; ]", requirement)[0].lower()


def locked(file_name: str) -> dict[str, str]:
    """Return name and version, and all the rest, of each requirement in a lock file."""
    text = (ROOT / "requirements" / file_name).read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip()]
    return {line.split(" ")[0]: line.partition(" ")[2] for line in lines}


@pytest.mark.parametrize("file_name", LOCKS)
def test_every_requirement_is_pinned_and_hashed(file_name: str) -> None:
    loose = [name for name, rest in locked(file_name).items() if "==" not in name or "--hash=sha256:" not in rest]
    assert loose == []


@pytest.mark.parametrize("file_name", LOCKS)
def test_no_lock_file_names_a_host(file_name: str) -> None:
    text = (ROOT / "requirements" / file_name).read_text("utf-8")
    assert re.findall(r"\S*(?:://|--index|--find-links|--extra)\S*", text) == []


def test_both_lock_files_agree() -> None:
    """Markers may differ: what the tests need on one system, the site may need on another."""
    base, dev = (
        {name: sorted(re.findall(r"--hash=\S+", rest)) for name, rest in locked(file_name).items()}
        for file_name in LOCKS
    )
    assert {name: dev.get(name) for name in base} == base


def test_every_direct_dependency_is_locked() -> None:
    direct = {name_of(requirement) for requirement in PROJECT["dependencies"]}
    assert direct - {name.split("==")[0] for name in locked("base.txt")} == set()


def test_every_direct_dependency_has_a_documented_reason() -> None:
    groups = [PROJECT["dependencies"], *PROJECT["optional-dependencies"].values()]
    declared = [sorted(name_of(requirement) for requirement in group) for group in groups]
    page = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    documented = [
        re.findall(r"^\| ([a-z0-9-]+) \| \S", section, re.MULTILINE)[1:] for section in page.split("\n## ")[1:]
    ]
    assert documented == declared
