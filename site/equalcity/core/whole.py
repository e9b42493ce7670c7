"""All or nothing: a change in the CMS, with everything it marks, is one transaction.

Wagtail writes a publication, a withdrawal or a restriction in several transactions. Whatever stops the process
between two of them would leave half of it behind: a restriction that nobody was told of, an alias with the old text,
a copy without the restriction of its original. Changes by code go through `BasePage`, which does the same.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import models, transaction
from django.http import HttpRequest, HttpResponseBase
from wagtail.models import Page

SAFE = {"GET", "HEAD", "OPTIONS"}

View = Callable[..., HttpResponseBase]


def all_or_nothing(view: View) -> View:
    """Let a view that changes something commit only when it answers; an error takes everything back.

    Views that only read open no transaction: on SQLite each would wait for the one writer. Two people who change one
    page at the same moment do so one after the other: both would find the restriction that one of them lifts.
    """

    @wraps(view)
    def whole(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method in SAFE:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            if page_id := kwargs.get("page_id"):
                Page.objects.select_for_update().filter(pk=page_id).values_list("pk").first()
            response = view(request, *args, **kwargs)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            return response

    return whole


class SavedWhole(models.Model):
    """A row and what its signals write are one transaction.

    Django opens none for a model without a parent table: it would commit the row before it tells anybody.
    """

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().save(*args, **kwargs)
