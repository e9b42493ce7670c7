"""One item of a peer's feed -> one page of ours, in one transaction. What is live here never moves by itself.

A new page arrives unpublished, a changed one as a draft revision, a withdrawal as a proposal; a person publishes.
"""

import uuid
from contextlib import suppress
from dataclasses import asdict, dataclass
from enum import Enum
from typing import Any

import orjson
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone
from modelcluster.models import get_all_child_relations
from wagtail.fields import StreamField
from wagtail.log_actions import log
from wagtail.models import COMMENTS_RELATION_NAME, Locale, Page

from equalcity.core.models import BasePage, CustomDocument, CustomImage, Term, User
from equalcity.publication.apply import Unplaced, apply_source
from equalcity.publication.counter import instance_id
from equalcity.publication.models import Origin
from equalcity.publication.recall import NothingToRecall, recall
from equalcity.publication.references import IMAGE, PAGE, PageName, read_page_name
from equalcity.publication.signals import pulled
from equalcity.publication.source import canonical, source_of
from equalcity.replication import media, places, terms
from equalcity.replication.cleaning import clean_source, set_aside
from equalcity.replication.merge import Decision, Sides, merge
from equalcity.replication.models import Conflict, Peer, Replica
from equalcity.replication.schema import FeedItem, Refused, Source, page_types, read_source, upgraded

LOG_ACTION = "replication.pull"


class Result(Enum):
    """What became of an item."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    PROPOSAL = "proposal"
    TERM = "term"
    SKIPPED = "skipped"


class ParentMissing(Exception):
    """The page above has not come yet."""


@dataclass(frozen=True)
class LocalNames:
    """Finds what a source refers to: our own things, and what was pulled before."""

    origin: uuid.UUID

    def page(self, name: PageName) -> Page | None:
        replica = Replica.objects.filter(origin_instance=name.instance, origin_key=name.key, locale=name.locale).first()
        if replica is not None:
            return Page.objects.filter(pk=replica.object_id).first()
        if name.instance != instance_id():
            return None
        return Page.objects.filter(translation_key=name.key, locale__language_code=name.locale).first()

    def image(self, sha256: str) -> CustomImage | None:
        found: CustomImage | None = media.find("image", sha256)
        return found

    def document(self, sha256: str) -> CustomDocument | None:
        found: CustomDocument | None = media.find("document", sha256)
        return found

    def term(self, vocabulary: str, code: str) -> Term | None:
        return terms.term_for(vocabulary, code, self.origin)


def take(peer: Peer, item: FeedItem, *, nothing_more: bool = False) -> Result:
    """Take one item. All of it is written, or nothing.

    Raises `Refused` when it cannot be taken, `ParentMissing` when it must wait.
    """
    try:
        with transaction.atomic():
            if item.is_term:
                return _take_term(item)
            replica = Replica.objects.filter(
                origin_instance=item.origin_instance, origin_key=item.origin_key, locale=item.locale
            ).first()
            if replica is not None and replica.peer_id != peer.pk:
                return Result.SKIPPED
            if not item.is_live:
                return _propose_withdrawal(replica, item)
            if replica is None:
                return _create(peer, item, nothing_more=nothing_more)
            return _follow(replica, item)
    except (Refused, ParentMissing):
        raise
    except ValidationError as error:
        raise Refused(f"It does not pass our checks: {'; '.join(error.messages)}") from error
    except (ValueError, TypeError, LookupError, AttributeError, DataError, IntegrityError) as error:
        raise Refused(f"It cannot be stored: {type(error).__name__}: {error}") from error


def would_withdraw(peer: Peer, item: FeedItem) -> bool:
    """Return whether the item takes back a page that this peer gave us, and says so for the first time."""
    return (
        item.state in {"withdrawn", "elsewhere"}
        and Replica.objects.filter(
            peer=peer,
            origin_instance=item.origin_instance,
            origin_key=item.origin_key,
            locale=item.locale,
            anchor=False,
            proposal__in=[Replica.Proposal.NONE, Replica.Proposal.MOVE],
        ).exists()
    )


def wants_content(item: FeedItem) -> bool:
    """Return whether `take` would look into the item's content, so that its files are needed first."""
    if not item.is_live or item.is_term or item.type not in page_types():
        return False
    known = Replica.objects.filter(
        origin_instance=item.origin_instance, origin_key=item.origin_key, locale=item.locale
    ).first()
    return known is None or not (known.anchor or known.base_etag == item.etag)


# Terms and withdrawals -------------------------------------------------------------------------------------


def _take_term(item: FeedItem) -> Result:
    if not item.is_live:
        return Result.SKIPPED
    return Result.TERM if terms.take_term(item, read_source(item)) else Result.UNCHANGED


def _propose_withdrawal(replica: Replica | None, item: FeedItem) -> Result:
    if replica is None or replica.anchor:
        return Result.SKIPPED
    proposal = {
        "withdrawn": Replica.Proposal.WITHDRAW,
        "recalled": Replica.Proposal.RECALL,
        "elsewhere": Replica.Proposal.LEFT,
    }[item.state]
    if replica.proposal == proposal:
        return Result.UNCHANGED
    replica.proposal = proposal
    replica.save()
    if proposal == Replica.Proposal.RECALL:
        # One of the two changes that act at once: what is recalled may endanger somebody.
        with suppress(NothingToRecall):
            recall(replica.local_key, by=replica.peer.name, log_action="replication.recall", alone=True)
    return Result.PROPOSAL


# New pages -------------------------------------------------------------------------------------------------


def _create(peer: Peer, item: FeedItem, *, nothing_more: bool) -> Result:
    locale = Locale.objects.filter(language_code=item.locale).first()
    own = item.origin_instance == instance_id()
    local_key = item.key_at(instance_id())
    present = Page.objects.filter(translation_key=local_key, locale=locale) if locale else Page.objects.none()
    if locale is None or (own and present.exists()):
        return Result.SKIPPED
    source = read_source(item)
    model = page_types()[item.type]
    replica = Replica(
        peer=peer,
        origin_instance=item.origin_instance,
        origin_key=item.origin_key,
        locale=item.locale,
        type=item.type,
        local_key=local_key,
        peer_key=item.key,
        parent_key=item.parent,
        children=[str(child) for child in item.children],
    )
    if places.is_home(model):
        return _anchor(peer, replica, locale, item.etag)
    if present.exists():
        _take_over(replica, present.get().specific, source, item)
        return Result.CREATED
    parent = places.parent_for(peer, item, locale, local_key, nothing_more=nothing_more)
    if parent is None:
        raise ParentMissing
    places.check_place(model, parent)
    if not own:
        Origin.objects.get_or_create(
            local_key=local_key, defaults={"instance": item.origin_instance, "key": item.origin_key}
        )
    page = model(locale=locale, translation_key=local_key, live=False, has_unpublished_changes=True)
    unplaced = put(page, source, item.origin_instance)
    page.slug = places.free_slug(parent, page.slug, page)
    places.insert(peer, item, page, parent)
    store(replica, page, source, item.etag, unplaced)
    return Result.CREATED


def _take_over(replica: Replica, page: BasePage, source: Source, item: FeedItem) -> None:
    """Let the translation take the place that an alias held for it.

    A live alias goes off the site until somebody publishes the translation: as a page of its own it would show the
    text of another language as if it were this one's, and pass it on so.
    """
    if not page.alias_of_id:
        raise Refused("We have a translation of our own in its place; it was left alone.")
    page.alias_of = None
    page.live, page.has_unpublished_changes = False, True
    page.save(update_fields=["alias_of", "live", "has_unpublished_changes"], clean=False)
    page.save_revision(clean=False)
    unplaced = put(page, source, item.origin_instance)
    page.slug = places.free_slug(page.get_parent(), page.slug, page)
    store(replica, page, source, item.etag, unplaced)


def _anchor(peer: Peer, replica: Replica, locale: Locale, etag: str) -> Result:
    top = places.top(peer, locale)
    if top is None:
        raise ParentMissing
    replica.anchor, replica.base_etag = True, etag
    replica.object_id = top.pk
    replica.save()
    return Result.SKIPPED


# Known pages -----------------------------------------------------------------------------------------------


def _follow(replica: Replica, item: FeedItem) -> Result:
    moved = _follow_place(replica, item)
    open_conflict = replica.conflicts.filter(choice=Conflict.Choice.OPEN).first()
    if replica.anchor:
        if item.etag != replica.base_etag:
            # Seen, and nothing taken: two manifests are compared by it.
            replica.base_etag = item.etag
            replica.save(update_fields=["base_etag"])
        return Result.SKIPPED
    if item.etag == replica.base_etag:
        if open_conflict is not None:
            _close(open_conflict)
        return Result.PROPOSAL if moved else Result.UNCHANGED
    if open_conflict is not None and open_conflict.theirs_etag == item.etag:
        return Result.PROPOSAL if moved else Result.UNCHANGED
    page = replica.page()
    if page is None:
        return Result.SKIPPED
    if page.alias_of_id:
        raise Refused("Our page became an alias of another one.")
    return _revise(replica, item, page.get_latest_revision_as_object(), open_conflict)


def _follow_place(replica: Replica, item: FeedItem) -> bool:
    """Note another parent as a proposal, another order of children as it is; return whether a proposal is new."""
    children = [str(child) for child in item.children]
    moved = item.parent != replica.parent_key and item.parent is not None and not replica.anchor
    back = replica.proposal in {Replica.Proposal.WITHDRAW, Replica.Proposal.RECALL, Replica.Proposal.LEFT}
    if not (moved or back or children != replica.children):
        return False
    replica.children = children
    if back:
        replica.proposal = Replica.Proposal.NONE
    if moved:
        replica.proposal = Replica.Proposal.MOVE
        replica.proposed_parent = item.parent
        replica.parent_key = item.parent
    replica.save()
    return moved


def _revise(replica: Replica, item: FeedItem, page: BasePage, open_conflict: Conflict | None) -> Result:
    theirs = read_source(item)
    base = _stored(replica.base, page)
    applied = _stored(replica.applied, page) if replica.applied else base
    mine = source_of(page)
    match merge(Sides(base=base, applied=applied, mine=mine, theirs=theirs)):
        case Decision.NOTHING:
            if open_conflict is not None:
                _close(open_conflict)
            _advance(replica, theirs, item.etag, mine)
            return Result.UNCHANGED
        case Decision.CONFLICT:
            conflict = open_conflict or Conflict(replica=replica)
            conflict.base = replica.base
            conflict.mine = _text(mine)
            conflict.theirs = _text(theirs)
            conflict.theirs_etag = item.etag
            conflict.save()
            return Result.CONFLICT
        case Decision.TAKE:
            take_version(replica, page, theirs, item.etag)
            return Result.UPDATED


def take_version(replica: Replica, page: BasePage, theirs: Source, etag: str, user: User | None = None) -> None:
    """Put `theirs` on `page` (its latest draft) and save that as a new draft revision, by `user` if one decided it."""
    slug = page.slug
    base = _stored(replica.base, page)
    unplaced = put(page, theirs, replica.origin_instance)
    if theirs["fields"].get("slug") == base["fields"].get("slug"):
        page.slug = slug
    page.slug = places.free_slug(page.get_parent(), page.slug, page)
    store(replica, page, theirs, etag, unplaced, user)


def settle_references(peer: Peer) -> int:
    """Turn references to pages that have come meanwhile into local ones; return how many pages that changed.

    A page that somebody here edited since the pull is left alone: its editor sees the link and can change it.
    """
    changed = 0
    for replica in Replica.objects.filter(peer=peer, anchor=False).exclude(unplaced={}).order_by("pk"):
        with transaction.atomic():
            changed += _settle(replica)
    return changed


def _settle(replica: Replica) -> bool:
    names = LocalNames(replica.origin_instance)
    missing = [one["name"] for one in replica.unplaced.get("references", []) if one["kind"] == PAGE]
    page = replica.page()
    if page is None or page.alias_of_id or not any(names.page(read_page_name(name)) for name in missing):
        return False
    latest = page.get_latest_revision_as_object()
    base = _stored(replica.base, latest)
    if _text(source_of(latest)) != (replica.applied or replica.base):
        return False
    take_version(replica, latest, base, replica.base_etag)
    return True


# Shared ----------------------------------------------------------------------------------------------------


def put(page: BasePage, source: Source, origin: uuid.UUID) -> Unplaced:
    """Put the cleaned source on a page in memory. Raises `Refused`, `ValidationError`, `ValueError`, `TypeError`."""
    names = LocalNames(origin)

    def is_here(kind: str, sha256: str) -> bool:
        return (names.image(sha256) if kind == IMAGE else names.document(sha256)) is not None

    whole, aside = set_aside(type(page), clean_source(type(page), source), is_here)
    unplaced = apply_source(page, _with_free_row_keys(page, whole), names)
    for one in aside:
        unplaced.blocks.append({"where": one.field, "position": one.position, "block": one.block})
        unplaced.references += [{"where": one.field, "kind": kind, "name": name} for kind, name in one.missing]
    return unplaced


def _with_free_row_keys(page: BasePage, source: Source) -> Source:
    """Keep the keys of rows, except those that rows of another page of ours have: two sites may share a beginning.

    Such a row gets a key derived from page and row, the same in every language and at every pull.
    """
    children = dict(source["children"])
    for relation in get_all_child_relations(type(page)):
        name = relation.get_accessor_name()
        if name == COMMENTS_RELATION_NAME or not children.get(name):
            continue
        others = relation.related_model.objects.exclude(
            **{f"{relation.field.name}__translation_key": page.translation_key}
        )
        taken = set(
            others.filter(translation_key__in=[row["key"] for row in children[name]]).values_list(
                "translation_key", flat=True
            )
        )
        children[name] = [
            {**row, "key": str(uuid.uuid5(page.translation_key, row["key"]))} if uuid.UUID(row["key"]) in taken else row
            for row in children[name]
        ]
    return {**source, "children": children}


def store(
    replica: Replica, page: BasePage, source: Source, etag: str, unplaced: Unplaced, user: User | None = None
) -> None:
    """Check the page, save it as a draft revision with provenance, and remember what was pulled."""
    check(page)
    revision = page.save_revision(user=user, clean=True)
    log(
        instance=page,
        action=LOG_ACTION,
        user=user,
        revision=revision,
        content_changed=True,
        data={"peer": replica.peer.name, "etag": etag},
    )
    replica.object_id = page.pk
    replica.unplaced = asdict(unplaced) if unplaced else {}
    _advance(replica, source, etag, source_of(page))
    pulled.send(sender=type(page), page=page)


def check(page: BasePage) -> None:
    """Validate what a form would validate: rows and blocks too. Raises `ValidationError`."""
    for one in page._meta.get_fields():
        if isinstance(one, StreamField):
            one.stream_block.clean(getattr(page, one.name))
    for relation in get_all_child_relations(type(page)):
        if relation.get_accessor_name() == COMMENTS_RELATION_NAME:
            continue
        for row in getattr(page, relation.get_accessor_name()).all():
            row.full_clean(exclude=[relation.field.name])


def _advance(replica: Replica, theirs: Source, etag: str, applied: Source) -> None:
    """`theirs` is the base of the next merge; `applied` is kept only where it differs."""
    replica.base = _text(theirs)
    replica.base_etag = etag
    text = _text(applied)
    replica.applied = text if text != replica.base else ""
    replica.pulled_at = timezone.now()
    replica.save()


def _close(conflict: Conflict) -> None:
    conflict.choice = Conflict.Choice.MINE
    conflict.decided_at = timezone.now()
    conflict.save()


def _stored(text: str, page: BasePage) -> Source:
    source: dict[str, Any] = orjson.loads(text)
    return upgraded(source, page.source_schema)


def _text(source: Source) -> str:
    return canonical(source).decode()
