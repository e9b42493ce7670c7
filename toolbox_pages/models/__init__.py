"""Page types of the toolboxes, by subject."""

from toolbox_pages.models.practice import (
    Adaptation,
    BestPracticeIndexPage,
    BestPracticePage,
    ExpertReview,
    PracticeResource,
    RelatedPage,
)
from toolbox_pages.models.research import ResearchIndexPage, ResearchPage, ResearchRelatedPage
from toolbox_pages.models.toolbox import ToolboxPage

__all__ = [
    "Adaptation",
    "BestPracticeIndexPage",
    "BestPracticePage",
    "ExpertReview",
    "PracticeResource",
    "RelatedPage",
    "ResearchIndexPage",
    "ResearchPage",
    "ResearchRelatedPage",
    "ToolboxPage",
]
