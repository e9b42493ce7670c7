"""A public site, and things of every kind that can stand in it hidden.

The site's own pages speak of the hidden ones before these exist: their ids are fixed, so that both worlds, with the
hidden things and without, hold the same public text.
"""

import json
from dataclasses import dataclass, field
from typing import Any

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail_localize.synctree import synchronize_tree

from equalcity.core.models import CustomDocument, CustomImage, Theme
from equalcity.publication import marks
from equalcity.publication.record import record
from search import indexer
from tests.factories import (
    BestPracticeIndexPageFactory,
    BestPracticePageFactory,
    DocumentFactory,
    ImageFactory,
    StandardPageFactory,
    ThemeFactory,
    ToolboxPageFactory,
    Tree,
    locale,
    make_tree,
)
from toolbox_pages.models import RelatedPage

# The word stands in every text of what is hidden and nowhere else.
WORD = "Zephyrkiosk"
PLAIN, BELOW, TOOLBOX, GUIDE, PRACTICE, INNER = range(9001, 9007)
OLD_PATH = "/en/old-kiosk"


@dataclass
class Hidden:
    """What is hidden: the pages of the default language, and everything that came with them."""

    image: CustomImage
    document: CustomDocument
    pages: dict[int, Page] = field(default_factory=dict)

    @property
    def tops(self) -> list[Page]:
        """The pages that stand below public ones."""
        return [self.pages[pk] for pk in (PLAIN, TOOLBOX, PRACTICE)]

    def fresh(self) -> list[Page]:
        """Return the pages as they stand in the database, those of other languages too."""
        keys = [page.translation_key for page in self.pages.values()]
        return list(Page.objects.filter(translation_key__in=keys).order_by("path").specific())


def build() -> Tree:
    """Make what everybody may see: pages in three languages, real translations and aliases, a picture, a document."""
    tree = make_tree()
    first, second, _third = tree.practices
    first.themes.add(ThemeFactory(code="disclosure"))
    ThemeFactory(code="kiosks")
    first.context = (
        f'<p>See <a linktype="page" id="{PRACTICE}">another one</a>, and <a linktype="page" id="{INNER}">that</a>.</p>'
    )
    first.body = json.dumps(
        [
            {"type": "picture", "value": {"image": {"image": ImageFactory().pk, "decorative": True, "alt_text": ""}}},
            {"type": "download", "value": {"document": DocumentFactory().pk}},
            {"type": "link", "value": {"text": "Go on", "page": PLAIN, "url": ""}},
        ]
    )
    first.save()
    RelatedPage.objects.create(page=first, target=second)
    tree.about.body = json.dumps(
        [
            {"type": "link", "value": {"text": "Go on", "page": TOOLBOX, "url": ""}},
            {"type": "text", "value": f'<p>And <a linktype="page" id="{BELOW}">below</a>.</p>'},
        ]
    )
    tree.about.save()
    for page in (tree.toolbox, tree.index, first):
        page.refresh_from_db()
        page.copy_for_translation(locale("fr"), copy_parents=True).get_latest_revision().publish()
    fill()
    for page in Page.objects.filter(depth__gt=1, live=True, first_published_at=None, alias_of=None).specific():
        page.save_revision().publish()
    settle()
    return tree


def fill() -> None:
    """Make an alias of every page that a language lacks."""
    for code in ("fr", "ar"):
        synchronize_tree(locale("en"), locale(code))


def settle() -> None:
    """Record every mark and bring the index up to date."""
    record()
    indexer.update()


def render_again() -> None:
    """Record everything anew: whatever stands beside it now could get into it."""
    marks.mark_pages(list(Page.objects.filter(depth__gt=1).order_by("pk").values_list("pk", flat=True)))
    settle()


def add(tree: Tree, *, first: bool = False) -> Hidden:
    """Add drafts of every kind to a public site, with files of their own.

    `first`: before their siblings, whose place in the database changes with that.
    """
    image, document = ImageFactory(title=f"{WORD} picture"), DocumentFactory(title=f"{WORD} leaflet")
    image.get_rendition("width-1200|format-webp")  # as a preview in the CMS does
    hidden = Hidden(image=image, document=document)
    body = json.dumps(
        [
            {"type": "heading", "value": f"{WORD} inside"},
            {"type": "picture", "value": {"image": {"image": image.pk, "decorative": True, "alt_text": ""}}},
            {"type": "download", "value": {"document": document.pk}},
        ]
    )
    common: dict[str, Any] = {"live": False, "show_in_menus": True, "summary": f"{WORD} in short", "body": body}
    practice = {"city": tree.city, "context": f"<p>{WORD} text</p>", "live": False, "summary": WORD, "body": body}
    plans = (
        (PLAIN, StandardPageFactory, tree.home, f"{WORD} plain", common),
        (BELOW, StandardPageFactory, PLAIN, f"{WORD} below", common),
        (TOOLBOX, ToolboxPageFactory, tree.home, f"{WORD} toolbox", {**common, "city": tree.city, "audience": WORD}),
        (GUIDE, BestPracticeIndexPageFactory, TOOLBOX, f"{WORD} guide", {"live": False, "introduction": WORD}),
        (PRACTICE, BestPracticePageFactory, tree.index, f"{WORD} practice", practice),
        (INNER, BestPracticePageFactory, GUIDE, f"{WORD} inner", practice),
    )
    for pk, factory, above, title, columns in plans:
        parent = hidden.pages[above] if isinstance(above, int) else above
        hidden.pages[pk] = factory(parent=parent, pk=pk, title=title, **columns)
    for pk in (PRACTICE, INNER):
        hidden.pages[pk].themes.add(Theme.objects.get(code="kiosks", locale=locale()))
    if first:
        for page in hidden.tops:
            page.refresh_from_db()
            page.move(page.get_parent(), pos="first-child")
    for page in hidden.pages.values():
        page.refresh_from_db()
        page.save_revision()
    Redirect.add_redirect(OLD_PATH, redirect_to=hidden.pages[PRACTICE])
    return hidden


def publish(hidden: Hidden) -> None:
    """Publish all of it, as an editor does."""
    for page in hidden.pages.values():
        page.refresh_from_db()
        page.specific.save_revision().publish()


def relate(tree: Tree, hidden: Hidden) -> None:
    """Let a public practice name hidden ones among those it is used with, after the public one it names already."""
    for order, pk in enumerate((PRACTICE, PLAIN, INNER), start=1):
        RelatedPage.objects.create(page=tree.practices[0], target_id=pk, sort_order=order)
    tree.practices[0].specific_class.objects.get(pk=tree.practices[0].pk).save()
