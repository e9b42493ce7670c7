"""The content that is measured: the demonstration's toolboxes and guides, and generated practices, in every language.

Page rows are written in bulk, as a restore would; everything that the product derives from them (publications, our
search index) and that Wagtail derives is derived by their own code afterwards.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import get_all_child_relations
from wagtail.models import COMMENTS_RELATION_NAME, Locale, Page

from benchmarks import texts
from equalcity.demo.content import PageRecord, pages
from equalcity.demo.fill.filler import Filler
from equalcity.demo.fill.pages import TYPES, fill
from equalcity.demo.load import load_pictures, load_terms
from equalcity.publication import marks
from equalcity.publication.models import Dirty
from home.models import HomePage

CHUNK = 50
INDEXED_AT_ONCE = 200

Say = Callable[[str], None]


def build(practices: int, languages: list[str], seed: int, say: Say) -> None:
    """Fill an empty, migrated database with pages that nobody has recorded yet."""
    with marks.recording_postponed():
        call_command("init_site", verbosity=0)
        tree = Tree(languages)
        skeleton = [one for one in pages() if one.type in {"toolbox", "practice_index"}]
        for one in skeleton:
            tree.write(one)
        guides = [(one.key, one.shared["city"]) for one in skeleton if one.type == "practice_index"]
        for start in range(0, practices, CHUNK):
            with transaction.atomic():
                for number in range(start, min(start + CHUNK, practices)):
                    guide, city = guides[number % len(guides)]
                    related = [f"bench-{other}" for other in (number - 4, number - 8, number - 12) if other >= 0]
                    tree.write(texts.practice(number, guide, city, related, languages, seed))
            if start % (CHUNK * 10) == 0:
                say(f"Practices: {start} of {practices}")
        tree.count_children()
    Dirty.objects.all().delete()
    say("Wagtail's search index ...")
    # A thousand pages at once, as it would take, are more parameters than a statement of PostgreSQL may have.
    call_command("update_index", verbosity=0, chunk_size=INDEXED_AT_ONCE)
    say("Wagtail's reference index ...")
    call_command("rebuild_references_index", verbosity=0)


class Tree:
    """Writes pages below the homes, each in every language, in the order in which they come."""

    def __init__(self, languages: list[str]) -> None:
        self.locales = {language: Locale.objects.get(language_code=language) for language in languages}
        homes = {home.locale.language_code: home for home in HomePage.objects.select_related("locale")}
        self.pages: dict[tuple[str, str], Page] = {("home", language): homes[language] for language in languages}
        self.children: dict[int, int] = defaultdict(int)
        # As in the demonstration, references lead to the original; what is not here is the home page.
        originals: dict[str, Page] = defaultdict(lambda: homes[languages[0]])
        self.filler = Filler(load_terms(languages), originals, load_pictures())
        self.day = timezone.now().replace(microsecond=0) - datetime.timedelta(days=1000)

    def write(self, written: PageRecord) -> None:
        """Write one page in every language."""
        for language, locale in self.locales.items():
            parent = self.pages[written.parent, language]
            self.children[parent.pk] += 1
            page: Any = TYPES[written.type](locale=locale, translation_key=written.translation_key)
            fill(self.filler, page, written, language)
            page.depth = parent.depth + 1
            page.path = Page._get_path(parent.path, page.depth, self.children[parent.pk])
            page.url_path = f"{parent.url_path}{page.slug}/"
            page.draft_title = page.title
            page.machine_translated = language != next(iter(self.locales))
            page.first_published_at = page.last_published_at = self.day
            insert(page)
            self.pages[written.key, language] = page
            self.filler.pages.setdefault(written.key, page)
        self.day += datetime.timedelta(minutes=5)

    def count_children(self) -> None:
        for pk, count in self.children.items():
            Page.objects.filter(pk=pk).update(numchild=count)


def insert(page: Page) -> None:
    """Write the rows of a page that knows its place; `raw` writes one table and tells no receiver."""
    plain = Page(**{one.attname: getattr(page, one.attname) for one in Page._meta.concrete_fields})
    plain.save_base(raw=True, force_insert=True)
    page.pk = page.id = page.page_ptr_id = plain.pk
    page.save_base(raw=True, force_insert=True)
    for field in page._meta.many_to_many:
        if isinstance(field, ParentalManyToManyField):
            through, here, there = field.remote_field.through, field.m2m_field_name(), field.m2m_reverse_field_name()
            through._default_manager.bulk_create(
                through(**{f"{here}_id": page.pk, f"{there}_id": term.pk}) for term in getattr(page, field.name).all()
            )
    for relation in get_all_child_relations(type(page)):
        name = relation.get_accessor_name()
        if name == COMMENTS_RELATION_NAME or not hasattr(relation.related_model, "translation_key"):
            continue
        rows = list(getattr(page, name).all())
        for row in rows:
            row.page_id = page.pk
        relation.related_model._default_manager.bulk_create(rows)
