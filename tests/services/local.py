"""Real services for the tests, on free loopback ports: `python -m tests.services.local start` and `... stop`.

Missing programs are installed from the distribution's packages where that is possible without asking
anybody. What is there afterwards stands in `var/services.env`, as lines `NAME=value`; what is missing there
could not be had, and `tests/run.py` says what that means. `stop` ends only what `start` started. Standard
library only, because this runs before anything is installed.
"""

import contextlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from ctypes.util import find_library
from pathlib import Path

from tests.services import java
from tests.services.processes import free_port, listens, run, succeeds, unprivileged, version
from tests.services.searchserver import start_elasticsearch, stop_elasticsearch

VAR = Path(__file__).resolve().parents[2] / "var"
STATE = VAR / "services.json"
ENVIRONMENT = VAR / "services.env"
PACKAGES = {
    "postgres": ["postgresql"],
    "redis-server": ["redis-server"],
    # Widths are measured in the browser, in Arabic too: a browser without fonts draws nothing.
    "chromium": ["chromium", "fonts-noto-core"],
    "msgfmt": ["gettext"],
    # It fetches Elasticsearch, once.
    "mvn": ["maven"],
    # A library, not a program: what WeasyPrint sets text with.
    "pango": ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"],
}
CHROMIUM_NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]


def program(name: str) -> str | None:
    """Return the path of a program, also where Debian keeps PostgreSQL's own; None if there is none."""
    if name == "chromium":
        return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if name == "java":
        return java.newest()
    if name == "pango":
        return find_library("pangoft2-1.0") and find_library("harfbuzz-subset")
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parts[4]))
    return shutil.which(name) or (str(debian[-1]) if debian else None)


def install_missing() -> None:
    """Install the packages of missing programs, if we are root or may become root without a password."""
    if not shutil.which("apt-get"):
        return
    wanted = [package for name, packages in PACKAGES.items() if program(name) is None for package in packages]
    wanted += java.packages() if program("java") is None else []
    if not wanted:
        return
    become_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if become_root and not (shutil.which("sudo") and succeeds(["sudo", "-n", "true"])):
        print(f"To have them all: sudo apt-get install {' '.join(wanted)}")
        return
    print(f"Installing {' '.join(wanted)} ...", flush=True)
    # RUNLEVEL=1 keeps the packages from starting services of their own.
    apt = [*become_root, "env", "DEBIAN_FRONTEND=noninteractive", "RUNLEVEL=1", "apt-get", "-qq"]
    subprocess.run([*apt, "update"], check=False, stdout=subprocess.DEVNULL)
    for package in wanted:
        install = [*apt, "install", "--yes", "--no-install-recommends", package]
        subprocess.run(install, check=False, stdout=subprocess.DEVNULL)


def start_postgresql() -> dict[str, str]:
    """Start a fresh cluster, fast rather than durable, with the extensions that every test database needs."""
    postgres, initdb, pg_ctl, psql = map(program, ("postgres", "initdb", "pg_ctl", "psql"))
    if not (postgres and initdb and pg_ctl and psql):
        return {}
    account = unprivileged()
    # Not below `var/`: the account that runs it may not be allowed to enter this folder.
    home = Path(tempfile.mkdtemp(prefix="equalcity-postgresql-"))
    port, password = free_port(), secrets.token_hex(16)
    (home / "password").write_text(password)
    if account:
        for path in (home, home / "password"):
            os.chown(path, account["user"], account["group"])
    data = home / "data"
    cluster = ["-D", str(data), "-U", "equalcity", f"--pwfile={home / 'password'}", "-A", "scram-sha-256"]
    run([initdb, *cluster, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"], **account)
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": port,
        "unix_socket_directories": home,
        "fsync": "off",
        "full_page_writes": "off",
        "synchronous_commit": "off",
        "max_connections": 60,
    }
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    run(
        [pg_ctl, "-D", str(data), "-l", str(home / "log"), "-w", "-t", "60", "-o", options, "start"],
        **account,
    )
    url = f"postgres://equalcity:{password}@127.0.0.1:{port}"
    for extension in ("unaccent", "pg_trgm"):
        run([psql, f"{url}/template1", "-qc", f"CREATE EXTENSION IF NOT EXISTS {extension}"])
    run([psql, f"{url}/postgres", "-qc", "CREATE DATABASE equalcity"])
    return {
        "home": str(home),
        "port": str(port),
        "url": f"{url}/equalcity",
        "version": version(postgres),
    }


def stop_postgresql(state: dict[str, str]) -> None:
    """End the cluster and remove its files."""
    pg_ctl, data = str(program("pg_ctl")), f"{state['home']}/data"
    with contextlib.suppress(RuntimeError):
        run([pg_ctl, "-D", data, "-m", "immediate", "-w", "stop"], **unprivileged())
    shutil.rmtree(state["home"], ignore_errors=True)


def start_redis() -> dict[str, str]:
    """Start a server that keeps nothing on disk."""
    server = program("redis-server")
    if not server:
        return {}
    home = tempfile.mkdtemp(prefix="equalcity-redis-")
    port, password = free_port(), secrets.token_hex(16)
    configuration = Path(home) / "redis.conf"
    configuration.touch(mode=0o600)
    configuration.write_text(
        f'bind 127.0.0.1\nport {port}\nrequirepass {password}\ndir "{home}"\npidfile "{home}/pid"\n'
        'save ""\nappendonly no\ndaemonize yes\nlogfile "log"\n'
    )
    run([server, str(configuration)])
    deadline = time.monotonic() + 20
    while not listens(port):
        if time.monotonic() > deadline:
            raise RuntimeError("redis-server did not answer within 20 seconds")
        time.sleep(0.05)
    url = f"redis://:{password}@127.0.0.1:{port}/0"
    return {"home": home, "port": str(port), "url": url, "version": version(server)}


def stop_redis(state: dict[str, str]) -> None:
    """Ask the server to end through its own protocol: its process number may be somebody else's by now."""
    password = state["url"].split("@")[0].split(":")[-1]
    server = ("127.0.0.1", int(state["port"]))
    with contextlib.suppress(OSError), socket.create_connection(server, timeout=5) as connection:
        connection.sendall(f"AUTH {password}\r\nSHUTDOWN NOSAVE\r\n".encode())
        connection.recv(64)
    shutil.rmtree(state["home"], ignore_errors=True)


SERVICES = {
    "PostgreSQL": ("TEST_POSTGRES_URL", start_postgresql, stop_postgresql),
    "Redis": ("TEST_REDIS_URL", start_redis, stop_redis),
    "Elasticsearch": ("TEST_ELASTICSEARCH_URL", start_elasticsearch, stop_elasticsearch),
}


def read_state() -> dict[str, dict[str, str]]:
    """Return what an earlier `start` left running."""
    return json.loads(STATE.read_text()) if STATE.exists() else {}


def start() -> None:
    """Start what is not running yet, and write down where everything is."""
    VAR.mkdir(exist_ok=True)
    install_missing()
    state = read_state()
    lines = []
    for name, (variable, starter, stopper) in SERVICES.items():
        if name in state and not listens(int(state[name]["port"])):
            stopper(state.pop(name))
        if name not in state:
            try:
                started = starter()
            except (RuntimeError, OSError) as error:
                print(f"{name}: {error}", file=sys.stderr)
                started = {}
            if started:
                state[name] = started
                write(STATE, json.dumps(state, indent=1))
        if name in state:
            lines.append(f"{variable}={state[name]['url']}")
            print(f"{name}: {state[name]['version']}, port {state[name]['port']}")
        else:
            print(f"{name}: not available")
    browser = program("chromium")
    if browser:
        lines.append(f"CHROMIUM={browser}")
    print(f"Chromium: {version(browser) if browser else 'not available'}")
    write(ENVIRONMENT, "".join(f"{line}\n" for line in lines))


def stop() -> None:
    """End what `start` started."""
    for name, state in read_state().items():
        SERVICES[name][2](state)
        print(f"{name}: stopped")
    STATE.unlink(missing_ok=True)
    ENVIRONMENT.unlink(missing_ok=True)


def write(path: Path, text: str) -> None:
    """Write a file that only its owner may read: it holds passwords."""
    path.touch(mode=0o600)
    path.write_text(text)


if __name__ == "__main__":
    verbs = {"start": start, "stop": stop}
    if len(sys.argv) != 2 or sys.argv[1] not in verbs:
        sys.exit("Usage: python -m tests.services.local start|stop")
    verbs[sys.argv[1]]()
