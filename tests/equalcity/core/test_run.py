"""The whole start, as `make run` does it: real processes, a real port, an instance of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from equalcity.core.serve import port_is_free

ROOT = Path(__file__).resolve().parents[3]
pytestmark = [pytest.mark.fault, pytest.mark.timeout(300)]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(home: Path, port: int) -> dict[str, str]:
    """Return the environment of an empty instance at `home`, without what the tests themselves use."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
        "PYTHONUNBUFFERED": "1",
        "EQUALCITY_HOME": str(home),
        "EQUALCITY_DEMO": "0",
        "PORT": str(port),
    }


class Instance:
    """A running `python -m equalcity run`, started from a directory that is not the project's."""

    def __init__(self, home: Path, port: int, *arguments: str) -> None:
        self.log = home.with_suffix(".log")
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "equalcity", "run", *arguments],
                env=environment(home, port),
                cwd=home.parent,
                stdout=output,
                stderr=output,
            )

    def wait_for(self, text: str, seconds: float = 300) -> str:
        """Return everything said once `text` has been said."""
        deadline = time.monotonic() + seconds
        while text not in (said := self.log.read_text("utf-8")):
            assert self.process.poll() is None, said
            assert time.monotonic() < deadline, said
            time.sleep(0.1)
        return said


def children_of(pid: int) -> set[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return {int(line) for line in listed.stdout.split()}


def alive(pid: int) -> bool:
    state = Path(f"/proc/{pid}/stat")
    return state.exists() and state.read_text("utf-8").rpartition(")")[2].split()[0] != "Z"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One instance for all tests here: the first start makes its database."""
    return tmp_path_factory.mktemp("run") / "state"


def test_first_start_serves_and_a_signal_ends_everything(home: Path) -> None:
    port = free_port()
    instance = Instance(home, port)
    said = instance.wait_for("Staff sign in at")
    password = re.search(r"^Password: +(\S{20})$", said, re.MULTILINE)
    assert password is not None
    assert f"is at http://127.0.0.1:{port}/" in said
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer:
        assert answer.status == 200
    children = children_of(instance.process.pid)
    assert len(children) == 3
    instance.process.send_signal(signal.SIGTERM)
    assert instance.process.wait(30) == 0
    assert [pid for pid in children if alive(pid)] == []
    assert port_is_free(port) is True
    stored = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert password.group(1).encode() not in stored


def test_later_start_keeps_the_password_and_outlives_nobody(home: Path) -> None:
    """Killed without a chance to say goodbye, it still leaves no process behind."""
    port = free_port()
    instance = Instance(home, port)
    said = instance.wait_for("Staff sign in at")
    assert "Password:" not in said
    assert "changepassword editor" in said
    children = children_of(instance.process.pid)
    instance.process.kill()
    instance.process.wait(10)
    deadline = time.monotonic() + 20
    while any(alive(pid) for pid in children) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert [pid for pid in children if alive(pid)] == []


def test_a_dead_web_server_ends_the_site_with_one_sentence(home: Path) -> None:
    port = free_port()
    instance = Instance(home, port)
    instance.wait_for("Staff sign in at")
    for pid in children_of(instance.process.pid):
        if b"gunicorn" in Path(f"/proc/{pid}/cmdline").read_bytes():
            os.kill(pid, signal.SIGKILL)
    assert instance.process.wait(30) == 1
    assert "CommandError: The web server ended by itself" in instance.log.read_text("utf-8")


def test_a_taken_port_is_one_sentence(home: Path) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        instance = Instance(home, port)
        assert instance.process.wait(60) == 1
    sentence = f"CommandError: Port {port} is taken by another program; choose another: PORT={port + 10}.\n"
    assert instance.log.read_text("utf-8") == sentence


def test_following_somebody_who_does_not_answer_is_one_sentence(home: Path) -> None:
    upstream = f"http://127.0.0.1:{free_port()}"
    instance = Instance(home, free_port(), "--follow", upstream)
    assert instance.process.wait(60) == 1
    sentence = f"CommandError: Nothing answers at {upstream}; start the first instance, then try again.\n"
    assert instance.log.read_text("utf-8") == sentence
