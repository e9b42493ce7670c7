"""Rows of a practice, a manual or a training: `ExpertReviewFactory(page=practice)`."""

import datetime
from decimal import Decimal

from factory import LazyAttribute
from factory.django import DjangoModelFactory

from toolbox_pages.models import (
    Adaptation,
    EvaluationResult,
    ExpertReview,
    GlossaryEntry,
    PictureCard,
    PracticeResource,
    TrainingHandout,
    TrainingRun,
    TrainingSession,
)


class PracticeResourceFactory(DjangoModelFactory):
    class Meta:
        model = PracticeResource

    kind = PracticeResource.Kind.PEOPLE
    to_start = "One coordinator, one day a week"
    each_year = "Half a day a month"


class ExpertReviewFactory(DjangoModelFactory):
    class Meta:
        model = ExpertReview

    reviewer_role = "Social worker"
    relevance = 5
    replicability = 4
    practical_use = 3
    comment = "Needs one room with a door."


class AdaptationFactory(DjangoModelFactory):
    class Meta:
        model = Adaptation

    place = "Example City"
    year = 2025
    what_changed = "The counter became a library desk."
    why = "People spend hours there already."


class TrainingSessionFactory(DjangoModelFactory):
    class Meta:
        model = TrainingSession

    title = "A hundred beans"
    minutes = 40
    method = TrainingSession.Method.EXERCISE
    materials = "Beans, list of tasks"
    activity = "Lay a hundred beans on tasks."
    note = "Point to it kindly."


class TrainingHandoutFactory(DjangoModelFactory):
    class Meta:
        model = TrainingHandout

    title = "Four sentences"
    text = "Thank you for telling me.\nIt is not your fault."


class PictureCardFactory(DjangoModelFactory):
    class Meta:
        model = PictureCard

    title = "The door"
    alt_text = "A door that stands half open."
    talking_points = "Who may go out?\nWho waits?"


class TrainingRunFactory(DjangoModelFactory):
    class Meta:
        model = TrainingRun

    audience = "Police"
    starts_on = datetime.date(2021, 4, 1)
    ends_on = datetime.date(2021, 6, 30)
    precision = TrainingRun.Precision.MONTH


class EvaluationResultFactory(DjangoModelFactory):
    class Meta:
        model = EvaluationResult

    question = "I know what to say first."
    scale = "1 = not at all true, 5 = very true"
    n_before = 24
    before = Decimal("2.6")
    n_after = 22
    after = Decimal("3.9")


class GlossaryEntryFactory(DjangoModelFactory):
    class Meta:
        model = GlossaryEntry

    locale = LazyAttribute(lambda entry: entry.page.locale)
    word = "disclosure"
    definition = "When somebody tells you of violence."
