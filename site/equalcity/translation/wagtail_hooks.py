"""Where the CMS meets our verbs. Every hook runs before the one of wagtail-localize that it takes over from."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.models import Translation

from equalcity.translation.panels import TranslationsPanel
from equalcity.translation.views import StartPageTranslationView, SyncTranslationsView, answer_publish


@hooks.register("register_admin_urls", order=-1)
def replace_localize_screens() -> list[URLPattern]:
    """The addresses that wagtail-localize uses for the two screens; the first pattern that fits wins."""
    return [
        path("localize/submit/page/<int:page_id>/", StartPageTranslationView.as_view()),
        path("localize/update/<int:translation_source_id>/", SyncTranslationsView.as_view()),
    ]


@hooks.register("before_edit_page", order=-1)
def publish_translated_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    return publish_from_editor(request, page)


@hooks.register("before_edit_snippet", order=-1)
def publish_translated_term(request: HttpRequest, instance: object) -> HttpResponse | None:
    return publish_from_editor(request, instance) if isinstance(instance, TranslatableMixin) else None


def publish_from_editor(request: HttpRequest, target: TranslatableMixin) -> HttpResponse | None:
    """Answer the translation editor's Publish; None for everything else, which then goes its usual way."""
    if request.method != "POST" or request.POST.get("action") != "publish":
        return None
    translation = Translation.objects.filter(
        source__object_id=target.translation_key, target_locale_id=target.locale_id, enabled=True
    ).first()
    if translation is None or getattr(target, "alias_of_id", None):
        return None
    answer_publish(request, translation, target)
    return redirect(request.path)


@hooks.register("construct_homepage_panels")
def add_translations_panel(request: HttpRequest, panels: list[object]) -> None:
    panels.append(TranslationsPanel())
