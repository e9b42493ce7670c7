"""Manuals and chapters are answered as stock Wagtail API v2 answers them."""

import json

import pytest

from equalcity.publication.record import record
from tests.contract.asking import differing, told
from tests.factories import ChapterPageFactory, GlossaryEntryFactory, ImageFactory, ManualPageFactory, Tree

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.contract.urls")]
MANUAL, CHAPTER = "toolbox_pages.ManualPage", "toolbox_pages.ChapterPage"


def test_lists_and_pages_answer_like_stock(tree: Tree) -> None:
    manual = ManualPageFactory(parent=tree.toolbox, city=tree.city, is_example=True)
    GlossaryEntryFactory(page=manual, also_known_as="disclosures")
    manual.refresh_from_db()
    example = {"title": "A queue", "situation": "A crowd.", "done": "A card.", "learned": "Ask."}
    picture = {"image": {"image": ImageFactory().pk, "decorative": True, "alt_text": ""}, "caption": ""}
    body = [
        {"type": "heading", "value": "Hello"},
        {"type": "do_dont", "value": {"do": ["Wait"], "dont": ["Push", "Shout"]}},
        {"type": "example", "value": example},
        {"type": "picture", "value": picture},
        {"type": "link", "value": {"text": "There", "page": tree.about.pk, "url": ""}},
    ]
    chapter = ChapterPageFactory(parent=manual, body=json.dumps(body))
    for page in (manual, chapter):
        page.refresh_from_db()
        page.save_revision().publish()
    record()
    lists = ["", "&fields=*", "&fields=body", "&fields=_,title", "&order=-title,id", "&search=x"]
    addresses = [f"pages/?type={kind}{query}" for kind in (MANUAL, CHAPTER) for query in lists[:-1]]
    addresses += [f"pages/?type={MANUAL}&fields=glossary(_,word)", f"pages/?child_of={manual.pk}&fields=*"]
    addresses += [f"pages/{page.pk}/" for page in (manual, chapter)]
    assert differing(addresses) == []
    assert told(f"/api/v2/pages/{chapter.pk}/")[1]["body"][1]["value"] == {"do": ["Wait"], "dont": ["Push", "Shout"]}
    assert told(f"/api/v2/pages/{manual.pk}/")[1]["glossary"][0]["word"] == "disclosure"
