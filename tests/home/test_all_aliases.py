"""Every type of page, read where all of it is an alias: its text, language and rows are its source's.

The counts beside each feature go up to thirty of a thing in its own language, where an alias's source is never asked
for. Here few are enough: what is looked up once for each shows with the second.
"""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from equalcity.translation.tree import synchronize
from tests.campaign.conftest import Campaign, make_campaign
from tests.campaign.test_pages import more as more_of_the_campaign
from tests.counting import queries
from tests.factories import (
    AdaptationFactory,
    BestPracticePageFactory,
    ChapterPageFactory,
    CityFactory,
    DocumentFactory,
    GlossaryEntryFactory,
    ImageFactory,
    ManualPageFactory,
    PictureCardFactory,
    ResearchIndexPageFactory,
    ResearchPageFactory,
    StandardPageFactory,
    TrainingHandoutFactory,
    TrainingModulePageFactory,
    TrainingProgrammePageFactory,
    TrainingSessionFactory,
    Tree,
    locale,
)
from toolbox_pages.models import RelatedPage, ResearchRelatedPage


@dataclass
class Whole:
    """A page of each type that grows."""

    tree: Tree
    campaign: Campaign
    manual: Any
    programme: Any
    research: Any
    study: Any
    made: int = 0

    def grow(self, wanted: int) -> None:
        while self.made < wanted:
            self.made += 1
            self.add(self.made)
        synchronize(locale("en"))
        changed = [self.tree.practices[0], self.manual, self.programme, self.study, self.campaign.material]
        for page in [*changed, *self.programme.get_children()]:
            Page.objects.get(pk=page.pk).specific.update_aliases()

    def add(self, n: int) -> None:
        tree, practice, city = self.tree, self.tree.practices[0], CityFactory(code=f"place-{n}")
        other = BestPracticePageFactory(parent=tree.index, city=city, title=f"Other {n}")
        AdaptationFactory(page=practice, city=city, adapted_page=other)
        AdaptationFactory(page=other, adapted_page=practice)
        RelatedPage.objects.create(page=practice, target=other)
        StandardPageFactory(parent=tree.toolbox, title=f"Plain {n}")
        GlossaryEntryFactory(page=self.manual, word=f"word{n}")
        picture = ImageFactory(title=f"p{n}")
        picture.contextual_alt_text, picture.decorative = "", True
        body = [("heading", "One"), ("text", f"<p>word{n}</p>"), ("picture", {"image": picture, "caption": ""})]
        ChapterPageFactory(parent=self.manual, title=f"Chapter {n}", body=body)
        module = TrainingModulePageFactory(parent=self.programme, title=f"Module {n}")
        for page in {module, self.programme.get_children().first().specific}:
            TrainingSessionFactory(page=page)
            TrainingHandoutFactory(page=page, document=DocumentFactory())
            PictureCardFactory(page=page, image=ImageFactory())
        TrainingProgrammePageFactory(parent=tree.toolbox, title=f"Version {n}", city=tree.city, series="one")
        ResearchPageFactory(parent=self.research, title=f"Study {n}", city=city)
        ResearchRelatedPage.objects.create(page=self.study, target=other)
        more_of_the_campaign(self.campaign, 100 + n)

    def paths(self) -> list[str]:
        """Return the French addresses of a page of each type, and of what is printed of it."""
        c = self.campaign
        pages = [
            *(self.tree.toolbox, self.tree.index, self.tree.practices[0], self.manual, self.programme),
            *(self.manual.get_children().first(), self.programme.get_children().first(), self.research, self.study),
            *(c.page, c.stories, c.story, c.events, c.event, c.materials, c.material),
        ]
        printed = [self.tree.practices[0], self.manual, self.programme, self.programme.get_children().first()]
        found = [page.url for page in pages] + [f"{page.url}print/" for page in printed]
        return [path.replace("/en/", "/fr/") for path in found]


@pytest.fixture
def whole(tree: Tree) -> Whole:
    programme = TrainingProgrammePageFactory(parent=tree.toolbox, city=tree.city, series="one")
    research = ResearchIndexPageFactory(parent=tree.toolbox)
    manual = ManualPageFactory(parent=tree.toolbox, city=tree.city)
    study = ResearchPageFactory(parent=research, city=tree.city)
    return Whole(tree, make_campaign(tree), manual, programme, research, study)


def test_two_and_four_aliases_cost_the_same(whole: Whole, client: Client) -> None:
    """Two, because the first module has a neighbour from the second on."""
    costs = {}
    for wanted in (2, 4):
        whole.grow(wanted)
        costs[wanted] = {path: queries(client, path) for path in whole.paths()}
    assert costs[4] == costs[2]
