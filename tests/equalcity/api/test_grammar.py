"""`fields=`: our grammar against stock's parser, and where it refuses what stock would try."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail.api.v2.utils import parse_fields_parameter

from equalcity.api.grammar import Choice, GrammarError, parse

PIECES = st.sampled_from(["a", "bc", "d_e", "*", "_", "-a", "-", ",", ",", "(", ")", "f(g)", "h(*,-i)", " ", "é"])


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("", ()),
        ("title", (Choice("title"),)),
        ("-title,slug", (Choice("title", negated=True), Choice("slug"))),
        ("*,-body", (Choice("*"), Choice("body", negated=True))),
        ("_,id", (Choice("_"), Choice("id"))),
        (
            "reviews(*,-comment),id",
            (Choice("reviews", nested=(Choice("*"), Choice("comment", negated=True))), Choice("id")),
        ),
        ("_x,a_b", (Choice("_x"), Choice("a_b"))),
    ],
)
def test_what_is_read(text: str, choices: tuple[Choice, ...]) -> None:
    assert parse(text) == choices


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a,,b", "a name is missing at position 2"),
        ("a,", "a name is missing at the end"),
        ("a b", "unexpected character at position 1"),
        ("a(b", "a closing bracket is missing at the end"),
        ("a)", "unexpected ')' at position 1"),
        ("a()", "a name is missing at position 2"),
        ("-a(b)", "unexpected '(' at position 2"),
        ("a(b)(c)", "unexpected '(' at position 4"),
        ("a(b)c", "a comma is missing at position 4"),
        ("a,*", "'*' must come first"),
        ("-_", "'_' cannot be taken away"),
        ("_,-a", "nothing can be taken away after '_' (position 2)"),
        ("*,a", "'*' holds every field already: after it, take fields away or nest"),
        ("a(b(c))", "two levels of nesting are not available: relations are stored one level deep"),
        ("a(" * 2000, "two levels of nesting are not available: relations are stored one level deep"),
    ],
)
def test_what_is_refused(text: str, reason: str) -> None:
    with pytest.raises(GrammarError) as refused:
        parse(text)
    assert str(refused.value) == reason


@pytest.mark.property
@given(st.lists(PIECES, max_size=9).map("".join))
def test_it_reads_what_stock_reads(text: str) -> None:
    """Except a bracket within a bracket, a name right behind one, and names that no field has (`-`, `*_`)."""
    try:
        ours = [(one.name, one.negated, nested(one)) for one in parse(text)]
    except GrammarError as error:
        if str(error).startswith(("two levels", "a comma is missing")):
            return
        ours = None
    assert ours == stock(text)


def nested(choice: Choice) -> list[tuple[str, bool, None]] | None:
    return [(one.name, one.negated, None) for one in choice.nested] or None


def stock(text: str) -> list[tuple[str, bool, object]] | None:
    try:
        found = parse_fields_parameter(text)
    except ValueError:
        return None
    names = [name for name, _negated, inner in found for name in (name, *(one[0] for one in inner or ()))]
    return None if any(name == "" or "*" in name[1:] or name.startswith("*_") for name in names) else found
