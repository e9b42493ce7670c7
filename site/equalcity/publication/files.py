"""Which pictures, documents and recordings the public can see: what a public page embeds, while consent lasts."""

from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Length, Substr
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from wagtail.models import CollectionViewRestriction

from equalcity.core.models import CustomDocument, CustomImage, Rendition
from equalcity.core.models.media import consented
from equalcity.core.pictures import picture
from equalcity.core.ranges import OutsideFile, stored_file
from equalcity.core.recordings import CONTENT_TYPES
from equalcity.publication.models import Publication, PublicationRef
from equalcity.publication.predicate import delivered


def published_files(model: "type[CustomImage | CustomDocument]") -> "QuerySet[Any]":
    """Return the files that the public can see: embedded, consented to, in no private collection."""
    kind = "image" if issubclass(model, CustomImage) else "document"
    embedding = delivered(Publication.objects.filter(pk=OuterRef("publication_id")))
    embedded = PublicationRef.objects.filter(Exists(embedding), kind=kind, name=OuterRef("sha256"))
    private = CollectionViewRestriction.objects.annotate(
        start=Substr(OuterRef("collection__path"), 1, Length("collection__path"))
    ).filter(collection__path=F("start"))
    files: QuerySet[Any] = model._default_manager.filter(consented(), Exists(embedded))
    return files.filter(~Exists(private))


def published_picture(request: HttpRequest, name: str) -> FileResponse:
    """Serve a resized picture that a public page shows while consent lasts; staff, who must renew it, see all."""
    rendition = get_object_or_404(Rendition, file=f"images/{name}")
    if not (published_files(CustomImage).filter(pk=rendition.image_id).exists() or is_staff(request)):
        raise Http404
    return picture(rendition)


def published_recording(request: HttpRequest, sha256: str, extension: str) -> HttpResponseBase:
    """Serve a recording or its captions to a player on a page, in the parts that it asks for.

    The API serves the same bytes, but lets caches keep them; what a visitor listened to must not stay on the device,
    so the answer is kept nowhere (safety rule 1). Staff hear what is not public yet. Raises `Http404`.
    """
    recordings = CustomDocument.objects.all() if is_staff(request) else published_files(CustomDocument)
    known = extension in CONTENT_TYPES
    found = recordings.filter(sha256=sha256, file__endswith=f".{extension}").first() if known else None
    if found is None:
        raise Http404
    etag = f'"{sha256}"'
    try:
        return stored_file(request, found.file, etag, CONTENT_TYPES[extension])
    except OSError as gone:
        raise Http404 from gone
    except OutsideFile as outside:
        return HttpResponse(status=416, headers={"ETag": etag, "Accept-Ranges": "bytes", **outside.headers})


def serve_only_published(document: CustomDocument, request: HttpRequest) -> None:
    """Answer for a document that no public page offers as if it had never existed. Raises `Http404`."""
    if not (published_files(CustomDocument).filter(pk=document.pk).exists() or is_staff(request)):
        raise Http404


def is_staff(request: HttpRequest) -> bool:
    """Whether staff ask. Visitors have no cookie: for them the session is not even looked at, which an answer tells."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
