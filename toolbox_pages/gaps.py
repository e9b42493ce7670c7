"""What there is and what is missing: target group x theme, counted over the public practices of one language."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, F
from django.db.models.functions import Coalesce
from django.urls import reverse

from equalcity.core.models import TargetGroup, Theme
from equalcity.core.reading import reader
from equalcity.core.terms import labels
from equalcity.publication.predicate import public_pages
from toolbox_pages.models import BestPracticePage

# From how many practices on a cell has its first, second and third arch.
ARCHES = (1, 2, 4)


@dataclass(frozen=True)
class Gap:
    """One cell: how many practices there are for a target group on a theme, and the search that shows them."""

    group: str
    count: int
    url: str
    arches: tuple[bool, ...]


@dataclass(frozen=True)
class Row:
    theme: str
    cells: tuple[Gap, ...]


@dataclass(frozen=True)
class GapMap:
    """`total` practices are counted, each in every cell it belongs to; `empty` of `size` cells hold none."""

    groups: tuple[str, ...]
    rows: tuple[Row, ...]
    total: int
    empty: int
    size: int


def gap_map() -> GapMap:
    """Return the map in the reader's language. Four queries, however many practices there are."""
    pages = public_pages(BestPracticePage.objects.filter(locale__language_code=reader()))
    # A second copy of a practice in the same language is an alias of the first.
    pages = pages.annotate(same=Coalesce(F("alias_of__translation_key"), F("translation_key"))).order_by()
    counted = pages.filter(target_groups__isnull=False, themes__isnull=False).values_list(
        "target_groups__code", "themes__code"
    )
    found = {(group, theme): number for group, theme, number in counted.annotate(number=Count("same", distinct=True))}
    groups, themes = labels(TargetGroup, reader()), labels(Theme, reader())
    rows = tuple(
        Row(
            name,
            tuple(cell(group, groups[group], theme, found.get((group, theme), 0)) for group in groups),
        )
        for theme, name in themes.items()
    )
    size = len(groups) * len(themes)
    return GapMap(
        groups=tuple(groups.values()),
        rows=rows,
        total=pages.aggregate(total=Count("same", distinct=True))["total"],
        empty=sum(not one.count for row in rows for one in row.cells),
        size=size,
    )


def cell(group: str, name: str, theme: str, count: int) -> Gap:
    asked = urlencode({"type": BestPracticePage._meta.label, "audience": group, "theme": theme})
    return Gap(name, count, f"{reverse('search:search')}?{asked}", tuple(count >= least for least in ARCHES))
