"""A small tree, and the whole demonstration with what it lacks: something hidden, and files with tags."""

import datetime
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from wagtail.models import Page, PageViewRestriction

from equalcity.core.models import CustomImage
from equalcity.publication.record import record
from home.models import HomePage, StandardPage
from tests.campaign.conftest import make_campaign
from tests.factories import (
    AdaptationFactory,
    DocumentFactory,
    ExpertReviewFactory,
    ImageFactory,
    PracticeResourceFactory,
    ResearchIndexPageFactory,
    ResearchPageFactory,
    StandardPageFactory,
    TargetGroupFactory,
    ThemeFactory,
    Tree,
    locale,
    make_tree,
)
from toolbox_pages.models import BestPracticePage, RelatedPage, ResearchRelatedPage


@pytest.fixture(autouse=True)
def visitors(settings: Any) -> None:
    """Stock asks who somebody is when a page is restricted; ours never does."""
    settings.REST_FRAMEWORK = {
        **settings.REST_FRAMEWORK,
        "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    }


@pytest.fixture(autouse=True)
def fresh_counters() -> None:
    """No test is held up by the requests of another."""
    cache.clear()


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[Tree]:
    """A small tree, in a transaction that ends with the module. Tests that change a page read it anew before."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield small_site()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def demo(demonstration: str, django_db_blocker: Any) -> dict[str, object]:
    """The names of pages and texts in the demonstration."""
    with django_db_blocker.unblock():
        return furnish()


def furnish() -> dict[str, object]:
    """Add hidden pages and files, and return the names that the parameters use."""
    home = HomePage.objects.get(locale__language_code="en", depth=2)
    draft = StandardPageFactory(parent=home, title="Draft", live=False)
    hidden = StandardPageFactory(parent=home, title="Hidden")
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    about = StandardPage.objects.get(slug="about", locale=home.locale)
    pictures = [*CustomImage.objects.order_by("pk"), ImageFactory(), ImageFactory()]
    documents = [DocumentFactory(), DocumentFactory(), DocumentFactory()]
    for files in (pictures, documents):
        files[0].tags.add("blue", "room")
        files[1].tags.add("blue")
    about.body = json.dumps(
        [
            *({"type": "picture", "value": {"image": {"image": one.pk, "decorative": True}}} for one in pictures),
            *({"type": "download", "value": {"document": one.pk}} for one in documents),
        ]
    )
    about.save_revision().publish()
    record()
    practice = BestPracticePage.objects.filter(locale=home.locale, pk__in=RelatedPage.objects.values("page")).first()
    assert practice is not None
    guide = practice.get_parent()
    return {
        "home": home.pk,
        "about": about.pk,
        "draft": draft.pk,
        "hidden": hidden.pk,
        "practice": practice.pk,
        "guide": guide.pk,
        "toolbox": guide.get_parent().pk,
        "alias": Page.objects.filter(alias_of=practice).order_by("pk").first().pk,
        "french": practice.get_translations().get(locale__language_code="fr").pk,
        "title": practice.title,
        "slug": practice.slug,
        "moment": practice.first_published_at.isoformat(),
        "picture": pictures[0].pk,
        "document": documents[0].pk,
        "width": pictures[-1].width,
        "height": pictures[-1].height,
        "names": {"images": pictures[0].title, "documents": documents[0].title},
    }


def small_site() -> Tree:
    """Return the tree with everything that answers differ by: inlines, files, translations, aliases, hidden pages."""
    tree = make_tree()
    first, second, third = tree.practices
    image, document = ImageFactory(), DocumentFactory()
    image.tags.add("blue", "room")
    first.themes.add(ThemeFactory(code="disclosure"))
    first.body = json.dumps(
        [
            {"type": "heading", "value": "Before you start"},
            {"type": "text", "value": f'<p>See <a linktype="page" id="{third.pk}">the last</a>.</p>'},
            {"type": "picture", "value": {"image": {"image": image.pk, "decorative": False, "alt_text": "A room"}}},
            {"type": "picture", "value": {"image": {"image": ImageFactory().pk, "decorative": True, "alt_text": ""}}},
            {"type": "download", "value": {"document": document.pk}},
            {"type": "download", "value": {"document": DocumentFactory().pk}},
        ]
    )
    first.show_in_menus = True
    first.seo_title = "Counter"
    first.save()
    ExpertReviewFactory(page=first)
    PracticeResourceFactory(page=first)
    AdaptationFactory(page=first)
    RelatedPage.objects.create(page=first, target=second)
    make_campaign(tree)
    for page in (tree.toolbox, tree.index, first):
        page.refresh_from_db()
        page.copy_for_translation(locale("fr"), copy_parents=True).get_latest_revision().publish()
    for page in Page.objects.filter(depth__gt=1, first_published_at=None, live=True).specific():
        page.save_revision().publish()
    second.refresh_from_db()
    second.copy_for_translation(locale("fr"), copy_parents=True, alias=True)
    hidden = StandardPageFactory(parent=tree.home, title="Hidden")
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    StandardPageFactory(parent=tree.home, title="Draft", live=False)
    add_research(tree, document)
    record()
    return tree


def add_research(tree: Tree, document: Any) -> None:
    """Add a study with a block of every kind, and a plain page in which a project tells of itself."""
    study = ResearchPageFactory(parent=ResearchIndexPageFactory(parent=tree.toolbox), city=tree.city)
    study.target_groups.add(TargetGroupFactory(code="migrant-women"))
    study.started_on = datetime.date(2020, 3, 1)
    study.findings = json.dumps(
        [
            {
                "type": "finding",
                "value": {
                    "title": "Nobody explains twice",
                    "text": f'<p>See <a linktype="page" id="{tree.about.pk}">this</a>.</p>',
                    "strength": "strong",
                    "said_by": 17,
                    "concerns": ["migrant-women"],
                },
            }
        ]
    )
    study.needs = json.dumps([{"type": "need", "value": {"name": "A bed", "named_by": 3, "found": "none", "text": ""}}])
    study.recommendations = json.dumps(
        [{"type": "recommendation", "value": {"title": "Explain", "text": "<p>Again.</p>", "addressee": "All"}}]
    )
    study.instruments = json.dumps(
        [
            {"type": "questions", "value": {"title": "Ten", "introduction": "", "questions": ["Who helps?"]}},
            {"type": "document", "value": {"document": document.pk, "text": ""}},
        ]
    )
    study.services = json.dumps(
        [{"type": "service", "value": {"name": "A", "offers": "B", "number": "116 016", "invented": True}}]
    )
    study.save()
    ResearchRelatedPage.objects.create(page=study, target=tree.about)
    project = StandardPageFactory(parent=tree.home, title="Project")
    project.body = json.dumps(
        [
            {"type": "timeline", "value": {"entries": [{"date": "2019-11", "title": "Start"}]}},
            {"type": "partners", "value": {"partners": [{"name": "A", "url": "https://example.org/"}]}},
            {"type": "funding", "value": {"statement": "The Union paid."}},
            {"type": "contact", "value": {"text": "<p>Call.</p>", "phone": "+32 2 00"}},
        ]
    )
    project.save()
    for page in (study.get_parent().specific, study, project):
        page.refresh_from_db()
        page.save_revision().publish()
