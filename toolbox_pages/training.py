"""What training programmes and modules show beside the page itself, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.images.models import Filter
from wagtail.models import Page

from equalcity.core.languages import direction
from equalcity.core.models import CustomDocument, CustomImage, Role, TargetGroup, Theme
from equalcity.core.reading import Related, crumbs, named, reader, related, written_in
from equalcity.publication.predicate import public_pages
from toolbox_pages.charts import Chart, Figure, draw
from toolbox_pages.context import of_city

CARD = "max-640x640|format-png"


@dataclass(frozen=True)
class Step:
    """A session with the minute at which it begins."""

    session: Any
    start: int


@dataclass(frozen=True)
class Card:
    """A picture card with its drawing, where it may be shown."""

    card: Any
    picture: Any

    @property
    def points(self) -> list[str]:
        return lines(self.card.talking_points)


@dataclass(frozen=True)
class Sheet:
    """A handout with its file, where that may be shown."""

    handout: Any
    document: Any

    @property
    def lines(self) -> list[str]:
        return lines(self.handout.text)


@dataclass(frozen=True)
class Module:
    """A module in its programme: its number, address, agenda and what the trainer brings."""

    page: Any
    url: str
    number: int
    language: str
    steps: list[Step] = field(default_factory=list)
    handouts: list[Sheet] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)

    @property
    def minutes(self) -> int:
        return sum(step.session.minutes for step in self.steps)


@dataclass(frozen=True)
class Result:
    """A question with its drawing; without the number of answers there is none."""

    row: Any
    chart: Chart | None


def lines(text: str) -> list[str]:
    return [line.strip().removeprefix("- ") for line in text.splitlines() if line.strip()]


def of_programme(programme: Any, request: HttpRequest) -> dict[str, Any]:
    """Return the programme's agenda, dates, evaluation and other versions."""
    modules = modules_of(programme, request)
    return {
        **of_city(programme),
        "crumbs": crumbs(programme, request),
        "roles": named(Role, programme.roles.all()),
        "target_groups": named(TargetGroup, programme.target_groups.all()),
        "themes": named(Theme, programme.themes.all()),
        "modules": modules,
        "minutes": sum(module.minutes for module in modules),
        "runs": programme.runs.all(),
        "results": [Result(row, drawn(row)) for row in programme.results.all()],
        "versions": other_versions(programme, request),
    }


def pack_of(programme: Any, request: HttpRequest) -> dict[str, Any]:
    """Return the modules with all that is printed of them."""
    return {"modules": modules_of(programme, request, whole=True)}


def of_module(module: Any, request: HttpRequest) -> dict[str, Any]:
    """Return the module's place in its programme, its agenda, handouts and cards."""
    from toolbox_pages.models import TrainingModulePage, TrainingProgrammePage

    programme = TrainingProgrammePage.objects.ancestor_of(module).last()
    places = list(public_pages(TrainingModulePage.objects.sibling_of(module)).order_by("path"))
    keys = [page.pk for page in places]
    here = keys.index(module.pk) if module.pk in keys else len(keys)
    (shown,) = filled([module], request, whole=True, first=here + 1, in_memory=True)
    return {
        **(of_city(programme) if programme is not None else {}),
        "crumbs": crumbs(module, request),
        "module": shown,
        "minutes": shown.minutes,
        "number": here + 1,
        "count": len(keys),
        "previous": related(places[here - 1], request, kind="") if 0 < here < len(keys) else None,
        "next": related(places[here + 1], request, kind="") if here + 1 < len(keys) else None,
    }


def modules_of(programme: Any, request: HttpRequest, *, whole: bool = False) -> list[Module]:
    """Return the programme's public modules in their order; `whole` with handouts and cards."""
    from toolbox_pages.models import TrainingModulePage

    found: QuerySet[Any] = public_pages(TrainingModulePage.objects.child_of(programme))
    return filled(found.select_related("locale", "alias_of__locale").order_by("path"), request, whole=whole)


def filled(
    pages: Iterable[Any], request: HttpRequest, *, whole: bool, first: int = 1, in_memory: bool = False
) -> list[Module]:
    """Return modules with their rows: one query for each kind of row, however many modules there are.

    `in_memory` reads the rows of a page that is being previewed, which may not be stored yet.
    """
    from toolbox_pages.models import PictureCard, TrainingHandout, TrainingSession

    pages = list(pages)
    sessions = rows_of(pages, TrainingSession, "sessions", in_memory)
    handouts = rows_of(pages, TrainingHandout, "handouts", in_memory) if whole else {}
    cards = rows_of(pages, PictureCard, "cards", in_memory) if whole else {}
    documents = documents_of(sheet for some in handouts.values() for sheet in some)
    pictures = pictures_of(card for some in cards.values() for card in some)
    return [
        Module(
            page,
            page.get_url(request) or "",
            number,
            written_in(page),
            steps_of(sessions.get(page.pk, [])),
            [Sheet(one, documents.get(one.document_id)) for one in handouts.get(page.pk, [])],
            [Card(one, pictures.get(one.image_id)) for one in cards.get(page.pk, [])],
        )
        for number, page in enumerate(pages, start=first)
    ]


def rows_of(pages: list[Any], model: Any, name: str, in_memory: bool) -> dict[int, list[Any]]:
    if in_memory:
        return {page.pk: list(getattr(page, name).all()) for page in pages}
    found: dict[int, list[Any]] = defaultdict(list)
    rows = model.objects.filter(page_id__in=[page.pk for page in pages]).order_by("sort_order", "pk")
    for row in rows:
        found[row.page_id].append(row)
    return found


def steps_of(sessions: Iterable[Any]) -> list[Step]:
    steps, start = [], 0
    for session in sessions:
        steps.append(Step(session, start))
        start += session.minutes
    return steps


def documents_of(handouts: Iterable[Any]) -> dict[int, Any]:
    """Return the file of each handout, as far as it may be shown."""
    wanted = {handout.document_id for handout in handouts if handout.document_id}
    return {one.pk: one for one in CustomDocument.objects.filter(pk__in=wanted) if one.has_consent()}


def pictures_of(cards: Iterable[Any]) -> dict[int, Any]:
    """Return the drawing of each picture, resized, as far as it may be shown."""
    wanted = Filter(spec=CARD)
    images = CustomImage.objects.filter(pk__in={card.image_id for card in cards if card.image_id})
    shown = [image for image in images.prefetch_renditions(wanted) if image.has_consent()]
    return {image.pk: image.get_rendition(wanted) for image in shown}


def drawn(row: Any) -> Chart | None:
    low, high = row.ends
    return draw(
        Figure(row.n_before, row.before),
        Figure(row.n_after, row.after),
        low,
        high,
        from_right=direction(reader()) == "rtl",
    )


def other_versions(programme: Any, request: HttpRequest) -> list[Related]:
    """Return the other versions of the same programme in its toolbox."""
    if not programme.series:
        return []
    same = public_pages(type(programme).objects.sibling_of(programme, inclusive=False).filter(series=programme.series))
    found = same.select_related("locale", "alias_of__locale").order_by("path")
    return [related(page, request, kind=page.version) for page in found]


def stated_and_counted(page: Page) -> tuple[int, int] | None:
    """Return the minutes that staff stated and those that the stored sessions add up to, where the two differ.

    A programme counts the modules that are not offline drafts: what its readers get.
    """
    from toolbox_pages.models import TrainingModulePage

    stated = getattr(page, "planned_minutes", None)
    if stated is None or page.pk is None:
        return None
    counted = counted_minutes(page)
    if isinstance(page, TrainingModulePage) or counted or page.numchild:
        return None if counted == stated else (stated, counted)
    return None


def counted_minutes(page: Any) -> int:
    """Return the sum of the sessions of a module in memory, or of a programme's live modules."""
    from toolbox_pages.models import TrainingModulePage, TrainingSession

    if isinstance(page, TrainingModulePage):
        return sum(session.minutes or 0 for session in page.sessions.all())
    live = TrainingModulePage.objects.child_of(page).live()
    return sum(TrainingSession.objects.filter(page__in=live).values_list("minutes", flat=True))
