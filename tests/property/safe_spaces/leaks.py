"""Leaks planted on purpose, one in each thing that is confidential: the comparison must see every one of them.

| leak | what it betrays |
|---|---|
| `notes_in_documents` | a staff note's length in the published document |
| `contact_in_etags` | the vetting contact through the ETag alone |
| `drafts_are_published` | a draft's words in API, feed, search and export |
| `no_restriction` | a private place, because its restriction is not regarded |
| `unpublished_is_counted` | that an exact place waits, through a header |
| `words_are_left` | a former address in the words of other fields |
| `hidden_is_forbidden` | that a page exists, by 403 in place of 404 |
| `distance_knows_more` | something of staff through the order of `near` alone |
| `wishes_are_told` | that somebody wants more to be known, in the terms |
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from wagtail.models import Page, PageViewRestriction

from equalcity.api import answers, changes, listing, pages
from equalcity.publication import guards, prepare
from safespace_map import finding
from safespace_map.models import RaiseRequest, SafeSpacePage, StaffNote
from safespace_map.secrets import Secrets
from tests.property.safe_spaces import world

Plant = Callable[[pytest.MonkeyPatch], None]


def notes_in_documents(patch: pytest.MonkeyPatch) -> None:
    made = prepare.document_of

    def leaking(page: Page, parent: Any) -> dict[str, Any]:
        note = StaffNote.objects.filter(key=page.translation_key).first()
        return {**made(page, parent), "summary": f"{len(note.notes)}" if note else ""}

    patch.setattr(prepare, "document_of", leaking)


def contact_in_etags(patch: pytest.MonkeyPatch) -> None:
    def leaking(*args: Any, **kwargs: Any) -> Any:
        response = answers.json_answer(*args, **kwargs)
        response["ETag"] = f'"{hash("".join(StaffNote.objects.values_list("vetting_contact", flat=True)))}"'
        return response

    patch.setattr(changes, "json_answer", leaking)


def drafts_are_published(patch: pytest.MonkeyPatch) -> None:
    made = prepare.document_of
    patch.setattr(prepare, "document_of", lambda page, parent: made(page.get_latest_revision_as_object(), parent))


def no_restriction(patch: pytest.MonkeyPatch) -> None:
    hidden = world._hidden

    def leaking(*args: Any) -> None:
        hidden(*args)
        PageViewRestriction.objects.all().delete()

    patch.setattr(world, "_hidden", leaking)


def unpublished_is_counted(patch: pytest.MonkeyPatch) -> None:
    def leaking(*args: Any, **kwargs: Any) -> Any:
        response = answers.json_answer(*args, **kwargs)
        response["X-Count"] = str(SafeSpacePage.objects.filter(live=False).count())
        return response

    for module in (listing, pages):
        if hasattr(module, "json_answer"):
            patch.setattr(module, "json_answer", leaking)


def words_are_left(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Secrets, "clean", lambda self, text: text)


def hidden_is_forbidden(patch: pytest.MonkeyPatch) -> None:
    serve = guards.serve_only_public

    def leaking(*args: Any) -> None:
        try:
            serve(*args)
        except Http404:
            raise PermissionDenied from None

    patch.setattr(guards, "serve_only_public", leaking)
    patch.setattr(Page, "route", _route_to_drafts)


def _route_to_drafts(self: Page, request: Any, parts: list[str]) -> Any:
    if parts:
        child = self.get_children().filter(slug=parts[0]).first()
        if child is None:
            raise Http404
        return child.specific.route(request, parts[1:])
    if not self.live:
        raise PermissionDenied
    from wagtail.url_routing import RouteResult

    return RouteResult(self)


def distance_knows_more(patch: pytest.MonkeyPatch) -> None:
    measured = finding.kilometres
    patch.setattr(finding, "kilometres", lambda *points: measured(*points) + StaffNote.objects.count())


def wishes_are_told(patch: pytest.MonkeyPatch) -> None:
    def leaking(*args: Any, **kwargs: Any) -> Any:
        response = answers.json_answer(*args, **kwargs)
        response["X-Wishes"] = str(RaiseRequest.objects.count())
        return response

    patch.setattr(changes, "json_answer", leaking)


LEAKS: tuple[Plant, ...] = (
    notes_in_documents, contact_in_etags, drafts_are_published, no_restriction, unpublished_is_counted, words_are_left,
    hidden_is_forbidden, distance_knows_more, wishes_are_told,
)  # fmt: skip
