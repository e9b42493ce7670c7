"""Tests: the embedded default with work done at once, cheap passwords and plain static files."""

import os

os.environ.setdefault("SITE_URL", "http://testserver")
# Tests that run side by side keep their files apart, as they keep their databases apart.
if worker := os.environ.get("PYTEST_XDIST_WORKER"):
    os.environ["EQUALCITY_HOME"] = f"{os.environ.get('EQUALCITY_HOME', 'var')}/{worker}"

from equalcity.settings.dev import *  # noqa: F403
from equalcity.settings.dev import CACHES, EQUALCITY_HOME, STATIC_ROOT, STORAGES, WAGTAILSEARCH_BACKENDS

ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
# Whoever looks for pages in the CMS fills its index first; each save of each test would write it twice over.
WAGTAILSEARCH_BACKENDS = {"default": WAGTAILSEARCH_BACKENDS["default"] | {"AUTO_UPDATE": False}}
MEDIA_ROOT = EQUALCITY_HOME / "test-media"
# Else Wagtail finds every small picture in the cache on the second request, and no count of queries says that a page
# looks them up one by one when the cache is cold.
CACHES = {**CACHES, "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# Static files straight from their sources: no `collectstatic` before tests.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
