"""Fixtures that every test may use."""

import io
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import translation

from tests import prepared
from tests.factories import Tree, make_tree


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """Fill the test database before Django makes it: `migrate` then finds its work done.

    SQLite keeps it in memory as long as somebody holds it open; PostgreSQL makes it from a template.
    """
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = prepared.migrated_database(os.environ["DATABASE_URL"])
        yield
        return
    held = sqlite3.connect(connection.creation._get_test_db_name(), uri=True)
    prepared.pour(prepared.migrated(), held)
    yield
    held.close()


@pytest.fixture(scope="module")
def demonstration(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The whole demonstration in place of the empty database, until this module ends; gives what its loading said.

    What tests of the module change stays inside a transaction.
    """
    with django_db_blocker.unblock(), ExitStack() as stack:
        if connection.vendor == "sqlite":
            folder = prepared.demonstration()
            shutil.copytree(folder / "media", settings.MEDIA_ROOT, dirs_exist_ok=True)
            connection.ensure_connection()
            stack.enter_context(prepared.poured_in(folder, connection.connection))
            said = (folder / prepared.SAID).read_text("utf-8")
        stack.enter_context(transaction.atomic())
        if connection.vendor != "sqlite":
            told = io.StringIO()
            call_command("load_demo", stdout=told)
            said = told.getvalue()
        yield said
        transaction.set_rollback(True)


@pytest.fixture
def tree(db: None) -> Tree:
    """Homes in en, fr and ar; a toolbox with a guide and three practices; a plain page in the menu."""
    made = make_tree()
    # There is no commit in a test: what waits for that of the tree must not swallow what waits for a later one.
    connection.run_on_commit.clear()
    return made


@pytest.fixture(autouse=True)
def default_language() -> None:
    """A page asked for in French leaves French behind in this thread."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def forgetful_cache() -> Iterator[None]:
    """What a test puts into the cache is not there for the next: rolled-back rows give their numbers to others."""
    yield
    cache.clear()
