"""What the demonstration knows of a page type."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wagtail.models import Page

from equalcity.demo.content import PageRecord

if TYPE_CHECKING:
    from equalcity.demo.fill.filler import Filler


@dataclass(frozen=True)
class Fill:
    """A page type, and the function that puts the fields of its own on a page: filler, page, record, text.

    `begin` sets what even an empty draft cannot be saved without.
    """

    model: type[Page]
    fill: "Callable[[Filler, Any, PageRecord, dict[str, Any]], None]"
    begin: "Callable[[Any, PageRecord], None] | None" = None
