"""What pages of the campaign show beside themselves, in a constant number of queries."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import time_format
from wagtail.models import Page

from campaign import times
from equalcity.core.languages import direction, own_name
from equalcity.core.links import localize_links
from equalcity.core.models import City, CustomImage, Role
from equalcity.core.paging import page_of
from equalcity.core.reading import Related, crumbs, reader, related, written_in
from equalcity.core.terms import labels
from equalcity.publication.predicate import public_pages

PREVIEW = "width-480|format-webp"


@dataclass(frozen=True)
class Story:
    """A story in a list, its role and city in the reader's language."""

    page: Page
    url: str
    language: str
    role: str
    city: str
    accent: str


@dataclass(frozen=True)
class When:
    """The times of an event as its own clocks show them, for people and for machines."""

    starts: str
    ends: str
    begins: str
    finishes: str
    zone: str
    offset: str


@dataclass(frozen=True)
class Event:
    page: Page
    url: str
    language: str
    when: When


@dataclass(frozen=True)
class Material:
    """A material in a list, with the languages that it has files in."""

    page: Page
    url: str
    language: str
    files: list["File"]
    preview: CustomImage | None


@dataclass(frozen=True)
class File:
    """One file of a material."""

    row: Any
    language: str
    name: str
    direction: str


@dataclass(frozen=True)
class Section:
    """A block of a landing page; teasers also hold what they list, and where all of it is."""

    block: Any
    rows: list[Any] = field(default_factory=list)
    all: Related | None = None


# Pages --------------------------------------------------------------------------------------------------------


def of_campaign(campaign: Any, request: HttpRequest) -> dict[str, Any]:
    """Return the blocks of a landing page with what its teasers list."""
    localize_links(campaign.body)
    kinds: dict[str, Callable[[Page, HttpRequest, int], list[Any]]] = {
        "stories": stories_of,
        "events": coming_events,
        "materials": materials_of,
    }
    found: dict[str, list[Any]] = {}
    for kind in {block.block_type for block in campaign.body} & kinds.keys():
        most = max(block.value["most"] for block in campaign.body if block.block_type == kind)
        found[kind] = kinds[kind](campaign, request, most)
    lists = {page.specific_class: related(page, request, kind="") for page in children(campaign)} if found else {}
    sections = []
    for block in campaign.body:
        rows = found.get(block.block_type, [])[: block.value["most"]] if block.block_type in kinds else []
        sections.append(Section(block, rows, lists.get(list_type(block.block_type))))
    return {"sections": sections}


def of_stories(index: Any, request: HttpRequest) -> dict[str, Any]:
    return {"rows": stories_of(index, request), "crumbs": crumbs(index, request)}


def of_story(story: Any, request: HttpRequest) -> dict[str, Any]:
    (row,) = story_rows([story], request)
    return {"story": row, "page_accent": row.accent, **of_page(story, request)}


def of_events(index: Any, request: HttpRequest) -> dict[str, Any]:
    """Return the events to come, the next first, and one page of those that are over, the last first."""
    now = timezone.now().timestamp()
    rows = [event_row(page, request) for page in events_below(index)]
    coming = [row for row in rows if row.page.ends.timestamp() > now]
    over = [row for row in rows if row.page.ends.timestamp() <= now]
    past = page_of(request, over[::-1])
    return {
        "coming": coming if past.number == 1 else [],
        "past": past,
        "has_events": bool(rows),
        "calendar": calendar_of(index, request, "events"),
        "crumbs": crumbs(index, request),
    }


def of_event(event: Any, request: HttpRequest) -> dict[str, Any]:
    codes = [code.strip() for code in event.languages.split(",") if code.strip()]
    return {
        "when": when(event),
        "is_over": event.ends.timestamp() <= timezone.now().timestamp(),
        "spoken": [{"code": code, "name": own_name(code), "direction": direction(code)} for code in codes],
        "calendar": calendar_of(event, request, "event"),
        **of_page(event, request),
    }


def of_materials(index: Any, request: HttpRequest) -> dict[str, Any]:
    return {"rows": materials_of(index, request), "crumbs": crumbs(index, request)}


def of_material(material: Any, request: HttpRequest) -> dict[str, Any]:
    """Return the files whose consent holds, those in the reader's language first, and their previews."""
    files = files_of(material.files.select_related("document"))
    shown = previews([file.row.preview_id for file in files])
    for file in files:
        file.row.shown_preview = shown.get(file.row.preview_id)
    return {"files": files, **of_page(material, request)}


def of_page(page: Any, request: HttpRequest) -> dict[str, Any]:
    return {"crumbs": crumbs(page, request), "address": settings.SITE_URL + (page.get_url(request) or "")}


# Stories ------------------------------------------------------------------------------------------------------


def stories_of(above: Page, request: HttpRequest, most: int | None = None) -> list[Story]:
    """Return the public stories below a page in the editors' order. Three queries."""
    from campaign.models import StoryPage

    pages: Any = StoryPage.objects.descendant_of(above).defer_streamfields()
    shown = public_pages(pages).select_related("city", "role", "locale", "alias_of__locale")
    return story_rows(shown.order_by("path")[:most], request)


def story_rows(pages: Iterable[Any], request: HttpRequest) -> list[Story]:
    cities, roles = labels(City, reader()), labels(Role, reader())
    return [
        Story(
            page=page,
            url=page.get_url(request) or "",
            language=written_in(page),
            role=roles.get(page.role.code, page.role.name),
            city=cities.get(page.city.code, page.city.name),
            accent=page.city.accent,
        )
        for page in pages
    ]


# Events -------------------------------------------------------------------------------------------------------


def events_below(above: Page) -> list[Any]:
    """Return the public events below a page in the order in which they begin. One query."""
    from campaign.models import EventPage

    pages: Any = EventPage.objects.descendant_of(above).defer_streamfields()
    found = public_pages(pages).select_related("locale", "alias_of__locale").order_by("path")
    return sorted(found, key=lambda page: page.starts.timestamp())


def coming_events(above: Page, request: HttpRequest, most: int) -> list[Event]:
    now = timezone.now().timestamp()
    coming = [page for page in events_below(above) if page.ends.timestamp() > now and not page.cancelled]
    return [event_row(page, request) for page in coming[:most]]


def event_row(page: Any, request: HttpRequest) -> Event:
    return Event(page, page.get_url(request) or "", written_in(page), when(page))


def when(event: Any) -> When:
    """Return the times with the zone's name; its distance from UTC changes where the clocks change on the way."""
    starts, ends = times.offset(event.starts), times.offset(event.ends)
    one_day = event.starts_on == event.ends_on
    return When(
        starts=event.starts.isoformat(timespec="minutes"),
        ends=event.ends.isoformat(timespec="minutes"),
        begins=times.spoken(event.starts_on, event.starts_at),
        finishes=time_format(event.ends_at) if one_day else times.spoken(event.ends_on, event.ends_at),
        zone=event.time_zone,
        offset=starts if starts == ends else f"{starts} → {ends}",
    )


def calendar_of(page: Page, request: HttpRequest, name: str) -> str:
    return f"{page.get_url(request) or ''}{name}.ics"


# Materials ----------------------------------------------------------------------------------------------------


def materials_of(above: Page, request: HttpRequest, most: int | None = None) -> list[Material]:
    """Return the public materials below a page with their files and a preview. Four queries."""
    from campaign.models import MaterialFile, MaterialPage

    found: Any = MaterialPage.objects.descendant_of(above).defer_streamfields()
    pages = list(public_pages(found).select_related("locale", "alias_of__locale").order_by("path")[:most])
    below: dict[int, list[Any]] = {page.pk: [] for page in pages}
    for row in MaterialFile.objects.filter(page__in=below).select_related("document").order_by("sort_order"):
        below[row.page_id].append(row)
    files = {pk: files_of(rows) for pk, rows in below.items()}
    # The first file is in the reader's language where there is one.
    first = {pk: next((one.row.preview_id for one in rows if one.row.preview_id), None) for pk, rows in files.items()}
    shown = previews(first.values())
    return [
        Material(page, page.get_url(request) or "", written_in(page), files[page.pk], shown.get(first[page.pk] or 0))
        for page in pages
    ]


def files_of(rows: Iterable[Any]) -> list[File]:
    language = reader()
    files = [
        File(row, row.language, own_name(row.language), direction(row.language))
        for row in rows
        if row.document.has_consent()
    ]
    return sorted(files, key=lambda file: file.language != language)


def previews(pks: Iterable[int | None]) -> dict[int, CustomImage]:
    """Return the pictures that may be shown, their small versions read at once."""
    images: Any = CustomImage.objects.filter(pk__in={pk for pk in pks if pk})
    return {image.pk: image for image in images.prefetch_renditions(PREVIEW) if image.has_consent()}


# What all share -----------------------------------------------------------------------------------------------


def children(page: Page) -> Iterable[Page]:
    found: Iterable[Page] = public_pages(page.get_children()).select_related("locale", "alias_of__locale")
    return found


def list_type(kind: str) -> type[Page] | None:
    from campaign import models

    return {
        "stories": models.StoryIndexPage,
        "events": models.EventIndexPage,
        "materials": models.MaterialIndexPage,
    }.get(kind)
