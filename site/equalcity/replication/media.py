"""Pictures and documents of a peer: fetched by hash, verified, cleaned, kept under the identity of their origin."""

import hashlib
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from wagtail.models import Collection, Locale

from equalcity.core.cleaning import CleanFile, clean_document, clean_image
from equalcity.core.models import CustomDocument, CustomImage, ImageText
from equalcity.replication.client import NoSuchFile, PeerClient, TooLarge
from equalcity.replication.models import Peer, ReplicaMedia
from equalcity.replication.schema import MediaEntry

MODELS: dict[str, type[Any]] = {"image": CustomImage, "document": CustomDocument}


class MediaRefused(Exception):
    """A file cannot be taken; the page comes without it. The text says why."""


def take_media(peer: Peer, client: PeerClient, entry: MediaEntry) -> bool:
    """Make sure that the file is here and described as its origin describes it; return whether it was fetched.

    A file of our own library stays as it is. Raises `MediaRefused`, and `PeerError` when the peer cannot be asked.
    """
    present = find(entry.kind, entry.sha256)
    if present is not None:
        if ReplicaMedia.objects.filter(sha256=entry.sha256, peer=peer).exists():
            with transaction.atomic():
                describe(present, entry)
        return False
    if not entry.may_be_replicated:
        raise MediaRefused(f"{entry.title}: its owner does not want it copied.")
    if entry.consent_until is not None and entry.consent_until < timezone.localdate():
        raise MediaRefused(f"{entry.title}: the consent of the people shown has run out.")
    cleaned = fetch(client, entry)
    with transaction.atomic():
        store(peer, entry, cleaned)
    return True


def find(kind: str, sha256: str) -> Any:
    """Return our copy of what its origin knows as `sha256`, or None."""
    known = ReplicaMedia.objects.filter(sha256=sha256).values_list("local_sha256", flat=True).first()
    return MODELS[kind]._default_manager.filter(sha256=known or sha256).first()


def fetch(client: PeerClient, entry: MediaEntry) -> CleanFile:
    """Return the file, verified and cleaned. Raises `MediaRefused` and `PeerError`."""
    try:
        content = client.media(entry.sha256)
    except (NoSuchFile, TooLarge) as error:
        raise MediaRefused(f"{entry.title}: {error}") from error
    if hashlib.sha256(content).hexdigest() != entry.sha256:
        raise MediaRefused(f"{entry.title}: the bytes that came are not the ones that were promised.")
    try:
        return clean_image(content) if entry.kind == "image" else clean_document(content, entry.extension)
    except ValidationError as error:
        raise MediaRefused(f"{entry.title}: {' '.join(error.messages)}") from error


def store(peer: Peer, entry: MediaEntry, cleaned: CleanFile) -> None:
    """Write file and description. Cleaned bytes that we have already are not stored twice."""
    model = MODELS[entry.kind]
    held = model._default_manager.filter(sha256=cleaned.sha256).first()
    if held is None:
        held = model(
            title=entry.title or entry.sha256[:12],
            file=ContentFile(cleaned.content, name=f"{cleaned.sha256[:24]}.{cleaned.extension}"),
            collection=Collection.get_first_root_node(),
        )
        held.save()
    ReplicaMedia.objects.create(peer=peer, sha256=entry.sha256, local_sha256=held.sha256)
    describe(held, entry)


def describe(held: Any, entry: MediaEntry) -> None:
    """Bring title, credit, licence, consent and alternative texts up to date; write only what changed."""
    wanted: dict[str, Any] = {
        "title": entry.title or held.title,
        "credit": entry.credit,
        "licence": entry.licence,
        "consent_until": entry.consent_until,
        "may_be_replicated": entry.may_be_replicated,
    }
    if entry.kind == "image":
        wanted["description"] = entry.description
    changed = [name for name, value in wanted.items() if getattr(held, name) != value]
    for name in changed:
        setattr(held, name, wanted[name])
    if changed:
        held.save(update_fields=changed)
    if entry.kind == "image":
        describe_in_languages(held, entry.texts)


def describe_in_languages(image: CustomImage, texts: dict[str, str]) -> None:
    """Bring the alternative texts in the languages that we have up to date; write only what changed."""
    present = {text.locale.language_code: text for text in image.texts.select_related("locale")}
    locales = {locale.language_code: locale for locale in Locale.objects.filter(language_code__in=texts)}
    for code, locale in locales.items():
        text = present.get(code) or ImageText(image=image, locale=locale)
        if text.alt_text != texts[code]:
            text.alt_text = texts[code]
            text.save()
