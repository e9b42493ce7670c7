"""The bytes of resized pictures, from this site itself. Who may see which: `equalcity.publication.files`."""

from django.http import FileResponse, Http404

from equalcity.core.models import Rendition

CONTENT_TYPES = {
    "avif": "image/avif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}


def picture(rendition: Rendition) -> FileResponse:
    """Answer with a resized picture. Raises `Http404` when its file is lost or of no known kind.

    Originals are not served here: pages show renditions, and the API serves published originals by their hash.
    """
    content_type = CONTENT_TYPES.get(str(rendition.file.name).rpartition(".")[2])
    if content_type is None:
        raise Http404
    try:
        return FileResponse(rendition.file.open("rb"), content_type=content_type)
    except FileNotFoundError as gone:
        raise Http404 from gone
