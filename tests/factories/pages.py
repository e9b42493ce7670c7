"""Pages: `BestPracticePageFactory(parent=index, title="A warm handover")`."""

from typing import Any

import wagtail_factories
from django.utils.text import slugify
from factory import LazyAttribute, SubFactory
from wagtail.models import Page

from home.models import HomePage, StandardPage
from tests.factories.terms import CityFactory, locale
from toolbox_pages.models import (
    BestPracticeIndexPage,
    BestPracticePage,
    ChapterPage,
    ManualPage,
    ResearchIndexPage,
    ResearchPage,
    ToolboxPage,
    TrainingModulePage,
    TrainingProgrammePage,
)


class BasePageFactory(wagtail_factories.PageFactory):
    class Meta:
        abstract = True

    title = "A page"
    slug = LazyAttribute(lambda page: slugify(page.title))
    summary = LazyAttribute(lambda page: f"{page.title}, in short.")

    @classmethod
    def _create_instance(cls, model_class: type[Page], parent: Page, kwargs: dict[str, Any]) -> Page:
        # treebeard counts children on the object in memory, which other factories may have left behind.
        parent.refresh_from_db()
        page = model_class(**kwargs)
        if page.locale_id is None:
            page.locale = parent.locale
        parent.add_child(instance=page)
        return page


class HomePageFactory(BasePageFactory):
    """One language's home; the default parent is the root of all pages."""

    class Meta:
        model = HomePage

    parent = LazyAttribute(lambda home: Page.get_first_root_node())
    locale = LazyAttribute(lambda home: locale())
    title = "Equal(c)ity"
    slug = LazyAttribute(lambda home: home.locale.language_code)
    summary = ""
    hero_title = "You have the right to be safe, wherever you come from."
    hero_lead = "Four cities worked on preventing violence. Use what they learned."
    hero_search_hint = "Try safer space or first meeting."


class StandardPageFactory(BasePageFactory):
    class Meta:
        model = StandardPage

    title = "About the project"
    introduction = "What this is, and who made it."


class ToolboxPageFactory(BasePageFactory):
    class Meta:
        model = ToolboxPage

    title = "Brussels toolbox"
    city = SubFactory(CityFactory)
    audience = "For LGBTQIA+ people with a migration background"
    partner_line = "With a community organisation"
    introduction = "What the toolbox holds."


class BestPracticeIndexPageFactory(BasePageFactory):
    class Meta:
        model = BestPracticeIndexPage

    title = "Guide of best practices"
    introduction = "Practices that other cities can take over."


class BestPracticePageFactory(BasePageFactory):
    class Meta:
        model = BestPracticePage

    title = "A safer space at the counter"
    city = SubFactory(CityFactory)
    context = "<p>People who lived through violence meet a public service for another reason first.</p>"
    aim = "<p>Anyone can ask for help with one sentence.</p>"
    months = 4
    budget_band = BestPracticePage.Budget.TO_15K
    evidence_level = BestPracticePage.Evidence.GOOD


class TrainingProgrammePageFactory(BasePageFactory):
    class Meta:
        model = TrainingProgrammePage

    title = "Talking with parents"
    city = SubFactory(CityFactory)
    audience = "Professionals who lead groups of parents."
    version = "5 modules, 2021"
    objectives = "<ul><li>Lead a talk.</li></ul>"
    prerequisites = "<p>Child care next door.</p>"
    group_from = 8
    group_to = 14


class TrainingModulePageFactory(BasePageFactory):
    class Meta:
        model = TrainingModulePage

    title = "Roles within the family"
    objectives = "<p>Speak about work at home.</p>"


class ResearchIndexPageFactory(BasePageFactory):
    class Meta:
        model = ResearchIndexPage

    title = "Research"
    introduction = "What was studied."


class ResearchPageFactory(BasePageFactory):
    class Meta:
        model = ResearchPage

    title = "Mapping of needs"
    kind = ResearchPage.Kind.NEEDS_MAPPING
    city = SubFactory(CityFactory)
    method = "<p>Conversations of 45 minutes.</p>"
    participants = 24
    participants_counted = "women interviewed"


class ManualPageFactory(BasePageFactory):
    class Meta:
        model = ManualPage

    title = "Running a safer space"
    city = SubFactory(CityFactory)
    audience = "For the team of a public service"
    introduction = "How to set up a safer space, and keep it going."


class ChapterPageFactory(BasePageFactory):
    """A chapter with two sections, of which the second uses no glossary word."""

    class Meta:
        model = ChapterPage

    title = "The first contact"
    body = [
        ("heading", "Say hello"),
        ("text", "<p>A disclosure may come at once.</p>"),
        ("heading", "Say goodbye"),
        ("checklist", ["A date is fixed"]),
    ]
