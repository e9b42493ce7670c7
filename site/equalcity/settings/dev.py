"""The embedded default: nothing to install, nothing to configure; state lives below `EQUALCITY_HOME`."""

import secrets

from equalcity.settings import environment
from equalcity.settings.base import *  # noqa: F403
from equalcity.settings.base import EQUALCITY_HOME, SECRET_KEY


def stored_secret() -> str:
    """Return the instance's own secret, made on first use and readable by its owner only."""
    path = EQUALCITY_HOME / "secret_key"
    EQUALCITY_HOME.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), "utf-8")
    return path.read_text("utf-8").strip()


SECRET_KEY = SECRET_KEY or stored_secret()
DEBUG = environment.boolean("DEBUG", False)
