"""What marks cannot see is found by comparing, and mended only when asked."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from equalcity.publication.models import Publication
from equalcity.publication.reconcile import Difference, differences
from tests.factories import Tree

Settle = Callable[..., Any]


def verify(*arguments: str) -> str:
    said = io.StringIO()
    call_command("verify_publications", *arguments, stdout=said)
    return said.getvalue()


def test_nothing_differs_after_recording(published: Tree) -> None:
    assert verify().strip() == "0 differences: 0 missing, 0 leaked, 0 stale, 0 broken; 0 parked."


def test_changes_without_signals_are_found_by_their_kind(published: Tree) -> None:
    stale, leaked, missing = published.practices
    Page.objects.filter(pk=stale.pk).update(title="Written past all signals")
    Page.objects.filter(pk=leaked.pk).update(live=False)
    Publication.objects.get(object_id=missing.pk, kind="page").delete()
    found = set(differences())
    assert {
        Difference("page", stale.pk, "stale"),
        Difference("page", leaked.pk, "leaked"),
        Difference("page", missing.pk, "missing"),
    } <= found
    # The guide lists its public children; nothing else is touched.
    assert found - {Difference("page", page.pk, kind) for page, kind in ((stale, "stale"), (leaked, "leaked"))} <= {
        Difference("page", missing.pk, "missing"),
        Difference("page", published.index.pk, "stale"),
    }


def test_verifying_alone_mends_nothing_and_fails(published: Tree) -> None:
    Page.objects.filter(pk=published.practices[0].pk).update(title="Written past all signals")
    with pytest.raises(CommandError, match="--repair"):
        verify()
    assert Publication.objects.get(object_id=published.practices[0].pk, kind="page").title != "Written past all signals"


def test_repair_mends_and_the_next_comparison_is_clean(published: Tree) -> None:
    Page.objects.filter(pk=published.practices[0].pk).update(title="Written past all signals")
    Page.objects.filter(pk=published.practices[1].pk).update(live=False)
    assert "written" in verify("--repair")
    assert verify().strip() == "0 differences: 0 missing, 0 leaked, 0 stale, 0 broken; 0 parked."
    assert Publication.objects.get(object_id=published.practices[0].pk, kind="page").title == "Written past all signals"
