"""Rows of a practice or a manual: `ExpertReviewFactory(page=practice)`."""

from factory import LazyAttribute
from factory.django import DjangoModelFactory

from toolbox_pages.models import Adaptation, ExpertReview, GlossaryEntry, PracticeResource


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


class GlossaryEntryFactory(DjangoModelFactory):
    class Meta:
        model = GlossaryEntry

    locale = LazyAttribute(lambda entry: entry.page.locale)
    word = "disclosure"
    definition = "When somebody tells you of violence."
