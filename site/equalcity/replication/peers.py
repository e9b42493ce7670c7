"""Adding and removing peers."""

import uuid

from django.core.exceptions import ValidationError
from wagtail.models import Page, Site

from equalcity.replication.client import PeerClient
from equalcity.replication.keys import decrypt, encrypt
from equalcity.replication.models import Peer


class BadPeer(Exception):
    """What was said about a peer cannot be used; the text says what is wrong."""


def add_peer(
    url: str,
    name: str,
    *,
    key: str = "",
    subtree: str = "",
    locales: list[str] | None = None,
    under: str = "",
    with_places: bool = False,
) -> Peer:
    """Store a peer that may be pulled from then on. Raises `BadPeer`, and `PeerUnreachable` for a refused address.

    `under` is the path of a page of ours such as `/en/toolbox/`.
    """
    with PeerClient(url):
        pass
    peer = Peer(
        name=name,
        url=url.rstrip("/"),
        key=encrypt(key.strip()),
        locales=locales or [],
        subtree=_key(subtree) if subtree else None,
        under=page_at(under) if under else None,
        with_places=with_places,
    )
    try:
        peer.full_clean()
    except ValidationError as error:
        raise BadPeer(" ".join(error.messages)) from error
    peer.save()
    return peer


def client_of(peer: Peer) -> PeerClient:
    """Return a client for the peer. Raises `UnreadableKey` and `PeerUnreachable`."""
    return PeerClient(peer.url, key=decrypt(peer.key))


def page_at(path: str) -> Page:
    """Return our page at a path such as `/en/toolbox/`. Raises `BadPeer`."""
    language, *slugs = [part for part in path.split("/") if part] or [""]
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    homes = site.root_page.get_translations(inclusive=True) if site else Page.objects.none()
    found = homes.filter(locale__language_code=language).first()
    for slug in slugs:
        found = found and found.get_children().filter(slug=slug).first()
    if found is None:
        raise BadPeer(f"We have no page at {path}; a path begins with its language, such as /en/toolbox/.")
    return found


def remove_peer(peer: Peer) -> int:
    """Forget a peer and where pages came from; the pages stay. Return how many pages are now ours to keep."""
    count = peer.replicas.filter(anchor=False).count()
    peer.replicas.all().delete()
    peer.media.all().delete()
    peer.delete()
    return count


def _key(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise BadPeer(f"{text} is not a key; a page's key is in its meta.key in the API.") from error
