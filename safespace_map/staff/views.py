"""How exactly a place may be known: lowering it at once, raising it with a second person; and notes on a place."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from equalcity.core.models.terms import in_default_language
from safespace_map import raising
from safespace_map.lowering import NotLower, lower
from safespace_map.models import SafeSpacePage, StaffNote
from safespace_map.precision import LEVELS, OF_EXACT_PLACES, is_more_exact

NOTES = "safespace_map.view_staffnote"
CHANGE_NOTES = "safespace_map.change_staffnote"


def the_place(request: HttpRequest, pk: int) -> SafeSpacePage:
    """Return a place that this person may edit. Raises `PermissionDenied` and `Http404`."""
    place: SafeSpacePage = get_object_or_404(SafeSpacePage, pk=pk)
    if not place.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return place


def precision(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known of a place, and the two ways to change that; a POST names one of its acts."""
    place = the_place(request, pk)
    if request.method == "POST":
        return _changed(request, place)
    return _shown(request, place, _address_form(place, raising.open_request(place)))


def _shown(request: HttpRequest, place: SafeSpacePage, form: forms.Form | None) -> HttpResponse:
    allowed = place.permissions_for_user(request.user)
    wish = raising.open_request(place)
    labels = dict(SafeSpacePage.Precision.choices)
    present = place.precision
    return TemplateResponse(
        request,
        "safespace_map/staff/precision.html",
        {
            "page_title": _("How exactly it may be known"),
            "page_subtitle": place.get_admin_display_title(),
            "header_icon": "lock",
            "place": place,
            "present": labels[present],
            "lower": [(one, labels[one]) for one in LEVELS if is_more_exact(present, one)],
            "higher": [(one, labels[one]) for one in LEVELS if is_more_exact(one, present)],
            "wish": wish,
            "wished": labels.get(wish.to) if wish else "",
            "may_publish": allowed.can_publish(),
            "may_agree": bool(wish and not wish.approved_at and wish.asked_by_id != request.user.pk)
            and allowed.can_publish(),
            "form": form if allowed.can_publish() else None,
        },
    )


def _changed(request: HttpRequest, place: SafeSpacePage) -> HttpResponse:
    user: Any = request.user
    wish = raising.open_request(place)
    to = request.POST.get("to", "")
    try:
        match request.POST.get("act"):
            case "lower" if to in LEVELS:
                # Whoever may edit may also take back: that cannot wait for anybody.
                lower(place, to, user)
                messages.success(request, _("Done. What is not known any longer was removed everywhere here."))
                return redirect("taken_back:outgoing")
            case "ask" if to in LEVELS:
                raising.ask(place, to, user)
                messages.success(request, _("Noted. Now somebody else who may publish this place has to agree."))
            case "agree" if wish:
                raising.approve(wish, place, user)
                messages.success(request, _("Agreed. The address can be written within seven days, once."))
            case "use" if wish:
                form = _address_form(place, wish, request.POST)
                if form is None or not form.is_valid():
                    return _shown(request, place, form)
                raising.use(wish, place, form.cleaned_data, user)
                messages.success(request, _("Done. That is public now in every language."))
                return redirect("wagtailadmin_pages:edit", place.pk)
            case _:
                messages.error(request, _("Choose what to do."))
    except (NotLower, raising.NotAllowed) as error:
        messages.error(request, str(error) or _("The place is known that little already."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("safespace_map:precision", place.pk)


def _address_form(place: SafeSpacePage, wish: Any, data: Any = None) -> forms.Form | None:
    """Return the form for what may be written now, or None while nobody has agreed to it."""
    if wish is None or not wish.approved_at:
        return None
    names = ["district"] if wish.to == "area" else ["district", *OF_EXACT_PLACES]
    form_class = forms.modelform_factory(SafeSpacePage, form=forms.ModelForm, fields=names)
    district: Any = form_class.base_fields["district"]
    district.queryset = district.queryset.filter(in_default_language(), city__code=place.city.code)
    district.required = wish.to == "area"
    for name in ("street", "latitude", "longitude"):
        if name in form_class.base_fields:
            form_class.base_fields[name].required = True
    return _AddressOnly.of(form_class)(data)


class _AddressOnly:
    """A plain form with the fields of a model form: the place itself is checked when all of it is written."""

    @staticmethod
    def of(form_class: type[forms.ModelForm]) -> type[forms.Form]:
        return type("AddressForm", (forms.Form,), dict(form_class.base_fields))


# Notes ----------------------------------------------------------------------------------------------------------


class NoteForm(forms.ModelForm):
    class Meta:
        model = StaffNote
        fields = ["notes", "vetting_contact"]


def notes(request: HttpRequest, pk: int) -> HttpResponse:
    """What staff keep to themselves about a place; stored apart from it, and only for who may see it."""
    place = the_place(request, pk)
    if not request.user.has_perm(NOTES):
        raise PermissionDenied
    note = StaffNote.objects.filter(key=place.translation_key).first() or StaffNote(key=place.translation_key)
    form = NoteForm(request.POST or None, instance=note)
    may_change = request.user.has_perm(CHANGE_NOTES)
    if request.method == "POST":
        if not may_change:
            raise PermissionDenied
        if form.is_valid():
            form.instance.changed_by = request.user
            form.save()
            messages.success(request, _("Saved, for staff only."))
            return redirect("safespace_map:notes", place.pk)
    if not may_change:
        for field in form.fields.values():
            field.disabled = True
    return TemplateResponse(
        request,
        "safespace_map/staff/notes.html",
        {
            "page_title": _("Staff notes"),
            "page_subtitle": place.get_admin_display_title(),
            "header_icon": "lock",
            "place": place,
            "form": form,
            "note": note,
            "may_change": may_change,
        },
    )
