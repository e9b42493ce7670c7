"""The settings of tests, with background work as in production: Wagtail's own indexing is left to a task worker."""

from equalcity.settings.test import *  # noqa: F403

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
