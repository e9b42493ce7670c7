"""A draft with nothing but what must be there is previewed: in every language, for every type of page."""

import datetime
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from wagtail.models import Page

from equalcity.core.models import City, Role
from safespace_map.models import SafeSpacePage
from tests.factories import CityFactory, RoleFactory, Tree, locale

OURS = ("home", "toolbox_pages", "campaign", "safespace_map")
TYPES = [model for app in OURS for model in apps.get_app_config(app).get_models() if issubclass(model, Page)]
LANGUAGES = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]


def least(model: type[Page]) -> dict[str, Any]:
    """Return the least that a form of this type asks for, as short as can be."""
    given: dict[type, Any] = {
        models.CharField: "x",
        models.TextField: "x",
        models.DateField: datetime.date(2037, 6, 3),
        models.TimeField: datetime.time(14),
    }
    terms = {City: CityFactory, Role: RoleFactory}
    made: dict[str, Any] = {"title": "x"}
    if model is SafeSpacePage:
        made["checked_on"] = datetime.date(2026, 6, 3)  # not a day to come
    for field in model._meta.local_concrete_fields:
        if field.blank or field.null or field.has_default() or field.primary_key or field.name in made:
            continue
        if isinstance(field, models.ForeignKey):
            made[field.name] = terms[field.related_model]()
        else:
            made[field.name] = next(value for kind, value in given.items() if isinstance(field, kind))
    return made


def draft(model: type[Page], tree: Tree) -> Page:
    """Make a draft, below drafts as empty as itself where its type needs a parent of another type."""
    above = model.allowed_parent_page_models()
    if type(tree.home) in above:
        parent = tree.home
    elif Page in above:
        parent = tree.root
    else:
        parent = draft(above[0], tree)
    page: Page = model(**least(model), live=False, locale=locale("en"))
    return parent.add_child(instance=page)


@pytest.mark.parametrize("model", TYPES, ids=lambda model: model.__name__)
def test_a_nearly_empty_draft_is_previewed_in_every_language(model: type[Page], tree: Tree) -> None:
    page = draft(model, tree).specific
    pages = {code: page.copy_for_translation(locale(code), copy_parents=True) for code in LANGUAGES if code != "en"}
    for code, shown in {"en": page, **pages}.items():
        answer = shown.specific.make_preview_request()
        assert answer.status_code == 200, code
        text = answer.content.decode()
        # A second home page has no address, and a preview takes its language from there.
        assert not shown.url or f'<html lang="{code}"' in text
        assert text.count("<h1") == 1, code


def test_every_language_and_every_type_is_tried() -> None:
    assert len(LANGUAGES) == 7
    assert len(TYPES) >= 20
