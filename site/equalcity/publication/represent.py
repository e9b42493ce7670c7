"""page -> document: what readers of the API get, rendered once when it is published.

The document is what stock API v2 answers to `fields=*` with every relation one level deep; it is built by the stock
serializers themselves, so that their contract is kept by construction. Nothing in it depends on a request: every
address comes from `SITE_URL`.
"""

import threading
import uuid
from datetime import datetime
from typing import Any

import orjson
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, QuerySet
from django.test import RequestFactory
from django.utils import timezone, translation
from django.utils.functional import cached_property
from rest_framework.renderers import JSONRenderer
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.serializers import (
    ChildRelationField,
    PageParentField,
    PageSerializer,
    RelatedField,
    get_serializer_class,
)
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.images.api.v2.views import ImagesAPIViewSet
from wagtail.models import Page

from equalcity.core.models import Term
from equalcity.core.statements import statement
from equalcity.publication.predicate import public_pages

API = "/api/v2"


class DeliveryRouter(WagtailAPIRouter):
    """Names the addresses of our own API without asking the URL configuration, which stands above this package."""

    def get_object_detail_urlpath(self, model: type[Model], pk: Any) -> str | None:
        endpoint = self.get_model_endpoint(model)
        return f"{API}/{endpoint[0]}/{pk}/" if endpoint else None


class Nested:
    """What a field writes by a serializer of its own, which is made once and not anew for each value."""

    serializer_class: Any
    context: Any

    @cached_property
    def serializer(self) -> Any:
        return self.serializer_class()

    def written(self, value: Any) -> Any:
        self.serializer._context = self.context
        return self.serializer.to_representation(value)


class OneField(Nested, RelatedField):
    """Something that a page is related to."""

    def to_representation(self, value: Any) -> Any:
        return self.written(value)


class RowsField(Nested, ChildRelationField):
    """The rows that belong to a page."""

    def to_representation(self, value: Any) -> Any:
        return [self.written(row) for row in value.all()]


class ParentField(Nested, PageParentField):
    """The page above, which was read already."""

    # As `PageParentField` writes it.
    serializer_class = get_serializer_class(
        Page,
        ["id", "type", "detail_url", "html_url", "title"],
        meta_fields=["type", "detail_url", "html_url"],
        base=PageSerializer,
    )

    def get_attribute(self, instance: Page) -> Page | None:
        parent: Page | None = self.context["parent"]
        return parent

    def to_representation(self, value: Any) -> Any:
        return self.written(value)


class DocumentSerializer(PageSerializer):
    serializer_related_field = OneField
    parent = ParentField(read_only=True)

    def build_relational_field(self, field_name: str, relation_info: Any) -> Any:
        made, given = super().build_relational_field(field_name, relation_info)
        return (RowsField if made is ChildRelationField else made), given


class DocumentViewSet(PagesAPIViewSet):
    base_serializer_class = DocumentSerializer


def delivery_router() -> DeliveryRouter:
    router = DeliveryRouter("delivery")
    router.register_endpoint("pages", PagesAPIViewSet)
    router.register_endpoint("images", ImagesAPIViewSet)
    router.register_endpoint("documents", DocumentsAPIViewSet)
    return router


def everything(model: type[Page]) -> list[tuple[str, bool, Any]]:
    """Return the field configuration `*` with `(*)` behind every relation."""
    names = [*DocumentViewSet.get_body_fields_names(model), *DocumentViewSet.get_meta_fields_names(model)]
    own_serializers = {one.name for one in getattr(model, "api_fields", []) if one.serializer is not None}
    config: list[tuple[str, bool, Any]] = [("*", False, None)]
    for name in dict.fromkeys(names):
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        if field.is_relation and name not in {"alias_of", *own_serializers}:
            config.append((name, False, [("*", False, None)]))
    return config


def overridden(model: type[Page]) -> list[tuple[str, bool, Any]]:
    """Return the field configuration of what an alias has of its own."""
    names = ["id", "title", *DocumentViewSet.get_meta_fields_names(model)]
    return [("_", False, None), *((name, False, None) for name in names)]


class Serializers(threading.local):
    """The stock serializers of the page types, each made once in a thread: making one takes longer than to use it."""

    def __init__(self) -> None:
        self.made: dict[tuple[type[Page], bool], Any] = {}

    def of(self, model: type[Page], *, alias: bool, context: dict[str, Any]) -> Any:
        """Return the serializer of a page type; it writes with this context until it is asked for again."""
        serializer = self.made.get((model, alias))
        if serializer is None:
            config = overridden(model) if alias else everything(model)
            made = DocumentViewSet._get_serializer_class(delivery_router(), model, config, show_details=True)
            serializer = self.made[model, alias] = made()
        serializer._context = context
        return serializer


serializers = Serializers()


def document_of(page: Page, parent: Page | None) -> dict[str, Any]:
    """Return the document of a specific page in the page's own language, all but where the page comes from.

    `parent` is the page above if the public can see it.
    """
    return _rendered(page, parent, alias=False)


def alias_overrides(alias: Page, parent: Page | None) -> dict[str, Any]:
    """Return what an alias's document has of its own; the rest is its original's."""
    return _rendered(alias, parent, alias=True)


def _rendered(page: Page, parent: Page | None, *, alias: bool) -> dict[str, Any]:
    router = delivery_router()
    request: Any = RequestFactory().get("/")
    request.user = AnonymousUser()
    request.session = {}
    request.wagtailapi_router = router
    view = DocumentViewSet()
    view.request, view.action, view.args, view.kwargs = request, "detail_view", (), {}
    context = {
        "request": request,
        "view": view,
        "router": router,
        "parent": parent,
        "base_queryset": public_pages(Page.objects.all()),
        "_wagtail_rich_text_format": "html",
    }
    with translation.override(page.locale.language_code):
        serializer = serializers.of(type(page), alias=alias, context=context)
        rendered = JSONRenderer().render(serializer.to_representation(page))
    document: dict[str, Any] = orjson.loads(rendered)
    document["meta"] |= {"key": str(page.translation_key), "translations": translations_of(page)}
    return document


def translations_of(page: Page) -> list[dict[str, Any]]:
    """Return the public real translations of a page, itself left out; aliases are no translations."""
    return [
        {
            "id": other.pk,
            "locale": other.locale.language_code,
            "detail_url": f"{api_base()}/pages/{other.pk}/",
            "html_url": other.full_url,
        }
        for other in _other_languages(page.translation_key, page.pk, timezone.now())
    ]


@statement
def _other_languages(key: uuid.UUID, pk: int, now: datetime) -> "QuerySet[Page]":
    others = public_pages(Page.objects.filter(translation_key=key, alias_of=None).exclude(pk=pk), now)
    return others.select_related("locale").only("url_path", "locale__language_code").order_by("locale__language_code")


def term_document(term: Term) -> dict[str, Any]:
    """Return a term for readers."""
    return {
        "code": term.code,
        "name": term.name,
        "description": term.description,
        "meta": {
            "type": term._meta.label,
            "key": str(term.translation_key),
            "locale": term.locale.language_code,
        },
    }


def api_base() -> str:
    return f"{settings.SITE_URL}{API}"
