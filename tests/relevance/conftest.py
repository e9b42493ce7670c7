"""The corpus, published and indexed once for all tests of a file."""

from collections.abc import Iterator, Mapping

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.relevance.corpus import corpus
from tests.relevance.filling import fill


@pytest.fixture(scope="module")
def keys(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Mapping[int, str]]:
    """Fill the database; give the key of the document behind each page."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield fill(corpus())
        transaction.set_rollback(True)
