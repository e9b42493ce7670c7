"""Every command of ours and every Makefile target stands in the README or the docs."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def documentation() -> str:
    return "\n".join(path.read_text("utf-8") for path in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])


def test_every_management_command_is_documented() -> None:
    text = documentation()
    folders = ("site/equalcity", "home", "toolbox_pages", "campaign", "safespace_map", "search")
    commands = {
        path.stem
        for folder in folders
        for path in (ROOT / folder).rglob("management/commands/*.py")
        if path.stem != "__init__"
    }
    assert commands
    assert {name for name in commands if f"`{name}" not in text and f"manage.py {name}" not in text} == set()


def test_every_make_target_is_documented() -> None:
    text = documentation()
    targets = re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert targets
    assert {name for name in targets if f"`make {name}`" not in text} == set()
