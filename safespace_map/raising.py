"""Raising the precision of a place: one person asks, a second one agrees, then the address is written (safety rule 3).

The wish holds no address. Nobody approves their own, and only who may publish the place approves. An approval is good
for seven days and for one use; lowering the place ends every wish.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Revision
from wagtail_localize.models import TranslationSource

from equalcity.core.models import User
from equalcity.publication import marks
from safespace_map.models import RaiseRequest, SafeSpacePage
from safespace_map.precision import OF_EXACT_PLACES, is_more_exact

LOG_ASKED, LOG_RAISED = "safespace_map.ask_to_raise", "safespace_map.raise"


class NotAllowed(Exception):
    """This cannot be done now or by this person; the text says why."""


def open_request(place: SafeSpacePage) -> RaiseRequest | None:
    """Return the wish for this place that somebody can still approve or use."""
    newest = RaiseRequest.objects.filter(key=place.translation_key, closed_at=None).order_by("-pk").first()
    return newest if newest is not None and newest.is_open else None


@transaction.atomic
def ask(place: SafeSpacePage, to: str, user: User) -> RaiseRequest:
    """Ask that more may be known. Raises `NotAllowed`."""
    if not is_more_exact(to, place.precision):
        raise NotAllowed(_("That is not more than is known of the place now."))
    if not place.permissions_for_user(user).can_edit():
        raise NotAllowed(_("Only who may edit this place can ask for that."))
    RaiseRequest.objects.filter(key=place.translation_key, closed_at=None).update(closed_at=timezone.now())
    log(place, LOG_ASKED, user=user, data={"to": to})
    return RaiseRequest.objects.create(key=place.translation_key, to=to, asked_by=user)


@transaction.atomic
def approve(request: RaiseRequest, place: SafeSpacePage, user: User) -> None:
    """Agree as the second person. Raises `NotAllowed`."""
    request = RaiseRequest.objects.select_for_update().get(pk=request.pk)
    if not request.is_open or request.approved_at:
        raise NotAllowed(_("This wish has lapsed or was answered already."))
    if request.asked_by_id is None or request.asked_by_id == user.pk:
        raise NotAllowed(_("Somebody else has to agree: four eyes, never two."))
    if not place.permissions_for_user(user).can_publish():
        raise NotAllowed(_("Only who may publish this place can agree."))
    request.approved_by, request.approved_at = user, timezone.now()
    request.save()


@transaction.atomic
def use(request: RaiseRequest, place: SafeSpacePage, values: dict[str, Any], user: User) -> None:
    """Write what may be known from now on, in every language. Raises `NotAllowed` and `ValidationError`."""
    request = RaiseRequest.objects.select_for_update().get(pk=request.pk)
    if not request.is_open or not request.approved_at:
        raise NotAllowed(_("Nobody has agreed to this, or it was seven days ago."))
    if not place.permissions_for_user(user).can_publish():
        raise NotAllowed(_("Only who may publish this place can write its address."))
    pages = list(SafeSpacePage.objects.select_for_update().filter(translation_key=place.translation_key).order_by("pk"))
    if not is_more_exact(request.to, pages[0].precision):
        raise NotAllowed(_("That is not more than is known of the place now."))
    allowed = {"district"} if request.to == "area" else {"district", *OF_EXACT_PLACES}
    values = {name: value for name, value in values.items() if name in allowed} | {"precision": request.to}
    for page in pages:
        # The way there is written in one language; the others get it by translation.
        own = values if page.pk == place.pk or page.alias_of_id == place.pk else {**values, "way_there": ""}
        if request.to != "exact":
            own.pop("way_there", None)
        SafeSpacePage.objects.filter(pk=page.pk).update(**own)
        _write_revisions(page, own)
        SafeSpacePage.objects.get(pk=page.pk).full_clean()
    for source in TranslationSource.objects.filter(object_id=place.translation_key):
        source.update_from_db()
    request.closed_at = timezone.now()
    request.save()
    log(place, LOG_RAISED, user=user, data={"to": request.to}, content_changed=True)
    marks.mark_pages([page.pk for page in pages])


def _write_revisions(page: SafeSpacePage, values: dict[str, Any]) -> None:
    """Older drafts may say so too; the address stands in the latest only."""
    stored = {name: _as_stored(name, value) for name, value in values.items()}
    for revision in Revision.page_revisions.filter(object_id=str(page.pk)):
        latest = revision.pk == page.latest_revision_id
        said = stored if latest else {"precision": values["precision"]}
        Revision.objects.filter(pk=revision.pk).update(content={**revision.content, **said})


def _as_stored(name: str, value: Any) -> Any:
    if name == "district":
        return value.pk if value else None
    return str(value) if name in {"latitude", "longitude"} and value is not None else value
