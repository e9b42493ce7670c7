"""Puts the corpus into an empty, migrated database as published pages, and into the index of its search engine.

Rows are written in bulk, as a restore would: pages, then publications with the documents that recording would have
written, and the terms that they refer to. From there on everything is the product's own: publication -> search document
-> index.
"""

import uuid
from collections.abc import Mapping, Sequence

import orjson
from django.conf import settings
from django.db import connection
from django.utils import timezone
from wagtail.models import Page

from equalcity.core.models.terms import VOCABULARIES
from equalcity.demo.content import NAMESPACE, terms
from equalcity.demo.synonyms import load_synonyms
from equalcity.publication.models import Publication, PublicationBody, PublicationRef
from home.models import StandardPage
from search.backends import database_engine, engines
from search.indexer import documents_of, rebuild
from tests.factories import locale
from tests.relevance.corpus import TAGS, Text
from tests.relevance.vectors import give_vectors

FIRST = 1000  # place below the root, after whatever is there
BATCH = 500


def fill(texts: Sequence[Text]) -> Mapping[int, str]:
    """Publish and index texts, in every engine of this instance; return the key of the text behind each page."""
    load_synonyms()
    _terms()
    pages = _pages(texts)
    index(_publications(texts, pages))
    give_vectors()
    if connection.vendor == "postgresql":
        # A server does so by itself, but not for rows that are not committed, and searches take seconds without.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    for search_server in engines()[1:]:
        rebuild(engine=search_server)
    return {page.pk: text.key for page, text in zip(pages, texts, strict=True)}


def index(publications: Sequence[Publication]) -> None:
    """Write publications into the database's index, as the indexer does."""
    for start in range(0, len(publications), BATCH):
        chosen = [one.pk for one in publications[start : start + BATCH]]
        database_engine().index(documents_of(Publication.objects.filter(pk__in=chosen)))


def _terms() -> None:
    """Write the vocabularies of the demonstration in every language, in bulk as all else here."""
    for order, term in enumerate(terms()):
        if term.vocabulary in {"city", *TAGS}:
            model = VOCABULARIES[term.vocabulary]
            model._default_manager.bulk_create(
                model(
                    translation_key=model.key_for(term.code),
                    locale=locale(language),
                    code=term.code,
                    name=term.name(language),
                    sort_order=order,
                    **term.columns,
                )
                for language, _name in settings.LANGUAGES
            )


def _pages(texts: Sequence[Text]) -> list[StandardPage]:
    root = Page.get_first_root_node()
    pages = []
    for number, text in enumerate(texts):
        page = StandardPage(
            title=text.title[:255],
            draft_title=text.title[:255],
            summary=text.summary,
            other_words=text.other_words,
            introduction=text.body,
            slug=f"relevance-{number}",
            locale=locale(text.language),
            translation_key=uuid.uuid5(NAMESPACE, text.key),
            path=Page._get_path(root.path, 2, FIRST + number),
            depth=2,
        )
        page.url_path = f"/{page.slug}/"
        pages.append(page)
    plain = Page.objects.bulk_create(
        Page(
            **{
                field.attname: getattr(page, field.attname)
                for field in Page._meta.concrete_fields
                if field.name != "id"
            }
        )
        for page in pages
    )
    for page, row in zip(pages, plain, strict=True):
        page.pk = page.id = page.page_ptr_id = row.pk
    # What a page has beside other pages: Django makes no such rows in bulk for a model with a parent.
    own = StandardPage._meta.local_concrete_fields
    for start in range(0, len(pages), BATCH):
        StandardPage.objects.all()._insert(pages[start : start + BATCH], fields=own, using=connection.alias)
    return pages


def _publications(texts: Sequence[Text], pages: Sequence[StandardPage]) -> list[Publication]:
    instance, now = uuid.uuid5(NAMESPACE, "relevance"), timezone.now()
    publications = Publication.objects.bulk_create(
        Publication(
            key=page.translation_key,
            locale=text.language,
            kind="page",
            type=StandardPage._meta.label,
            object_id=page.pk,
            origin_instance=instance,
            origin_key=page.translation_key,
            modified_at=now,
            title=page.title,
            city=text.city,
            evidence=text.evidence,
        )
        for text, page in zip(texts, pages, strict=True)
    )
    bodies = [
        PublicationBody(publication=publication, document=orjson.dumps(_document(text)).decode())
        for text, publication in zip(texts, publications, strict=True)
    ]
    PublicationBody.objects.bulk_create(bodies)
    PublicationRef.objects.bulk_create(
        PublicationRef(publication=publication, kind=kind, name=code)
        for text, publication in zip(texts, publications, strict=True)
        for kind, codes in text.terms.items()
        for code in codes
    )
    return publications


def _document(text: Text) -> dict[str, object]:
    """Return as much of a document as search reads; everything here is an example."""
    return {
        "meta": {"example": True},
        "title": text.title,
        "summary": text.summary,
        "other_words": text.other_words,
        "introduction": text.body,
        "body": [],
    }
