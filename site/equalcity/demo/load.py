"""Loads the demonstration: terms, pages, translations, aliases. Loading it again changes nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.models import Locale, Page

from equalcity.core.models import City, CustomImage, Term
from equalcity.core.models.terms import VOCABULARIES
from equalcity.demo.cards import CARDS, card_picture
from equalcity.demo.content import SOURCE_LANGUAGE, PageRecord, pages, terms
from equalcity.demo.fill.filler import Filler
from equalcity.demo.fill.pages import FILLS, TYPES
from equalcity.demo.fill.pages import fill as fill_page
from equalcity.demo.pictures import COLOURS, city_picture
from equalcity.publication.source import canonical, source_of
from equalcity.translation.translate import write_translation
from equalcity.translation.tree import synchronize
from home.models import HomePage


class NoSourceLanguage(Exception):
    """The content is written in English first; an instance without English cannot hold it."""


@dataclass(frozen=True)
class Loaded:
    """What was written, and what was there already."""

    pages: int = 0
    translations: int = 0
    unchanged: int = 0


def load(progress: Callable[[int, int], None]) -> Loaded:
    """Load everything, page by page, each in a transaction of its own. Raises `NoSourceLanguage`."""
    languages = [code for code, _name in settings.LANGUAGES]
    if SOURCE_LANGUAGE not in languages:
        raise NoSourceLanguage("The demonstration content is written in English: LOCALES must hold en.")
    source = Locale.objects.get(language_code=SOURCE_LANGUAGE)
    records = pages()
    work = [(record, language) for record in records for language in languages if language in record.texts]
    with transaction.atomic():
        filler = Filler(load_terms(languages), skeleton(records, source), load_pictures())
    counts = {"pages": 0, "translations": 0, "unchanged": 0}
    # Pages of the source language first: links in translations need their targets.
    work.sort(key=lambda item: item[1] != SOURCE_LANGUAGE)
    for done, (record, language) in enumerate(work, start=1):
        written = write_source(filler, record) if language == SOURCE_LANGUAGE else translate(filler, record, language)
        kind = "pages" if language == SOURCE_LANGUAGE else "translations"
        counts[kind if written else "unchanged"] += 1
        progress(done, len(work))
    synchronize(source)
    return Loaded(**counts)


def load_terms(languages: list[str]) -> dict[tuple[str, str], Term]:
    """Make every term in every language; return those of the default language, which pages refer to."""
    found: dict[tuple[str, str], Term] = {}
    for order, text in enumerate(terms()):
        model = VOCABULARIES[text.vocabulary]
        for language in languages:
            locale = Locale.objects.get(language_code=language)
            wanted: dict[str, Any] = {
                "name": text.name(language),
                "description": text.description(language),
                "sort_order": order,
                **columns(text.columns, found),
            }
            term = model._default_manager.filter(code=text.code, locale=locale).first() or model(
                code=text.code, locale=locale
            )
            if term.pk is None or any(getattr(term, name) != value for name, value in wanted.items()):
                for name, value in wanted.items():
                    setattr(term, name, value)
                term.save()
            if language == settings.LANGUAGE_CODE:
                found[text.vocabulary, text.code] = term
    return found


def columns(given: dict[str, Any], terms: dict[tuple[str, str], Term]) -> dict[str, Any]:
    """Return the columns of a term as the model holds them: another term by its code, degrees as decimals."""
    read = dict(given)
    if "city" in given:
        read["city"] = terms["city", given["city"]]
    for name in {"latitude", "longitude"} & given.keys():
        read[name] = Decimal(given[name])
    return read


def load_pictures() -> dict[str, CustomImage]:
    """Draw each city's picture and each picture card once."""
    wanted: dict[str, tuple[str, Callable[[], bytes]]] = {
        **{city: (f"Arches in the colours of {city.title()}", partial(city_picture, city)) for city in COLOURS},
        **{f"card-{name}": (f"Picture card: {name}", partial(card_picture, name)) for name in CARDS},
    }
    found = {}
    for key, (title, draw) in wanted.items():
        image = CustomImage.objects.filter(title=title).first()
        if image is None:
            image = CustomImage(title=title, credit="Equal(c)ity", licence="CC BY 4.0")
            image.file = ContentFile(draw(), name=f"{key}.png")
            image.save()
        found[key] = image
    return found


def skeleton(records: list[PageRecord], source: Locale) -> dict[str, Page]:
    """Make every page of the source language as an empty draft, so that links find their targets."""
    found: dict[str, Page] = {}
    for record in records:
        if record.type == "home":
            found[record.key] = HomePage.objects.get(locale=source, depth=2)
            continue
        model = TYPES[record.type]
        page = model.objects.filter(translation_key=record.translation_key, locale=source).first()
        if page is None:
            text = record.texts[SOURCE_LANGUAGE]
            page = model(
                title=text["title"].strip(),
                slug=text["slug"],
                locale=source,
                translation_key=record.translation_key,
                live=False,
            )
            if hasattr(page, "city_id"):
                page.city = City.objects.get(code=record.shared["city"], locale__language_code=settings.LANGUAGE_CODE)
            if begin := FILLS[record.type].begin:
                begin(page, record)
            parent = found[record.parent]
            parent.refresh_from_db()
            parent.add_child(instance=page)
        found[record.key] = page
    return found


def write_source(filler: Filler, record: PageRecord) -> bool:
    """Write and publish one page of the source language; return whether anything changed."""
    with transaction.atomic():
        page: Any = type(filler.pages[record.key]).objects.get(pk=filler.pages[record.key].pk)
        before = canonical(source_of(page))
        fill_page(filler, page, record, SOURCE_LANGUAGE)
        if page.live and canonical(source_of(page)) == before:
            return False
        page.save_revision().publish()
    return True


def translate(filler: Filler, record: PageRecord, language: str) -> bool:
    """Write and publish one translation; no native speaker has checked any of them, and they say so."""
    locale = Locale.objects.get(language_code=language)
    original = filler.pages[record.key]

    def fill(page: Any) -> None:
        fill_page(filler, page, record, language)
        page.machine_translated = True

    there = Page.objects.filter(translation_key=original.translation_key, locale=locale)
    before = there.values_list("latest_revision_id", flat=True).first()
    return write_translation(original, locale, fill, publish=True).latest_revision_id != before
