"""The way up is one query, also where every page above is an alias: its language is its source's."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import RequestFactory
from django.utils import translation

from campaign import context
from tests.factories import ChapterPageFactory, ManualPageFactory, Tree, locale
from toolbox_pages import manual, training


@pytest.mark.parametrize("crumbs", [context.crumbs, manual.crumbs, training.crumbs])
def test_the_way_up_costs_one_query(tree: Tree, crumbs: Callable[..., Any], django_assert_num_queries: Any) -> None:
    chapter = ChapterPageFactory(parent=ManualPageFactory(parent=tree.toolbox, city=tree.city))
    page = chapter.copy_for_translation(locale("fr"), copy_parents=True, alias=True)
    request = RequestFactory().get("/fr/")
    for code, one_page in (("en", chapter), ("fr", page)):
        with translation.override(code):
            crumbs(one_page, request)
            with django_assert_num_queries(1):
                assert [one.language for one in crumbs(one_page, request)] == ["en", "en"]
