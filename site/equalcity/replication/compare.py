"""Two versions of a page as a person can compare them."""

from dataclasses import dataclass
from typing import Any

from django.utils.html import strip_tags

from equalcity.core.models import BasePage

# Keys of stream data that carry no words.
SILENT = {"id", "type", "key", "decorative"}


@dataclass(frozen=True)
class Difference:
    """One field that is not the same on both sides, in words."""

    label: str
    mine: str
    theirs: str


def differences(model: type[BasePage], mine: dict[str, Any], theirs: dict[str, Any]) -> list[Difference]:
    """Return the fields and rows that differ, in the order of `theirs`."""
    found = []
    for part in ("fields", "children"):
        ours, others = mine.get(part, {}), theirs.get(part, {})
        for name in dict.fromkeys([*others, *ours]):
            if ours.get(name) != others.get(name):
                found.append(Difference(_label(model, name), words(ours.get(name)), words(others.get(name))))
    return found


def words(value: Any) -> str:
    """Return the words in a value of a source, one line each."""
    match value:
        case None | "":
            return ""
        case str():
            return strip_tags(value.replace("</p>", "\n").replace("</li>", "\n").replace("<br>", "\n")).strip()
        case dict():
            return "\n".join(filter(None, (words(inner) for name, inner in value.items() if name not in SILENT)))
        case list():
            return "\n".join(filter(None, map(words, value)))
        case _:
            return str(value)


def _label(model: type[BasePage], name: str) -> str:
    known = {one.name: one for one in model._meta.get_fields()}
    one = known.get(name)
    return str(getattr(one, "verbose_name", "") or name.replace("_", " "))
