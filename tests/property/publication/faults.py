"""Faults to plant: one in each guard of the product. The machine must find every one of them.

`history` is a short history that finds it, as the machine once found and shortened it; `make soak` searches anew.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from unittest import mock

from django.db.models import Q
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.models import Page, PageViewRestriction, Site

import home.cities
import home.navigation
import search.backends.database
import search.find
import search.indexer
import toolbox_pages.context
from equalcity.api import delivery, pages, slices
from equalcity.core import copying, links, public, redirects, statements
from equalcity.core.models import CustomDocument, CustomImage, ImageText, Term
from equalcity.publication import feed, files, guards, marks, predicate, prepare, represent, source, telling, write
from equalcity.publication.models import Publication
from equalcity.publication.signals import recorded
from equalcity.translation import publish as publishing
from equalcity.translation import translate, views
from tests.property.publication.events import Event
from tests.property.publication.pinned import PINNED

Plant = Callable[[], AbstractContextManager[Any]]


@dataclass(frozen=True)
class Fault:
    """One guard taken out: `where` it stands, and what is wrong then."""

    name: str
    where: str
    plant: Plant
    # The fault whose history finds this one, too.
    like: str = ""

    @property
    def history(self) -> list[Event]:
        return PINNED.get(self.like or self.name, [])


# Ways to plant ------------------------------------------------------------------------------------------------


@contextmanager
def built_anew(planted: AbstractContextManager[Any]) -> Iterator[None]:
    """What asks by SQL that was built once asks by what is planted, and later by what was."""
    try:
        with planted:
            forget()
            yield
    finally:
        forget()


def forget() -> None:
    statements.BUILT.clear()
    slices.forget()


def changed_sql(before: str, after: str) -> Plant:
    """Put `after` in place of `before` in the predicate."""

    def plant() -> AbstractContextManager[Any]:
        assert before in public.PUBLIC, f"the predicate no longer says {before!r}"
        return built_anew(mock.patch.object(public, "PUBLIC", public.PUBLIC.replace(before, after)))

    return plant


def changed_list(before: str, after: str) -> Plant:
    """Put `after` in place of `before` in what lists leave out."""

    def plant() -> AbstractContextManager[Any]:
        hidden = predicate.IsListed.hidden
        assert before in hidden, f"what is hidden no longer says {before!r}"
        return built_anew(mock.patch.object(predicate.IsListed, "hidden", hidden.replace(before, after)))

    return plant


def replaced(where: Any, name: str, by: Any) -> Plant:
    assert hasattr(where, name)
    return lambda: mock.patch.object(where, name, by)


def nothing(*args: Any, **kwargs: Any) -> None:
    """What a guard does that is not there."""


def unfiltered(where: Any) -> Plant:
    """Ask for all pages where only the public ones are meant."""
    replace = replaced(where, "public_pages", lambda found, now=None: found)
    return lambda: built_anew(replace())


def by_state(where: Any) -> Plant:
    """Believe the recorded state, however old it is."""
    return replaced(where, "delivered", lambda rows: rows.filter(state=Publication.State.LIVE))


def by_state_of_pages(where: Any, name: str) -> Plant:
    """The same of pages."""
    rows = Publication.objects.filter(kind="page", state=Publication.State.LIVE)
    replace = replaced(where, name, lambda now=None: rows.all())
    return lambda: built_anew(replace())


def deaf_to(*models: type, when: str = "") -> Plant:
    """Leave out what changes of these models mark; `when` only saving, or only deleting."""

    def receive(sender: Any, instance: Any, **kwargs: Any) -> None:
        happened = "saving" if "created" in kwargs else "deleting"
        if not (isinstance(instance, models) and when in ("", happened)):
            marks.on_change(sender, instance, **kwargs)

    @contextmanager
    def plant() -> Iterator[None]:
        for signal in (post_save, post_delete):
            assert signal.disconnect(dispatch_uid="publication.on_change")
            signal.connect(receive, weak=False, dispatch_uid="fault")
        try:
            yield
        finally:
            for signal in (post_save, post_delete):
                signal.disconnect(dispatch_uid="fault")
                signal.connect(marks.on_change, dispatch_uid="publication.on_change")

    return plant


def disconnected(signal: Any, receiver: Any, uid: str) -> Plant:
    @contextmanager
    def plant() -> Iterator[None]:
        assert signal.disconnect(dispatch_uid=uid)
        try:
            yield
        finally:
            signal.connect(receiver, dispatch_uid=uid)

    return plant


# Broken pieces ------------------------------------------------------------------------------------------------


def _without_relatives(sender: Any, page: Page, *, deleted: bool) -> None:
    marks.mark("tree" if sender is Page and not deleted else "page", page.pk)


def _without_tombstones(real: Any) -> Any:
    def rows(after: int, count: int, locales: Any, subtree: Any) -> Any:
        return [row for row in real(after, count, locales, subtree) if row.state == Publication.State.LIVE]

    return rows


def _never_elsewhere(real: Any) -> Any:
    def rows(after: int, count: int, locales: Any, subtree: Any) -> Any:
        found = real(after, count, locales, subtree)
        return [row for row in found if not subtree or row.state != "live" or f"/{subtree}/" in row.trail]

    return rows


def _all_public(pk: int) -> list[Any]:
    page = Page.objects.filter(pk=pk).first()
    line = list(page.get_ancestors(inclusive=True).filter(depth__gt=1).order_by("depth")) if page else []
    for one in line:
        one.is_public = True
    return line


def _name_of_any(real: Any) -> Any:
    def page(self: source.References, pk: int | None) -> str | None:
        asked, self.for_public = self.for_public, False
        try:
            return real(self, pk)
        finally:
            self.for_public = asked

    return page


# Not here, because one process alone sees no difference: the check of marks before writing and the second filter over
# the hits of a search (both are for what happens at the same moment), the statement that moves a branch at once (the
# marks below it lead to the same end), and the mark of terms (whoever sets terms saves the page with them).
FAULTS = (
    # What is public
    Fault("live", "core/public", changed_sql("AND shown.live AND", "AND")),
    Fault("expiry", "core/public", changed_sql("shown.expire_at > %s)", "shown.expire_at > %s OR 1 = 1)")),
    Fault(
        "own restriction",
        "core/public",
        changed_sql("AND SUBSTR(relative.path", "AND relative.path <> closed.path AND SUBSTR(relative.path"),
    ),
    Fault(
        "restriction above",
        "core/public",
        changed_sql("SUBSTR(relative.path, 1, LENGTH(closed.path))", "relative.path"),
    ),
    Fault(
        "restriction of another language",
        "core/public",
        changed_sql(
            "relative.translation_key IN (shown.translation_key, source.translation_key)",
            "relative.id IN (shown.id, source.id)",
        ),
    ),
    Fault(
        "restriction of an alias's source",
        "core/public",
        changed_sql("IN (shown.translation_key, source.translation_key)", "IN (shown.translation_key)"),
    ),
    Fault("restriction above an alias", "core/public", changed_sql(" OR closed.alias_of_id = restriction.page_id", "")),
    Fault("source of an alias is live", "core/public", changed_sql("source.live AND ", "")),
    # That the source of an alias has not expired is asked twice: Wagtail writes `expire_at` of a page into its aliases
    # whenever it publishes, so without that condition nothing changes.
    # The same, as lists ask it. That the source of an alias is live is asked twice: Wagtail takes aliases offline
    # together with their source.
    Fault("list: live", "core/public", changed_list("} WHERE NOT live", "} WHERE NOT live AND 1 = 0"), "live"),
    Fault("list: expiry", "core/public", changed_list("} WHERE expire_at IS NOT NULL", "} WHERE 1 = 0"), "expiry"),
    Fault(
        "list: restriction",
        "core/public",
        changed_list(") AND translation_key IN", ") AND 1 = 0 AND translation_key IN"),
    ),
    Fault(
        "list: restriction of an alias's source",
        "core/public",
        changed_list(") AND source.translation_key", ") AND 1 = 0 AND source.translation_key"),
    ),
    Fault(
        "list: deleted",
        "publication/predicate",
        changed_list("WHERE mark.kind = 'page'", "WHERE 1 = 0"),
    ),
    # Guards of pages
    Fault("serving", "publication/guards", replaced(guards, "serve_only_public", nothing)),
    Fault(
        "orphaned aliases",
        "publication/guards",
        disconnected(pre_delete, guards.hide_orphaned_aliases, "publication.hide_orphaned_aliases"),
    ),
    Fault(
        "aliases of aliases",
        "publication/guards",
        disconnected(pre_save, guards.alias_the_original, "publication.alias_the_original"),
    ),
    Fault("copies of restricted pages", "core/copying", replaced(copying, "keep_restrictions", nothing)),
    Fault("copies of waiting aliases", "core/copying", replaced(copying, "keep_waiting", nothing)),
    Fault("links", "core/links", unfiltered(links)),
    Fault("old addresses", "core/redirects", replaced(redirects, "is_public", lambda page: True)),
    Fault("menu", "home/navigation", unfiltered(home.navigation)),
    Fault("posters", "home/cities", unfiltered(home.cities)),
    Fault("lists of pages", "toolbox_pages/context", unfiltered(toolbox_pages.context)),
    # Answers to programs and readers
    Fault("pages/{id}/", "api/delivery", by_state_of_pages(delivery, "delivered_pages")),
    Fault("pages/find/", "api/pages", by_state_of_pages(pages, "delivered_pages"), "live"),
    Fault("pages/", "api/slices", by_state_of_pages(slices, "listed_pages")),
    Fault(
        "what a document names",
        "api/delivery",
        replaced(delivery, "_naming_only_public_pages", lambda rows: rows),
    ),
    Fault("files", "publication/files", by_state(files)),
    Fault("search", "search/backends/database", by_state(search.backends.database)),
    Fault(
        "the index follows",
        "search/indexer",
        disconnected(recorded, search.indexer.on_recorded, "search.on_recorded"),
    ),
    Fault("feed", "publication/feed", replaced(feed, "is_delivered", lambda: Q(pk__isnull=False))),
    Fault("feed withdraws first", "publication/feed", replaced(feed, "record_now", nothing)),
    Fault("feed sends tombstones", "publication/feed", replaced(feed, "_rows", _without_tombstones(feed._rows))),
    Fault("feed says elsewhere", "publication/feed", replaced(feed, "_rows", _never_elsewhere(feed._rows))),
    # What is recorded
    Fault("only public pages are recorded", "publication/prepare", replaced(prepare, "line_to", _all_public)),
    Fault(
        "only public children are named", "publication/prepare", unfiltered(prepare), "only public pages are recorded"
    ),
    Fault("translations named in a document", "publication/represent", unfiltered(represent)),
    Fault(
        "pages named in a source",
        "publication/source",
        replaced(source.References, "page", _name_of_any(source.References.page)),
    ),
    # Marks
    Fault("mark of a saved page", "publication/marks", deaf_to(Page, when="saving")),
    Fault("mark of a deleted page", "publication/marks", deaf_to(Page, when="deleting")),
    Fault("mark of a restriction", "publication/marks", deaf_to(PageViewRestriction, when="saving")),
    Fault("mark of a lifted restriction", "publication/marks", deaf_to(PageViewRestriction, when="deleting")),
    Fault("mark of a term", "publication/marks", deaf_to(Term)),
    Fault("mark of a picture", "publication/marks", deaf_to(CustomImage)),
    Fault("mark of a picture's text", "publication/marks", deaf_to(ImageText)),
    Fault("mark of a document", "publication/marks", deaf_to(CustomDocument)),
    Fault("mark of the site", "publication/marks", deaf_to(Site)),
    Fault("mark of a deleted page's languages", "publication/marks", replaced(marks, "_on_page", _without_relatives)),
    Fault("what embeds a file", "publication/telling", replaced(telling, "tell", lambda *_: [])),
    # Writing
    Fault("withdrawing", "publication/write", replaced(write.Writer, "_withdraw_row", nothing)),
    Fault("children of a parent", "publication/write", replaced(write.Writer, "_mark_parents", nothing)),
    Fault("what names a page", "publication/write", replaced(write.Writer, "_mark_named_by", nothing)),
    Fault("what stands below", "publication/write", replaced(write.Writer, "_mark_below", nothing)),
    Fault("paths of siblings", "publication/write", replaced(write.Writer, "_mark_stale_below", nothing)),
    Fault("languages of a hidden page", "publication/write", replaced(write.Writer, "_mark_hidden_languages", nothing)),
    Fault("where a page once stood", "publication/write", replaced(write.Writer, "_left", lambda *_: "")),
    Fault("a change that followers see", "publication/write", replaced(write.Writer, "_feed_sees", lambda *_: False)),
    Fault("bytes", "publication/write", replaced(write.Writer, "_write_body", nothing)),
    # Translating
    Fault(
        "a translation starts as a draft",
        "translation/translate",
        replaced(translate, "UnpublishPageAction", lambda *_, **__: SimpleNamespace(execute=nothing)),
    ),
    Fault(
        "restrictions of translations",
        "translation/views",
        replaced(views, "restrictions_kept", lambda source: nullcontext()),
    ),
    Fault("gaps", "translation/publish", replaced(publishing, "waiting", lambda translation: [])),
)
