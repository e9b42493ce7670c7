"""How the list of safe spaces grows: its page with 5,000 places beside its page with 10, in the same run.

`python -m benchmarks.places` builds both in a test database (SQLite, or `DATABASE_URL`), asks for the page in the same
process, and prints the medians with their ratio. At most 3 times is asked for. Unfiltered, and asked with every filter.
What was measured goes to `results/places.md`, a section for each kind of database.
"""

import copy
import datetime
import os
import statistics
import sys
import tempfile
import time
import uuid
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SIZES = (10, 5000)
ROUNDS = 15
GOAL = 3.0


def main() -> int:
    """Measure; return 1 where the goal is missed."""
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(DJANGO_SETTINGS_MODULE="equalcity.settings.test", EQUALCITY_HOME=home)
        sys.path[:0] = [str(ROOT), str(ROOT / "site")]
        import django

        django.setup()
        from django.test.utils import get_runner, setup_test_environment

        setup_test_environment()
        runner = get_runner(django.conf.settings)(verbosity=0, interactive=False)
        databases = runner.setup_databases()
        try:
            return report(measure())
        finally:
            runner.teardown_databases(databases)


def measure() -> dict[str, dict[int, float]]:
    """Return the median processor time of each question at each size, in milliseconds; others may be busy here too."""
    from django.test import Client

    from safespace_map.asking import Asked
    from tests.factories import make_tree
    from tests.factories.map import make_map

    made = make_map(make_tree())
    asked = Asked(city="brussels", near="brussels-north", language="fr", when="at", day="2027-06-07", time="10:00")
    paths = {"all": made.index.url, "filtered": f"{made.index.url}?s={asked.token}"}
    client = Client()
    found: dict[str, dict[int, float]] = {name: {} for name in paths}
    for size in SIZES:
        multiply(made.exact, size)
        for name, path in paths.items():
            times = []
            for _round in range(ROUNDS + 2):
                begun = time.process_time()
                assert client.get(path).status_code == 200  # noqa: S101
                times.append((time.process_time() - begun) * 1000)
            found[name][size] = statistics.median(times[2:])
    return found


def multiply(place: Any, size: int) -> None:
    """Publish the place under other names until there are `size`, as recording would have left it."""
    from wagtail.models import Page

    from equalcity.publication.models import Publication, PublicationBody
    from safespace_map.places import PLACE

    there = Publication.objects.filter(type=PLACE).count()
    model = Publication.objects.get(type=PLACE, object_id=place.pk)
    body = PublicationBody.objects.get(publication=model)
    base = Page.objects.get(pk=place.pk)
    steps = range(there + 100, size + 100)
    keys = [uuid.uuid4() for _step in steps]
    pages = []
    for step, key in zip(steps, keys, strict=True):
        page = copy.copy(base)
        page.pk = page.id = None
        page._state = copy.copy(base._state)
        page._state.adding = True
        page.path = base.path[:-4] + Page._int2str(step).rjust(4, "0")
        page.slug, page.translation_key = f"place-{step}", key
        page.url_path = f"{base.url_path[:-1]}-{step}/"
        page.latest_revision = page.live_revision = None
        pages.append(page)
    Page.objects.bulk_create(pages)
    ids = dict(Page.objects.filter(slug__startswith="place-").values_list("translation_key", "pk"))
    rows = []
    for page, key in zip(pages, keys, strict=True):
        row = copy.copy(model)
        row._state = copy.copy(model._state)
        row.pk = row.id = None
        row.key = row.origin_key = key
        row.object_id, row.path, row.slug, row.url_path = ids[key], page.path, page.slug, page.url_path
        row.seq, row.document_etag = None, uuid.uuid4().hex
        rows.append(row)
    Publication.objects.bulk_create(rows)
    own = dict(Publication.objects.filter(type=PLACE).values_list("key", "pk"))
    PublicationBody.objects.bulk_create(
        PublicationBody(publication_id=own[key], document=body.document, source=body.source) for key in keys
    )


def report(found: dict[str, dict[int, float]]) -> int:
    """Print the medians and their ratios, and keep them; return 1 where one is above the goal."""
    from django.db import connection

    from benchmarks.report import RESULTS, commit

    small, large = SIZES
    ratios = {name: times[large] / times[small] for name, times in found.items()}
    lines = [
        f"| {name} | {times[small]:.1f} ms | {times[large]:.1f} ms | {ratios[name]:.2f} | at most {GOAL:g} |\n"
        for name, times in found.items()
    ]
    today = datetime.datetime.now(datetime.UTC).date()
    section = (
        f"## {connection.vendor}\n\n{today}, commit {commit()}, median processor time of {ROUNDS} requests.\n\n"
        f"| question | {small} places | {large} places | ratio | asked for |\n|---|---:|---:|---:|---:|\n"
        + "".join(lines)
    )
    sys.stdout.write(section)
    path = RESULTS / "places.md"
    kept = path.read_text("utf-8").split("\n## ")[1:] if path.exists() else []
    others = ["## " + one.rstrip("\n") + "\n" for one in kept if one.split("\n")[0] != connection.vendor]
    path.write_text("\n".join(["# The list of safe spaces as it grows\n", *sorted([*others, section])]), "utf-8")
    return int(max(ratios.values()) > GOAL)


if __name__ == "__main__":
    sys.exit(main())
