"""The grammar of `fields=`, that of stock Wagtail API v2: names, `*`, `_`, `-name`, `name(nested)` one level deep.

    fields   = choice *("," choice)
    choice   = "*" / "_" / ["-"] name ["(" fields ")"]

`*` (everything) and `_` (nothing) come first; `-name` takes a field away; after `*` a plain name says nothing new.
Relations are stored one level deep, so a bracket inside a bracket is refused with a reason.
"""

import re
from dataclasses import dataclass

TOKEN = re.compile(r"-?(?:\*|\w+)|[(),]")


class GrammarError(ValueError):
    """The text does not follow the grammar; the message says where."""


@dataclass(frozen=True)
class Choice:
    """One entry of a list of fields."""

    name: str
    negated: bool = False
    nested: "tuple[Choice, ...]" = ()


def parse(text: str) -> tuple[Choice, ...]:
    """Read the value of `fields=`; an empty text chooses nothing in particular. Raises `GrammarError`."""
    outer: list[Choice] = []
    inner: list[Choice] | None = None
    position = 0
    expected = "name"
    while position < len(text):
        found = TOKEN.match(text, position)
        if found is None:
            raise GrammarError(f"unexpected character at position {position}")
        word = found[0]
        if word not in "(),":
            if expected != "name":
                raise GrammarError(f"a comma is missing at position {position}")
            _add(outer if inner is None else inner, word, position)
            expected = "separator"
        elif expected == "name":
            raise GrammarError(f"a name is missing at position {position}")
        elif word == ",":
            expected = "name"
        elif word == "(":
            if inner is not None:
                raise GrammarError("two levels of nesting are not available: relations are stored one level deep")
            _check_can_nest(outer[-1], text[position - 1], position)
            inner = []
            expected = "name"
        else:
            if inner is None:
                raise GrammarError(f"unexpected ')' at position {position}")
            outer[-1] = Choice(outer[-1].name, nested=tuple(inner))
            inner = None
        position = found.end()
    if inner is not None:
        raise GrammarError("a closing bracket is missing at the end")
    if text and expected == "name":
        raise GrammarError("a name is missing at the end")
    _check_plain_names_after_star(outer)
    return tuple(outer)


def _add(choices: list[Choice], word: str, position: int) -> None:
    negated = word.startswith("-")
    name = word.removeprefix("-")
    if name in {"*", "_"}:
        if choices:
            raise GrammarError(f"'{name}' must come first")
        if negated:
            raise GrammarError(f"'{name}' cannot be taken away")
    if negated and choices and choices[0].name == "_":
        raise GrammarError(f"nothing can be taken away after '_' (position {position})")
    choices.append(Choice(name, negated))


def _check_can_nest(choice: Choice, before: str, position: int) -> None:
    if choice.negated or choice.name in {"*", "_"} or before == ")":
        raise GrammarError(f"unexpected '(' at position {position}")


def _check_plain_names_after_star(choices: list[Choice]) -> None:
    for group in (choices, *(choice.nested for choice in choices)):
        if group and group[0].name == "*" and any(not one.negated and not one.nested for one in group[1:]):
            raise GrammarError("'*' holds every field already: after it, take fields away or nest")
