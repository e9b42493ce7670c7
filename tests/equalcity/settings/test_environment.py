"""A bad value stops the start with one clear sentence that names the variable."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


def start(module: str = "equalcity.settings.dev", **variables: str) -> subprocess.CompletedProcess[str]:
    keep = {name: os.environ[name] for name in ("PATH", "HOME", "EQUALCITY_HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", f"import {module} as s; print(s.LANGUAGES, s.LANGUAGE_CODE, s.SITE_URL)"],
        env={**keep, "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}", **variables},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("EQUALCITY_DEMO", "perhaps", "EQUALCITY_DEMO is 'perhaps'; it must be 1 or 0."),
        ("PORT", "eighty", "PORT is 'eighty'; it must be a whole number, 1 or more."),
        ("LOCALES", "en,xx_YY", "LOCALES holds 'xx_YY'"),
        ("LOCALES", "en,fr,en", "LOCALES names a language twice: en,fr,en."),
        ("DEFAULT_LOCALE", "pt", "DEFAULT_LOCALE is 'pt', which LOCALES (en,fr,nl,de,sv,it,ar) does not hold."),
        ("SITE_URL", "example.org", "SITE_URL is 'example.org'; it must be an address"),
        ("SITE_URL", "http://a:b:c", "SITE_URL is 'http://a:b:c'; it must be an address"),
        ("DATABASE_URL", "mysql://a/b", "DATABASE_URL must name SQLite or PostgreSQL."),
        ("DATABASE_URL", "nonsense", "DATABASE_URL cannot be read"),
        ("PEER_NETWORKS", "everywhere", "PEER_NETWORKS"),
        ("EQUALCITY_HOME", "/etc/hostname", "EQUALCITY_HOME is '/etc/hostname', which is a file"),
    ],
)
def test_a_bad_value_is_named(variable: str, value: str, said: str) -> None:
    result = start(**{variable: value})
    last = result.stderr.strip().splitlines()[-1]
    assert result.returncode != 0
    assert last.startswith("django.core.exceptions.ImproperlyConfigured: ")
    assert said in last


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({}, "SECRET_KEY must be set in production"),
        ({"SECRET_KEY": "x" * 50}, "SITE_URL is 'http://127.0.0.1:8000'; in production it must start with https://."),
        (
            {"SECRET_KEY": "x" * 50, "SITE_URL": "https://example.org", "ALLOWED_HOSTS": "*"},
            "ALLOWED_HOSTS must name this site's hosts in production, not *.",
        ),
    ],
)
def test_production_insists(variables: dict[str, str], said: str) -> None:
    result = start("equalcity.settings.production", **variables)
    assert result.returncode != 0
    assert said in result.stderr.strip().splitlines()[-1]


def test_any_languages_will_do() -> None:
    result = start(LOCALES="el,en")
    assert result.stdout == "[('el', 'Greek'), ('en', 'English')] el http://127.0.0.1:8000\n"
