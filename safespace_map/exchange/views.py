"""Bring places from a file, in the CMS: choose it, read what is wrong with it, make drafts of the rest.

The file is kept nowhere on the way: it may hold what must not be stored. It travels in the form, and is read anew.
"""

import base64
import binascii
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.models import Locale

from safespace_map.exchange.importing import NoList, list_of, make
from safespace_map.exchange.proposals import Outcome, Proposal, proposals
from safespace_map.exchange.reading import Unreadable, read
from safespace_map.models import SafeSpaceIndexPage

# What one request can do; for more there is the command `import_places`.
MOST_BYTES, MOST_PLACES, MOST_SHOWN = 1024 * 1024, 500, 1000


class ImportForm(forms.Form):
    """A file, its language, and who runs the places that do not say it."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy("A table (CSV) or services of HSDS 3.0 (JSON), up to 1 MB and 500 places."),
    )
    content = forms.CharField(required=False, widget=forms.HiddenInput)
    locale = forms.ModelChoiceField(Locale.objects.all(), label=gettext_lazy("Language of the file"), empty_label=None)
    organisation = forms.CharField(
        label=gettext_lazy("Organisation"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Who runs the places whose row does not say it."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        file = cleaned.get("file")
        try:
            held = base64.b64decode(cleaned.get("content") or "", validate=True)
        except (binascii.Error, ValueError) as error:
            raise forms.ValidationError(_("Choose the file again.")) from error
        if file is not None and file.size > MOST_BYTES:
            raise forms.ValidationError({"file": _("The file is larger than %(most)s MB.") % {"most": 1}})
        cleaned["bytes"] = file.read() if file is not None else held
        if not cleaned["bytes"]:
            raise forms.ValidationError({"file": _("Choose a file.")})
        return cleaned


def may_import(user: Any) -> bool:
    """Whether somebody may add places anywhere."""
    lists = SafeSpaceIndexPage.objects.filter(alias_of=None)
    return any(page.permissions_for_user(user).can_add_subpage() for page in lists)


def import_places(request: HttpRequest) -> HttpResponse:
    """Show the form, what a file would do, or do it."""
    if not may_import(request.user):
        raise PermissionDenied
    form = ImportForm(request.POST or None, request.FILES or None, initial={"locale": Locale.get_default()})
    if request.method != "POST" or not form.is_valid():
        return _page(request, form)
    locale = form.cleaned_data["locale"]
    try:
        index = list_of(locale)
        if not index.permissions_for_user(request.user).can_add_subpage():
            raise PermissionDenied
        defaults = {"organisation": form.cleaned_data["organisation"]}
        proposed = proposals(read(form.cleaned_data["bytes"]), locale, defaults)
    except (Unreadable, NoList) as error:
        form.add_error("file", str(error))
        return _page(request, form)
    if len(proposed) > MOST_PLACES:
        form.add_error("file", _("The file holds more than %(most)s places.") % {"most": MOST_PLACES})
        return _page(request, form)
    if "apply" in request.POST and not form.cleaned_data.get("file"):
        made = make(proposed, locale, request.user).made
        said = ngettext("%(count)s draft was made.", "%(count)s drafts were made.", made) % {"count": made}
        messages.success(request, said)
        return redirect("wagtailadmin_explore", index.pk)
    held = ImportForm(
        initial={
            "content": base64.b64encode(form.cleaned_data["bytes"]).decode(),
            "locale": locale,
            "organisation": form.cleaned_data["organisation"],
        }
    )
    return _page(request, held, proposed)


def _page(request: HttpRequest, form: ImportForm, proposed: list[Proposal] | None = None) -> HttpResponse:
    rows = proposed or []
    outcomes = [row.outcome for row in rows]
    problems = [problem for row in rows for problem in row.problems]
    return TemplateResponse(
        request,
        "safespace_map/admin/import.html",
        {
            "page_title": _("Import safe spaces"),
            "header_icon": "download",
            "form": form,
            "looked_at": proposed is not None,
            "problems": problems[:MOST_SHOWN],
            "new": [row for row in rows if row.outcome is Outcome.NEW],
            "there": [row for row in rows if row.outcome is Outcome.THERE],
            "refused": outcomes.count(Outcome.REFUSED),
        },
    )
