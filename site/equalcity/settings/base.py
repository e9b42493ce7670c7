"""What every instance shares; values that differ come from the environment (`docs/settings.md` lists them)."""

import base64
import hashlib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONCE
from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured
from whitenoise.compress import Compressor

from equalcity.settings import environment

PACKAGE = Path(__file__).resolve().parent.parent

# State -----------------------------------------------------------------------------------------------------

EQUALCITY_HOME = environment.directory("EQUALCITY_HOME", Path.cwd() / "var")
EQUALCITY_DEMO = environment.boolean("EQUALCITY_DEMO", True)
INSTANCE_NAME = environment.text("INSTANCE_NAME", "Equal(c)ity")
PORT = environment.number("PORT", 8000, least=1)
SITE_URL = environment.address("SITE_URL", f"http://127.0.0.1:{PORT}")
SECRET_KEY = environment.text("SECRET_KEY")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
DEBUG = False

# Languages: configuration, never code -----------------------------------------------------------------------

_CODES = environment.languages("LOCALES", "en,fr,nl,de,sv,it,ar")
LANGUAGE_CODE = environment.text("DEFAULT_LOCALE", _CODES[0])
if LANGUAGE_CODE not in _CODES:
    raise ImproperlyConfigured(
        f"DEFAULT_LOCALE is {LANGUAGE_CODE!r}, which LOCALES ({','.join(_CODES)}) does not hold."
    )
LANGUAGES = [(code, LANG_INFO.get(code, {}).get("name", code)) for code in _CODES]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = ["equalcity.formats"]

# Applications ----------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "home",
    "toolbox_pages",
    "campaign",
    "safespace_map",
    "search",
    "equalcity.demo",
    "equalcity.api",
    "equalcity.replication",
    "equalcity.translation",
    "equalcity.publication",
    "equalcity.core",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "rest_framework",
    "drf_spectacular",
    "django_tasks",
    "django_tasks_db",
    "js_lib_leaflet",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "equalcity.core.middleware.privacy_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "equalcity.core.csp.PolicyByPathMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "equalcity.core.middleware.LocaleFromPathMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "equalcity.core.sign_in.middleware.second_factor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "equalcity.core.redirects.PublicRedirectMiddleware",
]

ROOT_URLCONF = "equalcity.urls"
WSGI_APPLICATION = "equalcity.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "equalcity.core.context_processors.site",
                "home.navigation.navigation",
            ],
        },
    }
]

# Database --------------------------------------------------------------------------------------------------

_DATABASE_URL = environment.text("DATABASE_URL", f"sqlite:///{EQUALCITY_HOME / 'equalcity.sqlite3'}")
try:
    _DATABASE = dj_database_url.parse(_DATABASE_URL, conn_max_age=60, conn_health_checks=True)
except (ValueError, KeyError, dj_database_url.UnknownSchemeError) as error:
    raise ImproperlyConfigured(
        "DATABASE_URL cannot be read; expected sqlite:///path or postgres://user:password@host:port/name."
    ) from error
if _DATABASE["ENGINE"] == "django.db.backends.sqlite3":
    # Writers queue instead of failing: the lock is taken when a transaction starts, not when it first writes.
    _DATABASE["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # What is deleted is overwritten in the file: an address that was taken back must not be read off the disk.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
    }
elif _DATABASE["ENGINE"] == "django.db.backends.postgresql":
    INSTALLED_APPS.append("django.contrib.postgres")
    # Every query asks whether pages are public, which the planner believes to be dear: compiling such a query to
    # machine code took a hundred times longer than running it.
    # What is asked often is prepared: planning the same conditions again took as long as answering them.
    _DATABASE["OPTIONS"] = {"options": "-c jit=off", "server_side_binding": True, "prepare_threshold": 5}
else:
    raise ImproperlyConfigured("DATABASE_URL must name SQLite or PostgreSQL.")
DATABASES = {"default": _DATABASE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = environment.text("REDIS_URL")
CACHES: dict[str, dict[str, object]] = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}

# Nodes of one cluster; empty: the database searches.
ELASTICSEARCH_URLS = environment.addresses("ELASTICSEARCH_URL")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Staff -----------------------------------------------------------------------------------------------------

# Mails go nowhere unless it is set; they hold links into the CMS and no word of a page.
_MAIL = environment.mail_server("EMAIL_URL")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if _MAIL else 'dummy'}.EmailBackend"
if _MAIL:
    EMAIL_HOST, EMAIL_PORT = _MAIL.host, _MAIL.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL.user, _MAIL.password
    EMAIL_USE_SSL, EMAIL_USE_TLS = _MAIL.tls == "always", _MAIL.tls == "starttls"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = (_MAIL and _MAIL.sender) or f"no-reply@{urlsplit(SITE_URL).hostname}"

AUTH_USER_MODEL = "core.User"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
AUTHENTICATION_BACKENDS = ["equalcity.core.sign_in.backend.LockingBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "equalcity.core.sign_in.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
# Those of allauth count by address, in a cache; ours count by account, in the database (core/sign_in/attempts.py).
ACCOUNT_RATE_LIMITS = False
MFA_ADAPTER = "equalcity.core.sign_in.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # administrators make the accounts
MFA_TOTP_TOLERANCE = 1  # clocks of telephones may differ by half a minute
MFA_FORMS = {
    "authenticate": "equalcity.core.sign_in.forms.LockedAuthenticateForm",
    "reauthenticate": "equalcity.core.sign_in.forms.LockedReauthenticateForm",
    "activate_totp": "equalcity.core.sign_in.forms.LockedActivateForm",
}
WAGTAIL_FRONTEND_LOGIN_URL = "/cms/login/"
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_SITE_NAME = INSTANCE_NAME
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
# `core.redirects` makes them.
WAGTAILREDIRECTS_AUTO_CREATE = False
WAGTAILEMBEDS_FINDERS: list[object] = []

# Files -----------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = EQUALCITY_HOME / "static"
STATICFILES_FINDERS = [
    "equalcity.core.stylesheet.StylesheetFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = EQUALCITY_HOME / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Maps of sources are for people who debug; compressing them takes longer than all the rest.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [*Compressor.SKIP_COMPRESS_EXTENSIONS, "map"]
WAGTAILIMAGES_IMAGE_MODEL = "core.CustomImage"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 20_000_000
WAGTAILDOCS_DOCUMENT_MODEL = "core.CustomDocument"
WAGTAILDOCS_EXTENSIONS = [
    *("pdf", "txt", "csv", "docx", "odt", "xlsx", "ods", "pptx", "odp"),
    *("png", "jpg", "webp"),  # posters and cards to download
    *("mp3", "m4a", "ogg", "wav", "mp4", "webm", "vtt"),  # our own recordings and their captions
]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS: dict[str, dict[str, Any]] = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# Map -------------------------------------------------------------------------------------------------------

MAP_PMTILES = environment.raster_tiles("MAP_PMTILES")
MAP_TILE_URL = environment.own_tiles("MAP_TILE_URL")

# API -------------------------------------------------------------------------------------------------------

# Addresses and format of what stock serializers write into stored documents: never those of a request.
WAGTAILAPI_BASE_URL = SITE_URL
WAGTAILAPI_RICH_TEXT_FORMAT = "html"
WAGTAILAPI_LIMIT_MAX = 100
REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": f"{INSTANCE_NAME} API",
    "VERSION": "2",
    "OAS_VERSION": "3.1.0",
    "SORT_OPERATIONS": False,
    "SORT_OPERATION_PARAMETERS": False,
    "POSTPROCESSING_HOOKS": [],
    # It would describe the views of other packages below /cms/ too.
    "ENABLE_DJANGO_DEPLOY_CHECK": False,
}

# Safety ----------------------------------------------------------------------------------------------------

EXIT_URL = environment.text("EXIT_URL", "https://{locale}.wikipedia.org/")
TRUSTED_PROXIES = environment.words("TRUSTED_PROXIES")
# Internal networks in which a peer may be: by default this machine only, in production none.
PEER_NETWORKS = environment.networks("PEER_NETWORKS", "127.0.0.0/8,::1/128")

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_AGE = 12 * 60 * 60  # a working day; closing the browser ends it too
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

# The only inline script: it blanks the page before anything is drawn when somebody comes Back after Exit.
EXIT_GUARD = (PACKAGE / "core" / "inline" / "exit-guard.js").read_text("utf-8").strip()
_EXIT_GUARD_HASH = base64.b64encode(hashlib.sha256(EXIT_GUARD.encode()).digest()).decode()
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'", f"'sha256-{_EXIT_GUARD_HASH}'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "media-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    },
}

# Wagtail's admin, its editor and the translation editor need a little more; no address but our own either way.
CMS_CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'", f"'sha256-{_EXIT_GUARD_HASH}'", NONCE],
        "style-src": ["'self'", "'unsafe-inline'"],  # both editors write style attributes and elements
        "img-src": ["'self'"],
        "media-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "frame-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'self'"],
    },
}

# Logs hold no address, user agent, referrer or search term: paths are logged without their query.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # It tells the beginning and the end of each task.
        "django_tasks": {"level": "WARNING"},
        "httpx": {"level": "WARNING"},
        # It tells each request and, at a failure, what went wrong: `search` says that itself, without the words.
        "elastic_transport": {"level": "CRITICAL"},
        "elasticsearch": {"level": "CRITICAL"},
        "wagtail": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
        "weasyprint.progress": {"level": "ERROR"},
    },
}
