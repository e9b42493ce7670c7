"""`images/`, `documents/` and `media/`: only what a page that the public can see embeds, with consent that holds.

Everything else answers as if it did not exist.
"""

import mimetypes
from datetime import datetime, time, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify

from equalcity.api.answers import ASK_FIRST, NEVER_KEEP, holds, json_answer
from equalcity.api.endpoint import Endpoint
from equalcity.api.pages import FIELDS, RICH_TEXT, SLICE, check_rich_text
from equalcity.api.parameters import ID_MAX, LIMIT, LIMIT_MAX, OFFSET_MAX, Parameter, Query, whole_number
from equalcity.api.problems import BadParameter, NotFound, RangeNotSatisfiable
from equalcity.api.shapes import select_for_detail, select_for_list
from equalcity.api.slices import slice_of
from equalcity.core.models import CustomDocument, CustomImage
from equalcity.core.ranges import OutsideFile, stored_file
from equalcity.core.recordings import CONTENT_TYPES
from equalcity.publication.files import published_files

File = CustomImage | CustomDocument

DAY = 86_400

FILTERS = (
    Parameter("id", "Only the file with this id.", {"type": "integer", "minimum": 1}),
    Parameter("title", "Only files with exactly this title."),
    Parameter("tags", "Only files that carry all of these tags, with commas between them."),
    Parameter("order", "`id`, `title`, with `-` in front to turn it round, or `random`."),
)
SIZES = (
    Parameter("width", "Only pictures of this width.", {"type": "integer", "minimum": 1}),
    Parameter("height", "Only pictures of this height.", {"type": "integer", "minimum": 1}),
)


def file_document(file: File, kind: str) -> dict[str, Any]:
    """Return a file as stock API v2 shows it, with what one must know before using it."""
    sizes = {"width": file.width, "height": file.height} if isinstance(file, CustomImage) else {}
    return {
        "id": file.pk,
        "meta": {
            "type": file._meta.label,
            "detail_url": f"{settings.SITE_URL}/api/v2/{kind}/{file.pk}/",
            "tags": sorted(tag.name for tag in file.tags.all()),
            "download_url": f"{settings.SITE_URL}/api/v2/media/{file.sha256}",
            "sha256": file.sha256,
            "credit": file.credit,
            "licence": file.licence,
        },
        "title": file.title,
        **sizes,
    }


class FileList(Endpoint):
    model: ClassVar[type[File]]
    kind: ClassVar[str]
    orders: ClassVar[tuple[str, ...]] = ("id", "title")

    def answer(self, request: HttpRequest, query: Query, **kwargs: Any) -> HttpResponseBase:
        check_rich_text(query)
        selection = select_for_list(self.model, query.optional("fields"))
        limit = query.number("limit", LIMIT, most=LIMIT_MAX)
        offset = query.number("offset", 0, most=OFFSET_MAX)
        found = slice_of(self._ordered(self._matching(query), query).prefetch_related("tags"), offset, limit)
        items = [selection.apply(file_document(file, self.kind)) for file in found.rows]
        return json_answer(
            request,
            {"meta": {"total_count": found.total}, "items": items},
            cache_control=NEVER_KEEP if query.text("order") == "random" else ASK_FIRST,
        )

    def _matching(self, query: Query) -> "QuerySet[Any]":
        rows = published_files(self.model)
        for name in ("id", "width", "height"):
            if name in query:
                rows = rows.filter(**{name: whole_number(name, query.text(name), most=ID_MAX)})
        if "title" in query:
            rows = rows.filter(title=query.text("title"))
        for tag in query.text("tags").split(",") if "tags" in query else ():
            rows = rows.filter(tags__name=tag)
        return rows

    def _ordered(self, rows: "QuerySet[Any]", query: Query) -> "QuerySet[Any]":
        names = query.text("order").split(",") if query.text("order") else ["id"]
        if "random" in names:
            if len(names) > 1 or "offset" in query:
                raise BadParameter("order", "random goes neither with other fields nor with offset.")
            return rows.order_by("?")
        if any(name.removeprefix("-") not in self.orders for name in names):
            raise BadParameter("order", f"This list can be ordered by: {', '.join(self.orders)}, random.")
        return rows.order_by(*names, "id")


class ImageList(FileList):
    name = "images_list"
    summary = "List the pictures that published pages show"
    gives = {"application/json": "ImageList"}
    parameters = (FIELDS, RICH_TEXT, *SLICE, *FILTERS, *SIZES)
    model, kind, orders = CustomImage, "images", ("id", "title", "width", "height")


class DocumentList(FileList):
    name = "documents_list"
    summary = "List the documents that published pages offer"
    gives = {"application/json": "DocumentList"}
    parameters = (FIELDS, RICH_TEXT, *SLICE, *FILTERS)
    model, kind = CustomDocument, "documents"


class FileDetail(Endpoint):
    parameters = (FIELDS, RICH_TEXT)
    model: ClassVar[type[File]]
    kind: ClassVar[str]

    def answer(self, request: HttpRequest, query: Query, pk: int = 0, **kwargs: Any) -> HttpResponseBase:
        file = published_files(self.model).filter(pk=pk).first() if pk <= ID_MAX else None
        if file is None:
            raise NotFound
        check_rich_text(query)
        selection = select_for_detail(self.model, query.optional("fields"))
        return json_answer(request, selection.apply(file_document(file, self.kind)))


class ImageDetail(FileDetail):
    name = "images_detail"
    summary = "Read what is known of one picture"
    gives = {"application/json": "Image"}
    fails = (*Endpoint.fails, 404)
    model, kind = CustomImage, "images"


class DocumentDetail(FileDetail):
    name = "documents_detail"
    summary = "Read what is known of one document"
    gives = {"application/json": "Document"}
    fails = (*Endpoint.fails, 404)
    model, kind = CustomDocument, "documents"


# Bytes -----------------------------------------------------------------------------------------------------


class Media(Endpoint):
    name = "media"
    summary = "Fetch the original bytes of a published picture or document"
    gives = {"application/octet-stream": "Bytes"}
    fails = (*Endpoint.fails, 404, 416)
    is_feed = True

    def answer(self, request: HttpRequest, query: Query, sha256: str = "", **kwargs: Any) -> HttpResponseBase:
        file = (
            published_files(CustomImage).filter(sha256=sha256).first()
            or published_files(CustomDocument).filter(sha256=sha256).first()
        )
        if file is None:
            raise NotFound
        etag = f'"{sha256}"'
        cache_control = kept_for(file)
        if holds(request, etag):
            return HttpResponseNotModified(
                headers={"ETag": etag, "Cache-Control": cache_control, "Accept-Ranges": "bytes"}
            )
        extension = str(file.file.name).rpartition(".")[2]
        try:
            response = stored_file(request, file.file, etag, content_type_of(extension))
        except OSError as error:
            raise NotFound from error
        except OutsideFile as outside:
            raise RangeNotSatisfiable("The range lies outside the file.", headers=outside.headers) from outside
        response["Cache-Control"] = cache_control
        if isinstance(file, CustomDocument):
            name = f"{slugify(file.title)[:60] or file.sha256[:24]}.{extension}"
            response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
        return response


def content_type_of(extension: str) -> str:
    return CONTENT_TYPES.get(extension) or mimetypes.guess_type(f"x.{extension}")[0] or "application/octet-stream"


def kept_for(file: File) -> str:
    """Return how long caches may keep the bytes unasked.

    They never change under this address; but a consent may end or be withdrawn, so nobody keeps them for more than
    a day, nor past the last day of a consent.
    """
    seconds = DAY
    if file.consent_until is not None:
        end = timezone.make_aware(datetime.combine(file.consent_until + timedelta(days=1), time()))
        seconds = max(0, min(DAY, int((end - timezone.now()).total_seconds())))
    return f"public, max-age={seconds}, immutable"
