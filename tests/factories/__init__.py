"""Factories of everything that tests put into the database.

They never surprise: what is not given is the same each time, pages are live, nothing is published through a
revision unless a test does so.
"""

from tests.factories.campaign import (
    CampaignPageFactory,
    CaptionsFactory,
    EventIndexPageFactory,
    EventPageFactory,
    MaterialFileFactory,
    MaterialIndexPageFactory,
    MaterialPageFactory,
    SoundFactory,
    StoryIndexPageFactory,
    StoryPageFactory,
)
from tests.factories.media import (
    DocumentFactory,
    ImageFactory,
)
from tests.factories.pages import (
    BestPracticeIndexPageFactory,
    BestPracticePageFactory,
    ChapterPageFactory,
    HomePageFactory,
    ManualPageFactory,
    ResearchIndexPageFactory,
    ResearchPageFactory,
    StandardPageFactory,
    ToolboxPageFactory,
    TrainingModulePageFactory,
    TrainingProgrammePageFactory,
)
from tests.factories.rows import (
    AdaptationFactory,
    EvaluationResultFactory,
    ExpertReviewFactory,
    GlossaryEntryFactory,
    PictureCardFactory,
    PracticeResourceFactory,
    TrainingHandoutFactory,
    TrainingRunFactory,
    TrainingSessionFactory,
)
from tests.factories.terms import (
    CityFactory,
    CityServiceFactory,
    RoleFactory,
    SettingFactory,
    TargetGroupFactory,
    ThemeFactory,
    locale,
)
from tests.factories.tree import (
    Tree,
    make_locales,
    make_tree,
)
from tests.factories.users import (
    UserFactory,
)

__all__ = [
    "AdaptationFactory",
    "BestPracticeIndexPageFactory",
    "BestPracticePageFactory",
    "CampaignPageFactory",
    "CaptionsFactory",
    "ChapterPageFactory",
    "CityFactory",
    "CityServiceFactory",
    "DocumentFactory",
    "EvaluationResultFactory",
    "EventIndexPageFactory",
    "EventPageFactory",
    "ExpertReviewFactory",
    "GlossaryEntryFactory",
    "HomePageFactory",
    "ImageFactory",
    "ManualPageFactory",
    "MaterialFileFactory",
    "MaterialIndexPageFactory",
    "MaterialPageFactory",
    "PictureCardFactory",
    "PracticeResourceFactory",
    "ResearchIndexPageFactory",
    "ResearchPageFactory",
    "RoleFactory",
    "SettingFactory",
    "SoundFactory",
    "StandardPageFactory",
    "StoryIndexPageFactory",
    "StoryPageFactory",
    "TargetGroupFactory",
    "ThemeFactory",
    "ToolboxPageFactory",
    "TrainingHandoutFactory",
    "TrainingModulePageFactory",
    "TrainingProgrammePageFactory",
    "TrainingRunFactory",
    "TrainingSessionFactory",
    "Tree",
    "UserFactory",
    "locale",
    "make_locales",
    "make_tree",
]
