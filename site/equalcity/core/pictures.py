"""Pictures of pages, from this site itself, for as long as the people in them agree."""

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404

from equalcity.core.models import Rendition

CONTENT_TYPES = {
    "avif": "image/avif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}


def picture(request: HttpRequest, name: str) -> FileResponse:
    """Serve a resized picture; 404 once its consent has run out, except to staff who must renew it.

    Originals are not served here: pages show renditions, and the API serves published originals by their hash.
    """
    rendition = get_object_or_404(Rendition.objects.select_related("image"), file=f"images/{name}")
    content_type = CONTENT_TYPES.get(name.rpartition(".")[2])
    if content_type is None or not (rendition.image.has_consent() or request.user.is_authenticated):
        raise Http404
    try:
        return FileResponse(rendition.file.open("rb"), content_type=content_type)
    except FileNotFoundError as gone:
        raise Http404 from gone
