"""What an event is, and how it chooses its page among those that it fits."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from tests.property.publication.model import Node
from tests.property.publication.world import World


@dataclass(frozen=True)
class Event:
    """What happens: `page` and `other` choose among what is there; `prompt` whether recording follows at once."""

    name: str
    page: int = 0
    other: int = 0
    prompt: bool = True


Action = Callable[[World, Event], bool]
EVENTS: dict[str, Action] = {}


def event(action: Action) -> Action:
    EVENTS[action.__name__] = action
    return action


FRESH = 30  # numbers from here on choose among the pages that the last events touched, where they fit


class Fitting(list[Node]):
    """Pages that fit an event, in the order of the tree."""

    def __init__(self, found: list[Node], recent: set[int]) -> None:
        super().__init__(found)
        self.fresh = [node for node in found if node.pk in recent]


def pick(choices: list[Any], number: int) -> Any:
    if number >= FRESH and isinstance(choices, Fitting) and choices.fresh:
        return choices.fresh[number % len(choices.fresh)]
    return choices[number % len(choices)] if choices else None


def nodes(world: World, fits: Callable[[Node], bool] = lambda node: True) -> Fitting:
    """Return the pages that fit."""
    model = world.model
    found = [model.nodes[row.pk] for row in model.in_order() if row.pk in model.nodes and fits(model.nodes[row.pk])]
    return Fitting(found, world.recent)


def own(node: Node) -> bool:
    return node.alias_of is None


def is_home(world: World, node: Node) -> bool:
    return world.model.rows[node.pk].depth == 2


def stored(node: Node) -> Any:
    """The page as its row has it, as its own type."""
    return Page.objects.get(pk=node.pk).specific


def latest(node: Node) -> Any:
    """The page as the editor of the CMS shows it."""
    return stored(node).get_latest_revision_as_object()
