"""The list of settings in the docs is the list that the code reads."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_setting_is_documented() -> None:
    read = set()
    for path in (ROOT / "site/equalcity/settings").glob("*.py"):
        read |= set(re.findall(r'environment\.\w+\(\s*"([A-Z_0-9]+)"', path.read_text("utf-8")))
    rows = re.findall(r"^\| `([A-Z_0-9]+)` \|", (ROOT / "docs/settings.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(rows) == sorted(read)


def test_only_the_settings_read_the_environment() -> None:
    """`serve` and the entry points hand an environment on to child processes; they read none."""
    handing_on = {
        Path("site/equalcity/core/serve.py"),
        Path("site/equalcity/__main__.py"),
        Path("site/equalcity/wsgi.py"),
    }
    readers = set()
    for folder in ("site/equalcity", "home", "toolbox_pages", "campaign", "safespace_map", "search"):
        for path in (ROOT / folder).rglob("*.py"):
            if re.search(r"os\.environ|os\.getenv", path.read_text("utf-8")):
                readers.add(path.relative_to(ROOT))
    settings = {Path("site/equalcity/settings/environment.py"), Path("site/equalcity/settings/test.py")}
    assert readers - handing_on == settings
