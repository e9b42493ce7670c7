"""A guard against a fault upstream: drafts with new rows cannot be copied into another language.

A page that is not live is copied from its latest revision. Rows that were added in that revision have no primary key
yet, and Wagtail overlooks such rows when it gives the copies their language: saving them breaks a unique constraint.
`tests/equalcity/translation/test_upstream.py` shows that it still does.
"""

from modelcluster.models import get_all_child_relations
from wagtail.models import Page


def save_rows_of_draft(page: Page) -> None:
    """Store the latest revision of a page that nobody can see, so that all its rows have keys."""
    revision = page.get_latest_revision()
    if page.live or revision is None:
        return
    relations = [relation.get_accessor_name() for relation in get_all_child_relations(type(page))]
    if any(row.get("pk") is None for name in relations for row in revision.content.get(name) or ()):
        draft = revision.as_object()
        draft.save()
        draft.save_revision(clean=False)
