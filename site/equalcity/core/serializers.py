"""How fields of our models look in the API, shared by every reader of `api_fields`."""

import re
from typing import Any

from django.conf import settings
from rest_framework.fields import Field
from wagtail.rich_text import expand_db_html

from equalcity.core.models.terms import Term
from equalcity.core.sanitize import clean_html

OWN_PATH = re.compile(r'(\bhref=")/(?!/)')


def readable_html(stored: str) -> str:
    """Return stored rich text as safe HTML whose links work anywhere."""
    return clean_html(OWN_PATH.sub(rf"\g<1>{settings.SITE_URL}/", expand_db_html(stored)))


class RichText(Field[Any, Any, Any, Any]):
    """Rich text as safe HTML."""

    def to_representation(self, value: str) -> str:
        return readable_html(value or "")


def media_url(sha256: str) -> str:
    """Return where the API serves the original bytes of a published file."""
    return f"{settings.SITE_URL}/api/v2/media/{sha256}"


def file_for_readers(document: Any) -> dict[str, Any]:
    """Return a document of the library as the API names it."""
    return {
        "id": document.pk,
        "title": document.title,
        "sha256": document.sha256,
        "url": media_url(document.sha256),
        "size": document.file_size,
    }


class AttachedFile(Field[Any, Any, Any, Any]):
    """A document that a row of a page offers, in the shape that blocks give theirs."""

    def to_representation(self, value: Any) -> dict[str, Any]:
        return file_for_readers(value)


class TermLabel(Field[Any, Any, Any, Any]):
    """A term, or a list of terms, as code and name in the language of the page."""

    def get_attribute(self, instance: Any) -> Any:
        return instance

    def to_representation(self, page: Any) -> Any:
        value = getattr(page, self.source or "")
        if value is None:
            return None
        if isinstance(value, Term):
            return self._labelled([value], page.locale_id)[0]
        return self._labelled(list(value.all()), page.locale_id)

    def _labelled(self, terms: list[Term], locale_id: int) -> list[dict[str, str]]:
        named: dict[str, str] = {}
        if foreign := [term.translation_key for term in terms if term.locale_id != locale_id]:
            same_terms = type(terms[0])._default_manager.filter(translation_key__in=foreign, locale_id=locale_id)
            named = dict(same_terms.values_list("code", "name"))
        return [{"code": term.code, "name": named.get(term.code) or term.name} for term in terms]
