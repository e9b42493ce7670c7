"""Whole instances in processes and state folders of their own."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from equalcity.core.serve import answers
from tests.run import NOT_FOR_TESTS

ROOT = Path(__file__).resolve().parents[3]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Instance:
    """An instance that lives below `home`; `settings` are environment variables."""

    home: Path
    settings: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if name not in NOT_FOR_TESTS}
        return {
            **inherited,
            "DJANGO_SETTINGS_MODULE": "equalcity.settings.dev",
            "EQUALCITY_HOME": str(self.home),
            "EQUALCITY_DEMO": "0",
            "PORT": str(self.port),
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
            **self.settings,
        }

    def start(self, *args: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, *args], cwd=ROOT, env=self.environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def run(self, *args: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *args], cwd=ROOT, env=self.environment, text=True, capture_output=True, timeout=600,
            check=False,
        )  # fmt: skip

    def manage(self, *args: str) -> str:
        """Run a command that must succeed; return what it says."""
        done = self.run("manage.py", *args)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def ask(self, code: str) -> Any:
        """Run Python in this instance; return what it prints, read as JSON."""
        begin = "import json, django; django.setup()\n"
        done = self.run("-c", begin + code)
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(done.stdout or "null")

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Serve with gunicorn, as in real life."""
        process = self.start("-m", "gunicorn", "equalcity.wsgi", f"--bind=127.0.0.1:{self.port}", "--log-level=error")
        try:
            deadline = time.monotonic() + 60
            while not answers(self.url):
                assert process.poll() is None, "the instance does not come up"
                assert time.monotonic() < deadline, "the instance does not come up in time"
                time.sleep(0.2)
            yield
        finally:
            process.terminate()
            process.communicate(timeout=20)
