"""What must hold on a database whose writer was killed: before the worker's round, and after exactly one."""

import hashlib
import json
from typing import Any

from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction, Revision

from equalcity.core.models.terms import VOCABULARIES
from equalcity.publication.feed import changes, decode, encode
from equalcity.publication.models import Dirty, FeedState, Journalled, Outgoing, Publication, Recalled
from equalcity.publication.reconcile import differences
from equalcity.replication.models import Replica
from safespace_map.models import RemovedStreet, SafeSpacePage
from tests.equalcity.publication.crash.world import STREET

EVERYTHING = 500
# What is not content: bookkeeping of drafts and times, and numbers that a second run would draw anew.
BOOKKEEPING = {
    "pk", "path", "depth", "numchild", "translation_key", "latest_revision", "latest_revision_created_at",
    "live_revision", "first_published_at", "last_published_at", "has_unpublished_changes", "draft_title", "owner",
    "go_live_at", "expire_at", "locked", "locked_at", "locked_by", "index_entries", "page", "wagtail_admin_comments",
}  # fmt: skip


def fingerprint() -> str:
    """Return the state of everything that matters here, without times and random names."""
    pages = Page.objects.order_by("pk").values_list(
        "pk", "path", "numchild", "title", "draft_title", "slug", "url_path", "live", "expired", "alias_of",
        "live_revision", "latest_revision",
    )  # fmt: skip
    return json.dumps(
        [
            list(pages),
            [
                (pk, when is None)
                for pk, when in Revision.objects.order_by("pk").values_list("pk", "approved_go_live_at")
            ],
            list(PageViewRestriction.objects.order_by("pk").values_list("pk", "page", "restriction_type")),
            [list(model.objects.order_by("pk").values_list("pk", "name")) for model in VOCABULARIES.values()],
            list(Redirect.objects.order_by("pk").values_list("old_path", "redirect_page")),
            list(Dirty.objects.order_by("pk").values_list("pk", "kind", "object_id", "error")),
            list(FeedState.objects.values_list("seq")),
            list(SafeSpacePage.objects.order_by("pk").values_list("pk", "precision", "street")),
            [model.objects.count() for model in (Recalled, Outgoing, Journalled, RemovedStreet)],
            list(Replica.objects.order_by("pk").values_list("pk", "proposal")),
            list(
                Publication.objects.order_by("pk").values_list("pk", "object_id", "seq", "state", "title", "url_path")
            ),
        ]
    )


# What is public, said anew -----------------------------------------------------------------------------------


def hidden_pages() -> dict[int, Page]:
    """Return the pages that nobody may read, found without the product's predicate."""
    pages = {page.pk: page for page in Page.objects.filter(depth__gt=1).select_related("locale")}
    restricted = set(PageViewRestriction.objects.values_list("page_id", flat=True))
    closed = [page.path for page in pages.values() if page.pk in restricted or page.alias_of_id in restricted]
    closed_keys = {
        page.translation_key for page in pages.values() if any(page.path.startswith(path) for path in closed)
    }

    def hidden(page: Page) -> bool:
        return (
            not page.live
            or bool(page.expire_at and page.expire_at <= timezone.now())
            or page.translation_key in closed_keys
            or bool(page.alias_of_id and hidden(pages[page.alias_of_id]))
        )

    return {pk: page for pk, page in pages.items() if hidden(page)}


def leaks() -> list[str]:
    """Ask API, feed and site for what is hidden."""
    hidden, client = hidden_pages(), Client()
    rows = Page.objects.in_bulk()
    found = []
    is_lowered = not SafeSpacePage.objects.filter(street=STREET).exists()
    listed = client.get("/api/v2/pages/", {"limit": "100", "fields": "*"}).json()["items"]
    found += [
        f"the list of the API shows the street of page {item['id']}, which was lowered"
        for item in listed
        if is_lowered and item["meta"]["type"] == "safespace_map.SafeSpacePage" and STREET in json.dumps(item)
    ]
    for key in Recalled.objects.values_list("key", flat=True):
        if not Outgoing.objects.filter(key=key).exists():
            found.append(f"nobody is asked to forget {key}, which was recalled")
    for item in listed:
        if item["id"] in hidden or item["id"] not in rows:
            found.append(f"the list of the API shows page {item['id']}, which is hidden")
        elif item["title"] != rows[item["id"]].title and rows[item["id"]].has_unpublished_changes:
            draft = rows[item["id"]].get_latest_revision()
            if draft is not None and item["title"] == draft.content["title"]:
                found.append(f"the list of the API shows the draft of page {item['id']}")
    for pk, page in hidden.items():
        if client.get(f"/api/v2/pages/{pk}/").status_code != 404:
            found.append(f"the API shows page {pk}, which is hidden")
        if page.url and client.get(page.get_url()).status_code != 404:
            found.append(f"the site shows page {pk}, which is hidden")
    may_be_read = {
        (page.translation_key, page.locale.language_code)
        for page in Page.objects.select_related("locale").exclude(pk__in=hidden)
        if not page.alias_of_id
    } | {
        (term.translation_key, term.locale.language_code)
        for model in VOCABULARIES.values()
        for term in model._default_manager.select_related("locale")
    }
    with transaction.atomic():
        for item in changes(None, limit=EVERYTHING).items:
            if item.source and (item.key, item.locale) not in may_be_read:
                found.append(f"the feed shows {item.type} {item.key} {item.locale}, which is hidden")
            if item.source and hashlib.sha256(item.source.encode()).hexdigest() != item.etag:
                found.append(f"the feed shows half of {item.type} {item.key} {item.locale}")
            if item.state == "withdrawn" and Recalled.objects.filter(key=item.key).exists():
                found.append(f"the feed does not say that {item.key} {item.locale} was recalled")
            if item.source and is_lowered and STREET in item.source:
                found.append(f"the feed shows the street of {item.key} {item.locale}, which was lowered")
        transaction.set_rollback(True)  # the feed records what it finds hidden: the round must do it by itself
    return found


# A follower --------------------------------------------------------------------------------------------------


def followed(cursor: str | None) -> dict[str, Any]:
    """Read the feed from `cursor` to its end, as a follower does."""
    items: dict[str, Any] = {}
    at = decode(cursor) if cursor else None
    while True:
        page = changes(at, limit=EVERYTHING)
        for item in page.items:
            items[f"{item.key} {item.locale}"] = [item.state, item.etag, str(item.parent), item.children, item.source]
        at = page.next
        if not page.more:
            return {"cursor": encode(at), "items": items}


def _alive(items: dict[str, Any]) -> dict[str, Any]:
    return {name: item for name, item in items.items() if item[0] == "live"}


# One page ----------------------------------------------------------------------------------------------------


def views() -> dict[str, Any]:
    """Return what readers get of each page, and whether it waits for its time."""
    hidden = hidden_pages()
    waiting = set(Revision.objects.exclude(approved_go_live_at=None).values_list("object_id", flat=True))
    return {
        str(page.pk): {
            "scheduled": str(page.pk) in waiting,
            "live": page.live,
            "public": None if page.pk in hidden else _content(page.serializable_data()),
        }
        for page in Page.objects.filter(depth__gt=1).specific()
    }


def _content(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _content(one) for name, one in value.items() if name not in BOOKKEEPING}
    return [_content(one) for one in value] if isinstance(value, list) else value


def disagreements() -> list[str]:
    """Compare page row, revision, document and source of each public page, and aliases with their originals."""
    hidden, found = hidden_pages(), []
    rows = {row.object_id: row for row in Publication.objects.filter(kind="page", state="live").select_related("body")}
    pages = {page.pk: page for page in Page.objects.filter(depth__gt=1).specific()}
    for pk, page in pages.items():
        if pk in hidden:
            continue
        # An alias keeps the number of a revision of its original.
        if page.live_revision and not page.alias_of_id and page.live_revision.content["title"] != page.title:
            found.append(f"page {pk} is live with another title than its live revision")
        if page.alias_of_id and (original := pages[page.alias_of_id]).live:
            theirs, ours = _content(original.serializable_data()), _content(page.serializable_data())
            if any(theirs[name] != ours[name] for name in ("title", "summary", "live")):
                found.append(f"alias {pk} stands for a version of page {original.pk} that is gone")
        row = rows.get(pk)
        if row is None:
            found.append(f"page {pk} has no publication")
            continue
        titles = {page.title, row.title, json.loads(row.body.document)["title"]}
        if row.original_id is None:
            titles.add(json.loads(row.body.source)["fields"]["title"])
        if len(titles) > 1:
            found.append(f"page {pk} has {len(titles)} titles: {sorted(titles)}")
    found += [f"pages are out of order: {problem}" for problem in Page.find_problems() if problem]
    wrong = [page.pk for page in pages.values() if page.numchild != page.get_children().count()]
    return found + [f"page {pk} counts its children wrong" for pk in wrong]


def after_a_round() -> dict[str, Any]:
    """Return the views once the worker has done its round."""
    call_command("record_publications", verbosity=0)
    return views()


# All of it ---------------------------------------------------------------------------------------------------


def judge(before: dict[str, Any]) -> dict[str, Any]:
    """Judge a database whose writer was killed; `before` is what a follower had read."""
    problems = leaks()
    call_command("record_publications", verbosity=0)
    problems += [f"differs: {one.kind} {one.object_id} is {one.problem}" for one in differences()]
    problems += [f"a mark is left: {mark} {mark.error}" for mark in Dirty.objects.all()]
    problems += disagreements()
    after, whole = followed(before["cursor"]), followed(None)
    if _alive({**before["items"], **after["items"]}) != _alive(whole["items"]):
        problems.append("a follower that read before the crash does not arrive at the final state")
    return {"problems": problems, "views": views()}
