"""What members of staff do to the tree, through the functions that the CMS calls, chosen at random from a seed."""

import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from traceback import extract_tb

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.admin.views.pages.bulk_actions import PublishBulkAction, UnpublishBulkAction
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail.query import PageQuerySet

from equalcity.core.models import City
from equalcity.publication.recall import recall
from safespace_map.lowering import lower
from safespace_map.models import OrganisationPage, SafeSpaceIndexPage, SafeSpacePage
from tests.equalcity.publication.concurrency import watching
from tests.equalcity.publication.concurrency.following import Habit, ask_function
from tests.equalcity.publication.concurrency.history import Hidden, Name, Read
from tests.equalcity.publication.concurrency.turns import Turns
from toolbox_pages.models import BestPracticeIndexPage, BestPracticePage, PracticeResource, ToolboxPage

PRACTICES_AT_MOST = 60
HOT = 3  # half of all choices fall on the first few pages: what nobody else touches is no test
LEAST = 5
FRAMES = 6  # that are told of where something went wrong
LONGER = 40.0


@dataclass(frozen=True)
class Operation:
    """One thing that a publisher did, or tried to do; `error` is empty when it worked."""

    publisher: str
    number: int
    kind: str
    names: tuple[Name, ...]
    hides: tuple[Name, ...]
    began: float
    ended: float
    error: str = ""
    committed: float = 0.0  # when what it hides was hidden
    glimpse: Read | None = None  # what the feed said right after


class NothingToDo(Exception):
    """There is no page at the moment to which this could be done."""


@dataclass
class Staff:
    """One publisher. What it does next depends on its seed and on what the others left of the tree."""

    name: str
    seed: int
    turns: Turns
    followed: str = ""  # the key of the toolbox whose subtree is followed
    opening: list[str] = field(default_factory=list)  # what to do first; then it is chance
    done: list[Operation] = field(default_factory=list)
    _touched: list[Page] = field(default_factory=list)
    _hidden: list[Page] = field(default_factory=list)
    _committed: float = 0.0
    _glimpse: Read | None = None

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self.kinds: dict[str, tuple[Callable[[], None], int]] = {
            "publish": (self.publish, 20),
            "publish in one transaction": (self.publish_atomically, 6),
            "publish unchanged": (self.publish_unchanged, 3),
            "draft": (self.draft, 4),
            "bulk publish": (self.bulk_publish, 8),
            "unpublish": (self.unpublish, 6),
            "bulk unpublish": (self.bulk_unpublish, 2),
            "rename": (self.rename, 8),
            "rename section": (self.rename_section, 3),
            "create": (self.create, 4),
            "delete": (self.delete, 3),
            "alias": (self.alias, 3),
            "alias in another language": (self.alias_in_language, 3),
            "translate": (self.translate, 3),
            "move": (self.move, 6),
            "move out": (self.move_out, 4),
            "move hidden": (self.move_hidden, 5),
            "move branch": (self.move_branch, 4),
            "reorder": (self.reorder, 3),
            "restrict": (self.restrict, 4),
            "restrict section": (self.restrict_section, 1),
            "lift": (self.lift, 6),
            "change term": (self.change_term, 1),
            "recall": (self.recall, 2),
            "lower": (self.lower, 1),
            "publish place": (self.publish_place, 4),
        }

    def act_until(self, deadline: float) -> list[Operation]:
        """Do one thing after the other; return what was done. Where all is slow, a few things are done at least."""
        least = max(LEAST, len(self.opening))
        while time.monotonic() < deadline or (len(self.done) < least and time.monotonic() < deadline + LONGER):
            self.act()
        return self.done

    def act(self) -> None:
        """Do one thing and write down what came of it."""
        names, weights = list(self.kinds), [weight for _do, weight in self.kinds.values()]
        kind = self.opening.pop() if self.opening else self.random.choices(names, weights)[0]
        self._touched, self._hidden, self._committed, self._glimpse, error = [], [], 0.0, None, ""
        began = time.monotonic()
        try:
            self.kinds[kind][0]()
        except NothingToDo:
            error = "nothing to do"
        except Exception as failure:
            last = " > ".join(f"{one.name}:{one.lineno}" for one in extract_tb(failure.__traceback__)[-FRAMES:])
            error = f"{type(failure).__module__}.{type(failure).__name__}: {failure}, in {last}"
        self.done.append(
            Operation(
                publisher=self.name,
                number=len(self.done),
                kind=kind,
                names=tuple(_name(page) for page in self._touched),
                hides=() if error else tuple(_name(page) for page in self._hidden),
                began=began,
                ended=time.monotonic(),
                error=error,
                committed=self._committed,
                glimpse=self._glimpse,
            )
        )

    # Publishing

    def publish(self) -> None:
        with self.turns.beside_others():
            self._publish(self._one(_real()))

    def publish_atomically(self) -> None:
        with self.turns.beside_others_at_once():
            self._publish(self._one(_real()))

    def publish_unchanged(self) -> None:
        with self.turns.beside_others():
            page = self._one(_real().filter(live=True))
            page.get_latest_revision_as_object().save_revision().publish()

    def draft(self) -> None:
        with self.turns.beside_others():
            page = self._one(_real()).get_latest_revision_as_object()
            self._write(page)
            page.save_revision()

    def bulk_publish(self) -> None:
        with self.turns.beside_others_at_once():
            PublishBulkAction.execute_action(self._some(_real()))

    def unpublish(self) -> None:
        with self.turns.beside_others_at_once():
            page = self._one(_practices().filter(live=True))
            self._hides(page)
            page.unpublish()

    def bulk_unpublish(self) -> None:
        with self.turns.beside_others_at_once():
            pages = self._some(_practices().filter(live=True))
            self._hides(*pages)
            UnpublishBulkAction.execute_action(pages, permission_checker=lambda page: True)

    def rename(self) -> None:
        with self.turns.beside_others():
            page = self._one(_practices()).get_latest_revision_as_object()
            self._write(page)
            page.title, page.slug = f"Renamed {self._stamp()}", self._slug()
            page.save_revision().publish()

    def rename_section(self) -> None:
        # Until its redirects are there, too: they come after the commit, and who deletes a page just then is refused.
        with self.turns.held(Turns.ALONE):
            page = self._one(self._sections()).get_latest_revision_as_object()
            self._write(page)
            page.title, page.slug = f"Section {self._stamp()}", self._slug()
            page.save_revision().publish()

    # Making and removing

    def create(self) -> None:
        if BestPracticePage.objects.count() >= PRACTICES_AT_MOST:
            raise NothingToDo
        with self.turns.alone():
            parent = self._one(_real(BestPracticeIndexPage))
            city = City.objects.filter(locale__language_code="en").first()
            page = BestPracticePage(
                title=f"Practice {self._stamp()}", slug=self._slug(), city=city, locale=parent.locale, live=False
            )
            page.resources = [PracticeResource(kind="people", locale=parent.locale)]
            self._write(page)
            parent.add_child(instance=page)
            page.save_revision().publish()

    def delete(self) -> None:
        with self.turns.alone():
            page = self._one(_practices())
            self._hides(page)
            page.delete()

    def alias(self) -> None:
        if BestPracticePage.objects.count() >= PRACTICES_AT_MOST:
            raise NothingToDo
        with self.turns.alone():
            page, parent = self._one(_practices()), self._one(_real(BestPracticeIndexPage))
            page.create_alias(parent=parent, update_slug=self._slug())

    def alias_in_language(self) -> None:
        with self.turns.alone():
            page = self._one(_practices())
            self._touched.append(page.copy_for_translation(self._missing_locale(page), copy_parents=True, alias=True))

    def translate(self) -> None:
        with self.turns.alone():
            page = self._one(_practices())
            translated = page.copy_for_translation(self._missing_locale(page), copy_parents=True)
            self._touched.append(translated)
            translated.save_revision().publish()

    # Moving

    def move(self) -> None:
        with self.turns.alone():
            page = self._one(_practices())
            page.move(self._elsewhere(page, BestPracticeIndexPage), pos="last-child")

    def move_out(self) -> None:
        """Move a page out of the subtree that is followed."""
        with self.turns.alone():
            toolbox = self._one(_real(ToolboxPage).filter(translation_key=self.followed))
            page = self._one(_practices().descendant_of(toolbox))
            guides = _real(BestPracticeIndexPage).filter(locale=page.locale_id).not_descendant_of(toolbox)
            page.move(self._one(guides), pos="last-child")

    def move_hidden(self) -> None:
        """Unpublish, move, publish: three things that a follower may see as one."""
        with self.turns.beside_others():
            page = self._one(_practices().filter(live=True))
            page.unpublish()
        with self.turns.alone():
            page = self._still(page)
            page.move(self._elsewhere(page, BestPracticeIndexPage), pos="last-child")
        with self.turns.beside_others():
            self._publish(self._still(page))

    def move_branch(self) -> None:
        with self.turns.alone():
            page = self._one(_real(BestPracticeIndexPage))
            page.move(self._elsewhere(page, ToolboxPage), pos="last-child")

    def reorder(self) -> None:
        with self.turns.alone():
            page = self._one(_practices())
            sibling = page.get_siblings(inclusive=False).order_by("?").first()
            if sibling is None:
                raise NothingToDo
            page.move(sibling, pos="left")

    # Hiding

    def restrict(self) -> None:
        with self.turns.beside_others_at_once():
            page = self._one(_practices().filter(view_restrictions=None))
            self._hides(page)
            PageViewRestriction(page=page, restriction_type=PageViewRestriction.LOGIN).save()

    def restrict_section(self) -> None:
        with self.turns.beside_others():
            page = self._one(self._sections().filter(view_restrictions=None))
            PageViewRestriction(page=page, restriction_type=PageViewRestriction.LOGIN).save()

    def lift(self) -> None:
        with self.turns.beside_others_at_once():
            pages = list(PageViewRestriction.objects.order_by("pk").values_list("page", flat=True))
            if not pages:
                raise NothingToDo
            # One after the other, as in the CMS (`core.whole`): Wagtail fails where somebody else has lifted it.
            page = Page.objects.select_for_update().get(pk=self.random.choice(pages))
            for restriction in page.view_restrictions.all():
                restriction.delete()
                self._touched.append(page)
            if not self._touched:
                raise NothingToDo

    def change_term(self) -> None:
        city = City.objects.filter(locale__language_code="en").order_by("pk").first()
        city.description = self._stamp()
        city.save()

    # Taking back

    def recall(self) -> None:
        """Recall a practice in every language at once."""
        with self.turns.beside_others_at_once():
            watching.take_back()
            page = self._one(_practices().filter(live=True))
            self._touched += _practices().filter(translation_key=page.translation_key).exclude(pk=page.pk)
            self._hides(*self._touched)
            recall(page.translation_key, by=self.name)

    def lower(self) -> None:
        """Let less be known of a place, at once and everywhere."""
        with self.turns.beside_others_at_once():
            watching.take_back()
            lower(self._one(SafeSpacePage.objects.filter(precision="exact")), "area")

    def publish_place(self) -> None:
        """Publish a place, unless it was lowered after it was opened: then the old form is refused."""
        with self.turns.beside_others():
            page = self._one(SafeSpacePage.objects.all()).get_latest_revision_as_object()
            page.summary = self._stamp()
            try:
                page.save_revision().publish()
            except ValidationError:
                if page.precision == SafeSpacePage.objects.get(pk=page.pk).precision:
                    raise
                raise NothingToDo from None

    def _hides(self, *pages: Page) -> None:
        """Note when the transaction that hides these pages is committed, and look at once, before it is recorded."""

        def note() -> None:
            self._committed = time.monotonic()
            if self.random.random() < 0.5:
                self._glimpse, _cursor = ask_function(Habit(self.name))(None)

        self._hidden += pages
        transaction.on_commit(note)

    # Choosing

    def _one(self, pages: PageQuerySet) -> Page:
        return self._some(pages, 1)[0]

    def _some(self, pages: PageQuerySet, count: int = 0) -> list[Page]:
        """Choose pages and return them in the order of the tree, as the CMS does for a bulk action."""
        keys = list(pages.order_by("pk").values_list("pk", flat=True))
        if len(keys) > HOT >= (count or HOT + 1) and self.random.random() < 0.5:
            keys = keys[:HOT]
        count = count or self.random.randint(2, 5)
        if len(keys) < count:
            raise NothingToDo
        chosen = [page.specific for page in Page.objects.filter(pk__in=self.random.sample(keys, count))]
        if len(chosen) < count:
            raise NothingToDo
        self._touched += chosen
        return chosen

    def _still(self, page: Page) -> Page:
        """Return the page as it is by now; somebody else may have deleted it."""
        found = Page.objects.filter(pk=page.pk).first()
        if found is None:
            raise NothingToDo
        return found.specific

    def _sections(self) -> PageQuerySet:
        return self.random.choice([_real(BestPracticeIndexPage), _real(ToolboxPage)])

    def _elsewhere(self, page: Page, model: type[Page]) -> Page:
        return self._one(_real(model).filter(locale=page.locale_id).exclude(pk=page.get_parent().pk))

    def _missing_locale(self, page: Page) -> Locale:
        there = Page.objects.filter(translation_key=page.translation_key).values("locale")
        missing = Locale.objects.filter(language_code__in=("fr", "ar")).exclude(pk__in=there).order_by("?").first()
        if missing is None:
            raise NothingToDo
        return missing

    # Writing

    def _publish(self, page: Page) -> None:
        edited = page.get_latest_revision_as_object()
        self._write(edited)
        edited.save_revision().publish()

    def _write(self, page: Page) -> None:
        """Put the stamp of this operation into everything that is written together."""
        page.summary = self._stamp()
        if isinstance(page, BestPracticePage):
            page.evidence_method = self._stamp()
            page.context = f"<p>{self._stamp()}</p>"
            rows = list(page.resources.all())
            for row in rows:
                row.to_start = self._stamp()
            page.resources = rows
        else:
            page.introduction = self._stamp()
        if "stamp-" in page.title:
            page.title = f"{page.title.split('stamp-')[0]}{self._stamp()}"

    def _stamp(self) -> str:
        return f"stamp-{self.name}-{len(self.done)}"

    def _slug(self) -> str:
        """A slug stays when the text is written anew: it carries no stamp."""
        return f"place-{self.name}-{len(self.done)}"


def dealt(seed: int, publishers: int) -> list[list[str]]:
    """Deal all kinds of operations to the publishers, so that each is tried, however little time there is."""
    kinds = list(Staff("", 0, Turns(Path())).kinds)
    random.Random(seed).shuffle(kinds)
    return [kinds[number::publishers] for number in range(publishers)]


def hidden_times(operations: list[Operation]) -> tuple[Hidden, ...]:
    """Return when names were hidden for certain: from the commit that hid them to the next beginning of anything."""
    by_name: dict[Name, list[Operation]] = {}
    for one in operations:
        for name in one.names:
            by_name.setdefault(name, []).append(one)
    found = []
    for one in operations:
        for name in one.hides:
            others = [other for other in by_name[name] if other is not one]
            if any(other.began < one.ended and other.ended > one.began for other in others):
                continue
            until = min((other.began for other in others if other.began >= one.ended), default=float("inf"))
            found.append(Hidden(name, one.committed, until))
    return tuple(found)


def counted(operations: list[Operation]) -> Counter[str]:
    """Return how often each kind of operation succeeded."""
    return Counter(one.kind for one in operations if not one.error)


def _name(page: Page) -> Name:
    return str(page.translation_key), page.locale.language_code


def _real(model: type[Page] = Page) -> PageQuerySet:
    """Pages of their own below the homes: no aliases. The map has operations of its own."""
    pages = model.objects.filter(alias_of=None, depth__gt=2)
    return pages.not_type(SafeSpaceIndexPage, OrganisationPage, SafeSpacePage)


def _practices() -> PageQuerySet:
    return _real(BestPracticePage)
