"""A section with two thousand pages below it gets another address."""

import json
import logging
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from equalcity.publication.feed import changes
from equalcity.publication.models import Dirty, Publication, PublicationBody
from equalcity.publication.record import record
from home.models import StandardPage
from tests.factories import StandardPageFactory, Tree

DESCENDANTS = 2_000
A_ROUND_ON_COMMIT = 50


@pytest.fixture
def section(tree: Tree) -> Page:
    """A section with forty pages, and forty-nine below each: page by page that would take minutes."""
    section = StandardPageFactory(parent=tree.home, title="Section", slug="section")
    kind = ContentType.objects.get_for_model(StandardPage)
    now = timezone.now()

    def below(parent: Page, count: int) -> list[Page]:
        made = [
            Page(
                path=Page._get_path(parent.path, parent.depth + 1, n),
                depth=parent.depth + 1,
                title=f"Page {n}",
                draft_title=f"Page {n}",
                slug=f"page-{n}",
                url_path=f"{parent.url_path}page-{n}/",
                content_type=kind,
                locale=section.locale,
                live=True,
                first_published_at=now,
                last_published_at=now,
            )
            for n in range(1, count + 1)
        ]
        made = Page.objects.bulk_create(made)
        rows = [StandardPage(page_ptr=page) for page in made]
        StandardPage.objects.all()._insert(rows, fields=StandardPage._meta.local_concrete_fields, using="default")
        Page.objects.filter(pk=parent.pk).update(numchild=count)
        return made

    for page in below(section, 40):
        below(page, (DESCENDANTS - 40) // 40)
    # As for the tree: what waits for a commit that never comes must not swallow what waits for a later one.
    connection.run_on_commit.clear()
    return section


@pytest.mark.fault
@pytest.mark.timeout(600)
def test_a_renamed_section_redirects_at_once_and_wakes_no_partner(
    section: Page, django_capture_on_commit_callbacks: Any, caplog: Any
) -> None:
    Dirty.objects.bulk_create(
        Dirty(kind="page", object_id=pk) for pk in Page.objects.filter(depth__gt=1).values_list("pk", flat=True)
    )
    record()
    below = Publication.objects.filter(kind="page", path__startswith=section.path, depth__gt=section.depth)
    numbers = dict(below.values_list("key", "seq"))
    assert len(numbers) == DESCENDANTS
    cursor = changes(None, limit=500).next
    while (read := changes(cursor, limit=500)).more:
        cursor = read.next
    cursor = read.next

    with django_capture_on_commit_callbacks(execute=True):
        renamed = StandardPage.objects.get(pk=section.pk)
        renamed.slug = "chapter"
        renamed.save_revision().publish()

    old = "/en/section/page-40/page-49/"
    answer = Client().get(old)
    assert (answer.status_code, answer["Location"]) == (301, "/en/chapter/page-40/page-49/")
    assert Client().get(answer["Location"]).status_code == 200
    assert Dirty.objects.count() > DESCENDANTS - A_ROUND_ON_COMMIT

    with caplog.at_level(logging.INFO, logger="equalcity.publication"):
        record()
    told = [line.getMessage() for line in caplog.records if "objects recorded" in line.getMessage()]
    assert len(told) >= DESCENDANTS // 200 - 1
    assert dict(below.values_list("key", "seq")) == numbers
    news = changes(cursor, limit=500)
    assert [json.loads(item.source)["fields"]["slug"] for item in news.items] == ["chapter"]
    documents = PublicationBody.objects.filter(publication__in=below).values_list("document", flat=True)
    addresses = [json.loads(document)["meta"]["html_url"] for document in documents]
    pages = Page.objects.descendant_of(section)
    assert sorted(below.values_list("url_path", flat=True)) == sorted(pages.values_list("url_path", flat=True))
    assert len(set(addresses)) == DESCENDANTS
    assert all("/en/chapter/page-" in address for address in addresses)
