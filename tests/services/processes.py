"""Ports, programs and accounts of the local services; standard library only."""

import contextlib
import os
import pwd
import socket
import subprocess
import tempfile


def free_port() -> int:
    """Return a loopback port on which nothing listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listens(port: int) -> bool:
    """Return whether something accepts connections on this loopback port."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=2):
        return True
    return False


def succeeds(command: list[str]) -> bool:
    """Return whether a command ends without an error; what it says is not shown."""
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def version(command: str) -> str:
    """Return what the program says of its version, in one line."""
    result = subprocess.run([command, "--version"], capture_output=True, text=True, check=False)
    return (result.stdout.strip().splitlines() or [""])[0]


def unprivileged() -> dict[str, object]:
    """Return as whom to run PostgreSQL, which refuses root: `postgres` or `nobody` then, else as we are."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    account = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def run(command: list[str], **options: object) -> None:
    """Run a command quietly; raises `RuntimeError` with what it said when it fails."""
    # A file, not a pipe: a server that the command leaves behind would hold the pipe open for ever.
    with tempfile.TemporaryFile("w+") as said:
        result = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, check=False, cwd="/", **options
        )
        if result.returncode:
            said.seek(0)
            raise RuntimeError(f"{command[0]} failed: {said.read()[-2000:]}")
