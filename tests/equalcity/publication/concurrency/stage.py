"""The tree that publishers work on: three toolboxes with guides and practices, translated and aliased, and a map."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from wagtail.models import Page

from equalcity.api.keys import issue
from equalcity.api.models import ApiKey
from equalcity.core.models.terms import VOCABULARIES
from equalcity.core.public import public_pages
from equalcity.core.serve import answers
from equalcity.publication import marks
from equalcity.publication.recall import recall
from equalcity.publication.record import record
from tests.equalcity.publication.concurrency.history import Published
from tests.equalcity.publication.concurrency.outcome import Plan
from tests.equalcity.replication.instances import free_port
from tests.factories import (
    BestPracticeIndexPageFactory,
    BestPracticePageFactory,
    CityFactory,
    ExactPlaceFactory,
    PracticeResourceFactory,
    ToolboxPageFactory,
    locale,
    make_tree,
)
from tests.factories.map import make_map
from toolbox_pages.models import BestPracticePage

PRACTICES = 5
PLACES = 5
START_SECONDS = 60
OPTIONS = ["--worker-class=gthread", "--threads=4", "--log-level=error", "--no-control-socket"]


def build() -> str:
    """Make and record the tree; return the key of the toolbox whose subtree some followers ask for."""
    with marks.recording_postponed():
        subtree = _build()
    record()
    return subtree


def _build() -> str:
    tree = make_tree(practices=PRACTICES)
    CityFactory(code="brussels", locale=locale("fr"), name="Bruxelles")
    toolboxes = [tree.toolbox]
    for name in ("Rome", "Gothenburg"):
        toolbox = ToolboxPageFactory(parent=tree.home, city=tree.city, title=f"{name} toolbox")
        guide = BestPracticeIndexPageFactory(parent=toolbox, title=f"Guide of {name}")
        for number in range(PRACTICES):
            BestPracticePageFactory(parent=guide, city=tree.city, title=f"Practice {number} of {name}")
        toolboxes.append(toolbox)
    for practice in Page.objects.filter(content_type__model="bestpracticepage"):
        PracticeResourceFactory(page=practice.specific, locale=practice.locale)
    made = make_map(tree)
    for number in range(PLACES):
        ExactPlaceFactory(
            parent=made.organisation,
            city=tree.city,
            # Without one, a place that was lowered cannot be published again before somebody chooses it.
            district=made.exact.district,
            title=f"Place {number}",
            street=f"{number + 20} Fern Row",
        )
    french, arabic = locale("fr"), locale("ar")
    for toolbox in toolboxes[:2]:
        for page in toolbox.get_descendants(inclusive=True):
            translated = page.specific.copy_for_translation(french, copy_parents=True)
            translated.save_revision().publish()
    for toolbox in toolboxes:
        for page in toolbox.get_descendants():
            page.specific.copy_for_translation(arabic, copy_parents=True, alias=True)
    return str(tree.toolbox.translation_key)


def recall_last() -> None:
    """Recall a practice when nobody publishes any more: no follower may miss it, as what is published again may be."""
    practices = public_pages(BestPracticePage.objects.filter(alias_of=None)).order_by("-pk")
    recall(practices[0].translation_key, by="whoever leaves last")


@contextmanager
def server(plan: Plan) -> Iterator[tuple[int, str]]:
    """Serve the site from a process of its own; yield its port and a partner's key."""
    if plan.together:
        yield 0, ""
        return
    _key, token = issue("A partner", ApiKey.Scope.FEED, None)
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "equalcity.wsgi", f"--bind=127.0.0.1:{port}", *OPTIONS]
    with subprocess.Popen(command) as process:
        try:
            deadline = time.monotonic() + START_SECONDS
            while not answers(f"http://127.0.0.1:{port}"):
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError("The server does not come up.")
                time.sleep(0.2)
            yield port, token
        finally:
            process.terminate()


def published() -> tuple[Published, ...]:
    """Return what should be published now, asked of pages and terms themselves."""
    pages = public_pages(Page.objects.filter(alias_of=None)).select_related("locale")
    keys = dict(Page.objects.filter(depth__gt=1).values_list("path", "translation_key"))
    found = [
        Published(
            key=str(page.translation_key),
            locale=page.locale.language_code,
            title=page.title,
            trail=tuple(
                str(keys[page.path[:end]]) for end in range(2 * page.steplen, len(page.path) + 1, page.steplen)
            ),
        )
        for page in pages
    ]
    for model in VOCABULARIES.values():
        for term in model._default_manager.select_related("locale"):
            found.append(Published(str(term.translation_key), term.locale.language_code, term.name, is_term=True))
    return tuple(found)
