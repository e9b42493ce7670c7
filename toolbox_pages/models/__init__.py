"""Page types of the toolboxes, by subject."""

from toolbox_pages.models.practice import BestPracticeIndexPage, BestPracticePage
from toolbox_pages.models.practice_rows import (
    Adaptation,
    ExpertReview,
    PracticeAttachment,
    PracticeResource,
    RelatedPage,
)
from toolbox_pages.models.toolbox import ToolboxPage

__all__ = [
    "Adaptation",
    "BestPracticeIndexPage",
    "BestPracticePage",
    "ExpertReview",
    "PracticeAttachment",
    "PracticeResource",
    "RelatedPage",
    "ToolboxPage",
]
