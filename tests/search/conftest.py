"""A small library to search in, made of real pages that were really recorded."""

from collections.abc import Callable
from typing import Any

import pytest
from wagtail.models import Page

from tests.factories import BestPracticePageFactory, CityFactory, Tree, locale, make_tree
from toolbox_pages.models import BestPracticePage

Publish = Callable[..., BestPracticePage]


@pytest.fixture
def library(db: None) -> Tree:
    """Homes in en, fr and ar, one toolbox and one guide in English, no practice yet."""
    return make_tree(practices=0)


@pytest.fixture
def publish(library: Tree) -> Publish:
    """Make practices: `publish("A title", "fr", city="rome", themes=[theme])`; `settle` then makes them findable."""
    guides: dict[str, Page] = {"en": library.index}

    def guide(code: str) -> Page:
        if code not in guides:
            above = [] if code in library.homes else [library.home]
            for page in (*above, library.toolbox, library.index):
                guides[code] = page.copy_for_translation(locale(code))
                guides[code].live = True
                guides[code].save()
        return guides[code]

    def make(title: str, code: str = "en", *, city: str = "brussels", of: Page | None = None, **fields: Any) -> Any:
        related = {
            name: fields.pop(name)
            for name in ("themes", "roles", "services", "settings", "target_groups")
            if name in fields
        }
        if of is not None:
            fields["translation_key"] = of.translation_key
        page = BestPracticePageFactory(
            parent=guide(code),
            locale=locale(code),
            title=title,
            slug=f"practice-{Page.objects.count()}",
            city=CityFactory(code=city),
            **{"summary": "", "context": "", "aim": "", **fields},
        )
        for name, terms in related.items():
            getattr(page, name).set(terms)
        if related:
            page.save()
        return page

    return make
