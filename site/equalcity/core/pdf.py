"""Pages as tagged PDFs (PDF/UA-1), from our own HTML and one style sheet for paper.

WeasyPrint needs Pango from the system. Without it the site starts all the same, a check says so, and pages offer their
printable form only.
"""

import hashlib
import logging
import mimetypes
from functools import cache as once
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.core.exceptions import SuspiciousFileOperation

from equalcity.core.models.media import Rendition

STYLE = Path(__file__).with_suffix(".css")
KEPT_SECONDS = 24 * 3600
# Setting pages takes seconds of a core: one at a time in each process, and nobody waits for long.
WAIT_SECONDS = 15
PICTURES = "/media/images/"

_setting = BoundedSemaphore(1)
log = logging.getLogger(__name__)


class Busy(Exception):
    """Another PDF is being made; ask again in a minute."""


@once
def available() -> bool:
    """Whether this machine has what WeasyPrint needs from the system."""
    try:
        import weasyprint  # noqa: F401
    except OSError as missing:
        log.warning("PDFs are off: %s", missing)
        return False
    return True


def pdf_of(html: str, *, keep: bool = True) -> bytes:
    """Return the PDF of a whole HTML document; equal documents are set once a day. Raises `Busy`.

    What it shows is asked of the database each time: only the setting of the same words is saved, and not even that
    where nothing is to be kept.
    """
    style = STYLE.read_text("utf-8")
    if not keep:
        return _set_alone(html, style)
    name = f"pdf:{hashlib.sha256(f'{style}{html}'.encode()).hexdigest()}"
    made: bytes | None = cache.get(name)
    if made is None:
        made = _set_alone(html, style)
        cache.set(name, made, KEPT_SECONDS)
    return made


def _set_alone(html: str, style: str) -> bytes:
    if not _setting.acquire(timeout=WAIT_SECONDS):
        raise Busy
    try:
        return _set(html, style)
    finally:
        _setting.release()


def _set(html: str, style: str) -> bytes:
    from weasyprint import CSS, HTML

    document = HTML(string=html, base_url=f"{settings.SITE_URL}/", url_fetcher=_fetcher())
    _decorate(document.etree_element)
    made: bytes = document.write_pdf(stylesheets=[CSS(string=style)], pdf_variant="pdf/ua-1", optimize_images=True)
    return made


def _decorate(root: Any) -> None:
    """Turn pictures that say nothing (`alt=""`) into backgrounds of the same size.

    WeasyPrint tags every `img` as a figure, and a figure without words is a fault of a tagged PDF; a background is an
    artifact, which screen readers leave out. Small drawings with `aria-hidden` are left out by the style sheet.
    """
    for picture in [one for one in root.iter("img") if one.get("alt", "") == ""]:
        width, height, source = int(picture.get("width", 0)), int(picture.get("height", 0)), picture.get("src", "")
        tail = picture.tail
        picture.clear()
        picture.tag, picture.tail = "span", tail
        if width and height and not set(source) & set('"\\\n'):
            picture.set("style", f"display: block; width: {width}px; max-width: 100%")
            ground = f'display: block; padding-top: {height / width:.2%}; background: url("{source}") 0 0 / 100% 100%'
            picture.append(picture.makeelement("span", {"style": ground}))


def _fetcher() -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):
        """Reads our drawings and pictures from where they are stored, and opens no connection at all."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            path = unquote(urlsplit(url).path)
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            return URLFetcherResponse(url, own_file(url), {"Content-Type": kind})

    return OwnFiles()


def own_file(url: str) -> bytes:
    """Return the bytes of a static file or of a resized picture of this site. Raises `ValueError` for all else."""
    path = unquote(urlsplit(url).path)
    found: bytes | None = None
    if url.startswith(f"{settings.SITE_URL}{settings.STATIC_URL}"):
        found = _static(path.removeprefix(settings.STATIC_URL))
    elif url.startswith(f"{settings.SITE_URL}{PICTURES}"):
        found = _picture(path.removeprefix(PICTURES))
    if found is None:
        raise ValueError("A PDF holds nothing but files of this site.")
    return found


def _static(name: str) -> bytes | None:
    try:
        # In production the name carries a hash; while developing, files stand where they were written.
        if staticfiles_storage.exists(name):
            with staticfiles_storage.open(name) as file:
                return bytes(file.read())
        path = finders.find(name)
    except SuspiciousFileOperation:
        return None
    return Path(path).read_bytes() if isinstance(path, str) else None


def _picture(name: str) -> bytes | None:
    rendition = Rendition.objects.filter(file=f"images/{name}").first()
    if rendition is None:
        return None
    with rendition.file.open("rb") as file:
        return bytes(file.read())
