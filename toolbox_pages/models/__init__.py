"""Page types of the toolboxes, by subject."""

from toolbox_pages.models.practice import (
    Adaptation,
    BestPracticeIndexPage,
    BestPracticePage,
    ExpertReview,
    PracticeResource,
    RelatedPage,
)
from toolbox_pages.models.toolbox import ToolboxPage
from toolbox_pages.models.training import EvaluationResult, TrainingProgrammePage, TrainingRun
from toolbox_pages.models.training_module import PictureCard, TrainingHandout, TrainingModulePage, TrainingSession

__all__ = [
    "Adaptation",
    "BestPracticeIndexPage",
    "BestPracticePage",
    "EvaluationResult",
    "ExpertReview",
    "PictureCard",
    "PracticeResource",
    "RelatedPage",
    "ToolboxPage",
    "TrainingHandout",
    "TrainingModulePage",
    "TrainingProgrammePage",
    "TrainingRun",
    "TrainingSession",
]
