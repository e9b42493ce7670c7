"""Factories of everything that tests put into the database.

They never surprise: what is not given is the same each time, pages are live, nothing is published through a
revision unless a test does so.
"""

from tests.factories.media import DocumentFactory, ImageFactory
from tests.factories.pages import (
    BestPracticeIndexPageFactory,
    BestPracticePageFactory,
    ChapterPageFactory,
    HomePageFactory,
    ManualPageFactory,
    StandardPageFactory,
    ToolboxPageFactory,
)
from tests.factories.rows import AdaptationFactory, ExpertReviewFactory, GlossaryEntryFactory, PracticeResourceFactory
from tests.factories.terms import (
    CityFactory,
    RoleFactory,
    SettingFactory,
    TargetGroupFactory,
    ThemeFactory,
    locale,
)
from tests.factories.tree import Tree, make_locales, make_tree
from tests.factories.users import UserFactory

__all__ = [
    "AdaptationFactory",
    "BestPracticeIndexPageFactory",
    "BestPracticePageFactory",
    "ChapterPageFactory",
    "CityFactory",
    "DocumentFactory",
    "ExpertReviewFactory",
    "GlossaryEntryFactory",
    "HomePageFactory",
    "ImageFactory",
    "ManualPageFactory",
    "PracticeResourceFactory",
    "RoleFactory",
    "SettingFactory",
    "StandardPageFactory",
    "TargetGroupFactory",
    "ThemeFactory",
    "ToolboxPageFactory",
    "Tree",
    "UserFactory",
    "locale",
    "make_locales",
    "make_tree",
]
