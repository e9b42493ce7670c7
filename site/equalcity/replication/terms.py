"""Terms of peers. Our own term wins over a foreign one with the same code; a foreign one keeps its origin's labels."""

import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from wagtail.models import Locale

from equalcity.core.models import VOCABULARIES, District, Term
from equalcity.publication.references import TERM
from equalcity.publication.source import content_fields
from equalcity.replication.schema import FeedItem, Refused, Source, term_types


def take_term(item: FeedItem, source: Source) -> bool:
    """Bring the labels of a foreign term up to date; return whether anything was written.

    Pages refer to the term of the default language. Where a peer has no label in ours, the first label that it
    offers stands in. Raises `Refused`.
    """
    model = term_types()[item.type]
    said = source["fields"]
    values = {one.name: _value(one, said[one.name], item) for one in content_fields(model) if one.name in said}
    code = str(values.get("code", ""))
    known = model._default_manager.filter(code=code).select_related("locale")
    present = {term.locale.language_code: term for term in known}
    if any(term.origin != item.origin_instance for term in present.values()):
        return False
    written = False
    for language in {item.locale, settings.LANGUAGE_CODE}:
        term = present.get(language)
        stands_in = language != item.locale
        if stands_in and term is not None and term.name != term.code:
            continue
        written |= _write(model, term, language, values, item.origin_instance)
    return written


def _value(one: Any, value: Any, item: FeedItem) -> Any:
    """Return what a column of a term holds: a district names its city, and numbers travel as text."""
    if not isinstance(one, models.ForeignKey):
        return one.to_python(value)
    vocabulary, _colon, code = str(value[TERM]).partition(":") if value else ("", "", "")
    return term_for(vocabulary, code, item.origin_instance)


def term_for(vocabulary: str, code: str, origin: uuid.UUID) -> Term | None:
    """Return the term of the default language, made as a foreign one when missing; its labels come with the feed.

    Returns None for a vocabulary that this version does not know, and for a district that has not come: nobody can
    make up where it is. Raises `Refused` for an impossible code.
    """
    model = VOCABULARIES.get(vocabulary)
    if model is None:
        return None
    wanted = model._default_manager.filter(code=code, locale__language_code=settings.LANGUAGE_CODE)
    if not wanted.exists() and model is not District:
        _write(model, None, settings.LANGUAGE_CODE, {"code": code, "name": code}, origin)
    return wanted.first()


def _write(model: type[Term], term: Term | None, language: str, values: dict[str, Any], origin: uuid.UUID) -> bool:
    locale = Locale.objects.filter(language_code=language).first()
    if locale is None:
        return False
    if term is None:
        term = model(locale=locale, origin=origin)
    elif all(getattr(term, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(term, name, value)
    try:
        term.full_clean()
    except ValidationError as error:
        raise Refused(f"The term {values.get('code')!r} cannot be stored: {error}.") from error
    term.save()
    return True
