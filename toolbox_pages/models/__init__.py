"""Page types of the toolboxes, by subject."""

from toolbox_pages.models.manual import ChapterPage, GlossaryEntry, ManualPage
from toolbox_pages.models.practice import (
    Adaptation,
    BestPracticeIndexPage,
    BestPracticePage,
    ExpertReview,
    PracticeResource,
    RelatedPage,
)
from toolbox_pages.models.toolbox import ToolboxPage

__all__ = [
    "Adaptation",
    "BestPracticeIndexPage",
    "BestPracticePage",
    "ChapterPage",
    "ExpertReview",
    "GlossaryEntry",
    "ManualPage",
    "PracticeResource",
    "RelatedPage",
    "ToolboxPage",
]
