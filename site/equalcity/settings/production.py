"""Production: a secret and an https address are required, and browsers are told to stay on https."""

from django.core.exceptions import ImproperlyConfigured

from equalcity.settings import environment
from equalcity.settings.base import *  # noqa: F403
from equalcity.settings.base import ALLOWED_HOSTS, SECRET_KEY, SITE_URL

if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY must be set in production, to 50 random characters or more.")
if not SITE_URL.startswith("https://"):
    raise ImproperlyConfigured(f"SITE_URL is {SITE_URL!r}; in production it must start with https://.")
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must name this site's hosts in production, not *.")

PEER_NETWORKS = environment.networks("PEER_NETWORKS")

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
