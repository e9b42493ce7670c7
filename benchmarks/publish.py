"""What publishing costs: `page.save_revision().publish()` with our receivers and without, turn by turn."""

import cProfile
import statistics
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_init, post_save, pre_delete, pre_init, pre_save
from wagtail.signals import page_published, published, unpublished

from equalcity.publication import marks
from equalcity.publication.models import Dirty, Publication
from equalcity.publication.record import record
from toolbox_pages.models import BestPracticePage

# The first few fill caches and do not count.
WARM = 3
ROOMS = {"equalcity", "home", "toolbox_pages", "campaign", "safespace_map", "search"}
SIGNALS = (
    pre_init,
    post_init,
    pre_save,
    post_save,
    pre_delete,
    post_delete,
    m2m_changed,
    page_published,
    published,
    unpublished,
)


@dataclass
class Published:
    """How long each publish took, in seconds."""

    ours: list[float] = field(default_factory=list)
    stock: list[float] = field(default_factory=list)
    # After each of ours: marks that are left for the worker, and the seconds that it takes.
    left: list[int] = field(default_factory=list)
    later: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        return statistics.median(self.ours) / statistics.median(self.stock)


@contextmanager
def stock_receivers() -> Iterator[None]:
    """Take away every receiver of ours, so that Wagtail publishes as if it were alone."""
    taken = {signal: [entry for entry in signal.receivers if is_ours(entry)] for signal in SIGNALS}
    try:
        for signal, entries in taken.items():
            with signal.lock:
                signal.receivers = [entry for entry in signal.receivers if entry not in entries]
                signal.sender_receivers_cache.clear()
        yield
    finally:
        for signal, entries in taken.items():
            with signal.lock:
                signal.receivers = [*signal.receivers, *entries]
                signal.sender_receivers_cache.clear()


def is_ours(entry: Any) -> bool:
    """Return whether an entry of a signal is a function of this project."""
    receiver = entry[1]() if isinstance(entry[1], weakref.ref) else entry[1]
    return getattr(receiver, "__module__", "").partition(".")[0] in ROOMS


def measure(field_name: str, practices: tuple[int, ...], times: int) -> Published:
    """Publish `times` practices on either side, each with another value of one field."""
    measured = Published()
    step = max(1, len(practices) // (times + WARM))
    chosen = [practices[(number * step) % len(practices)] for number in range(times + WARM)]
    record()
    for number, pk in enumerate(chosen):
        turns = ("ours", "stock") if number % 2 else ("stock", "ours")
        for turn in turns:
            took = publish_once(turn, field_name, pk, f"{number} {turn}")
            left = Dirty.objects.count()
            began = time.perf_counter()
            record()
            if number < WARM:
                continue
            getattr(measured, turn).append(took)
            if turn == "ours":
                measured.left.append(left)
                measured.later.append(time.perf_counter() - began)
    with marks.recording_postponed():
        marks.mark_pages(chosen)
    record()
    return measured


def publish_once(turn: str, field_name: str, pk: int, mark: str) -> float:
    """Edit and publish one practice as the editor does; return the seconds. Raises `AssertionError`."""
    page = edited(field_name, pk, mark)
    if turn == "ours":
        took = timed(page)
        document = Publication.objects.select_related("body").get(kind="page", object_id=pk).body.document
        if f"#{mark}" not in document:
            raise AssertionError(f"Page {pk} was published, but its publication does not show it.")
    else:
        with stock_receivers():
            took = timed(page)
        if Dirty.objects.exists():
            raise AssertionError("Stock publishing left a mark: it was not stock.")
    return took


def edited(field_name: str, pk: int, mark: str) -> Any:
    """Return the practice with another value of one field, not saved."""
    page: Any = BestPracticePage.objects.get(pk=pk)
    plain = str(getattr(page, field_name)).partition(" #")[0][:200]
    setattr(page, field_name, f"{plain} #{mark}")
    return page


def timed(page: Any, profiler: cProfile.Profile | None = None) -> float:
    """Publish the page; return the seconds. `profiler` looks on."""
    began = time.perf_counter()
    if profiler:
        profiler.enable()
    page.save_revision().publish()
    if profiler:
        profiler.disable()
    return time.perf_counter() - began
