"""Where the benchmark runs: production settings, a PostgreSQL database of its own, nothing from the caller's instance.

Nothing here needs Django, so that `prepare` can set the environment before the settings are read.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[1]
VAR = ROOT / "var"
LANGUAGES = ("en", "fr", "nl", "de")
HOST = "bench.example"
SEED = 4
DATABASE = "bench"
PRACTICES = 2000
WORKER_HEADER = "X-Worker"


class CannotMeasure(Exception):
    """The benchmark cannot run here; the text is for a person."""


def practices() -> int:
    """Return how many practices are asked for (`BENCH_PRACTICES`)."""
    return int(os.environ.get("BENCH_PRACTICES") or PRACTICES)


def server_url() -> str:
    """Return the address of the PostgreSQL server that `make services` started, or of `TEST_POSTGRES_URL`."""
    if not (given := service("TEST_POSTGRES_URL")):
        raise CannotMeasure("There is no PostgreSQL: run `make services`, or name a server in TEST_POSTGRES_URL.")
    return given


def search_server_url() -> str:
    """Return the address of Elasticsearch in the same way; without one, the database searches."""
    return service("TEST_ELASTICSEARCH_URL")


def service(name: str) -> str:
    """Return what the environment or `var/services.env` says of a service, or nothing."""
    path = VAR / "services.env"
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    known = dict(line.split("=", 1) for line in lines if "=" in line)
    return os.environ.get(name) or known.get(name, "")


def database_url(server: str, name: str) -> str:
    """Return the address of database `name` on the same server."""
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


def state_folder() -> Path:
    """Return where the servers keep their files and where results of other than the full size go (`BENCH_HOME`)."""
    return Path(os.environ.get("BENCH_HOME") or VAR / "bench").resolve()


def database_name(practices: int) -> str:
    """Return the name of the database (`BENCH_DATABASE`); without one it says how many practices it holds."""
    if given := os.environ.get("BENCH_DATABASE"):
        return given
    return DATABASE if practices == PRACTICES else f"{DATABASE}_{practices}"


def prepare(practices: int) -> dict[str, str]:
    """Return the environment of every process that takes part, and make it this process's own."""
    home = state_folder()
    (home / "static").mkdir(parents=True, exist_ok=True)
    wanted = {
        "DJANGO_SETTINGS_MODULE": "equalcity.settings.production",
        "DATABASE_URL": database_url(server_url(), database_name(practices)),
        "EQUALCITY_HOME": str(home),
        "SITE_URL": f"https://{HOST}",
        "ALLOWED_HOSTS": HOST,
        "SECRET_KEY": "a key that protects nothing but invented practices in a benchmark",
        "LOCALES": ",".join(LANGUAGES),
        "DEFAULT_LOCALE": LANGUAGES[0],
        "INSTANCE_NAME": "Benchmark",
        # No cache server. The load comes through a proxy, from many addresses, as it would in production.
        "REDIS_URL": "",
        "ELASTICSEARCH_URL": search_server_url(),
        "TRUSTED_PROXIES": "127.0.0.1",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
    }
    os.environ.update(wanted)
    return {**os.environ}
