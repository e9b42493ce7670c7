"""Rows of a practice: `ExpertReviewFactory(page=practice)`."""

from factory.django import DjangoModelFactory

from toolbox_pages.models import Adaptation, ExpertReview, PracticeResource


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
