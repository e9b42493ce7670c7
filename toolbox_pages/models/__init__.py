"""Page types of the toolboxes, by subject."""

from toolbox_pages.models.manual import (
    ChapterPage,
    GlossaryEntry,
    ManualPage,
)
from toolbox_pages.models.practice import (
    BestPracticeIndexPage,
    BestPracticePage,
)
from toolbox_pages.models.practice_rows import (
    Adaptation,
    ExpertReview,
    PracticeAttachment,
    PracticeResource,
    RelatedPage,
)
from toolbox_pages.models.research import (
    ResearchIndexPage,
    ResearchPage,
    ResearchRelatedPage,
)
from toolbox_pages.models.toolbox import (
    ToolboxPage,
)
from toolbox_pages.models.training import (
    EvaluationResult,
    TrainingProgrammePage,
    TrainingRun,
)
from toolbox_pages.models.training_module import (
    PictureCard,
    TrainingHandout,
    TrainingModulePage,
    TrainingSession,
)

__all__ = [
    "Adaptation",
    "BestPracticeIndexPage",
    "BestPracticePage",
    "ChapterPage",
    "EvaluationResult",
    "ExpertReview",
    "GlossaryEntry",
    "ManualPage",
    "PictureCard",
    "PracticeAttachment",
    "PracticeResource",
    "RelatedPage",
    "ResearchIndexPage",
    "ResearchPage",
    "ResearchRelatedPage",
    "ToolboxPage",
    "TrainingHandout",
    "TrainingModulePage",
    "TrainingProgrammePage",
    "TrainingRun",
    "TrainingSession",
]
