"""The CMS screens of wagtail-localize that would make text public, with our verbs in place of theirs."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.models import Translation
from wagtail_localize.views.submit_translations import SubmitPageTranslationView
from wagtail_localize.views.update_translations import UpdateTranslationsView

from equalcity.translation.publish import UntranslatedError, publish, restrictions_kept
from equalcity.translation.translate import translate


class StartPageTranslationView(SubmitPageTranslationView):
    """“Translate this page”: makes drafts, and publishes nothing."""

    def form_valid(self, form: Any) -> HttpResponse:
        locales = list(form.cleaned_data["locales"])
        pages = [self.object]
        if form.cleaned_data["include_subtree"]:
            pages += self.object.get_descendants().filter(alias_of=None).specific()
        started, *_below = [translate(page, locales, self.request.user) for page in pages]  # type: ignore[arg-type]
        names = ", ".join(locale.get_display_name() for locale in locales)
        messages.success(
            self.request,
            _("“%(title)s” can now be translated: %(languages)s. Nothing is public until you publish it.")
            % {"title": self.object.get_admin_display_title(), "languages": names},
        )
        only = started[0] if len(started) == 1 else None
        return redirect(self.get_success_url() or self.get_default_success_url(only))


class SyncTranslationsView(UpdateTranslationsView):
    """“Sync translated pages”: takes the new source text; publishes only translations without gaps."""

    def form_valid(self, form: Any) -> HttpResponse:
        wanted = form.cleaned_data["publish_translations"]
        form.cleaned_data["publish_translations"] = False
        with restrictions_kept(self.object):
            response: HttpResponse = super().form_valid(form)
        if wanted:
            for translation in self.object.translations.filter(enabled=True):
                answer_publish(self.request, translation, translation.get_target_instance())
        return response


def answer_publish(request: HttpRequest, translation: Translation, target: TranslatableMixin) -> None:
    """Publish a translation for somebody, and tell them how it went.

    Raises `PermissionDenied` when they may not.
    """
    refuse_publishing_without_right(request, target)
    language = translation.target_locale.get_display_name()
    try:
        publish(translation, user=request.user)  # type: ignore[arg-type]
    except UntranslatedError as error:
        count = len(error.paths)
        messages.error(
            request,
            ngettext(
                "“%(title)s” was not published in %(language)s: %(count)d text waits for a translation. "
                "What is public stays as it is.",
                "“%(title)s” was not published in %(language)s: %(count)d texts wait for a translation. "
                "What is public stays as it is.",
                count,
            )
            % {"title": target, "language": language, "count": count},
        )
    except ValidationError as error:
        messages.error(
            request,
            _("“%(title)s” was not published in %(language)s: %(reason)s Your translations are kept.")
            % {"title": target, "language": language, "reason": " ".join(error.messages)},
        )
    else:
        messages.success(
            request, _("“%(title)s” is published in %(language)s.") % {"title": target, "language": language}
        )


def refuse_publishing_without_right(request: HttpRequest, target: TranslatableMixin) -> None:
    """Raise `PermissionDenied` unless this person may publish this page or term now."""
    if isinstance(target, Page):
        rights = target.permissions_for_user(request.user)
        allowed = rights.can_publish() and not rights.page_locked()
    else:
        meta = target._meta
        allowed = request.user.has_perm(f"{meta.app_label}.change_{meta.model_name}")
    if not allowed:
        raise PermissionDenied
