"""The dashboard's list of what needs a translator or an editor today."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.permissions import page_permission_policy
from wagtail_localize.models import StringSegment, StringTranslation, Translation

SHOWN = 5


@dataclass(frozen=True)
class Waiting:
    """One line: a page, its language (name), and where to work on it."""

    title: str
    language: str
    url: str


def translations_of_pages(pages: "QuerySet[Page]") -> "QuerySet[Any]":
    """Return the translations in use whose target is among `pages`, with that page's `page_id` and `title`."""
    target = pages.filter(
        translation_key=OuterRef("source__object_id"), locale=OuterRef("target_locale"), alias_of=None
    )
    found: QuerySet[Any] = (
        Translation.objects.filter(enabled=True)
        .annotate(page_id=Subquery(target.values("pk")[:1]), title=Subquery(target.values("draft_title")[:1]))
        .exclude(page_id=None)
        .select_related("target_locale")
        .order_by("title", "pk")
    )
    return found


def with_gaps(translations: "QuerySet[Any]") -> "QuerySet[Any]":
    """Keep the translations in which at least one text, other than the address, is missing."""
    done = StringTranslation.objects.filter(
        translation_of=OuterRef("string"),
        context=OuterRef("context"),
        locale=OuterRef(OuterRef("target_locale")),
        has_error=False,
    )
    gaps = StringSegment.objects.filter(~Exists(done), source=OuterRef("source")).exclude(context__path="slug")
    return translations.filter(Exists(gaps))


def behind(translations: "QuerySet[Any]") -> "QuerySet[Any]":
    """Keep the translations whose original was published again since its text was last taken over."""
    original = Page.objects.filter(translation_key=OuterRef("source__object_id"), locale=OuterRef("source__locale"))
    return translations.annotate(published=Subquery(original.values("last_published_at")[:1])).filter(
        published__gt=F("source__last_updated_at")
    )


class TranslationsPanel(Component):
    """Translations that wait, translations whose original moved on, and drafts: as far as this person may edit."""

    order = 110
    template_name = "translation/panel.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        pages = page_permission_policy.instances_user_has_permission_for(parent_context["request"].user, "change")
        translations = translations_of_pages(pages)
        drafts = pages.filter(has_unpublished_changes=True, alias_of=None).order_by("-latest_revision_created_at")
        lists = []
        for name, rows in (("gaps", with_gaps(translations)), ("behind", behind(translations))):
            lines = [
                Waiting(row.title, row.target_locale.get_display_name(), edit_url(row.page_id)) for row in rows[:SHOWN]
            ]
            lists.append({"name": name, "count": rows.count(), "lines": lines})
        lines = [
            Waiting(page.draft_title or page.title, page.locale.get_display_name(), edit_url(page.pk))
            for page in drafts.select_related("locale")[:SHOWN]
        ]
        lists.append({"name": "drafts", "count": drafts.count(), "lines": lines})
        return {"lists": lists}


def edit_url(page_id: int) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page_id])
