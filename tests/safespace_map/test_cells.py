"""Cells of the table: never a formula, and read back exactly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safespace_map.exchange.cells import guard, pack, unguard, unpack

FORMULAS = ("=1+1", "+32 2 000 01 01", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x")
# Lines and bars, and what stands for them, more often than chance would have it.
letters = st.characters(exclude_characters="\r\0", exclude_categories=["Cs"]) | st.sampled_from("|\\\n='+-@ ")
texts = st.text(letters, max_size=12)
parts = texts.map(lambda text: text.strip(" "))
rows = st.lists(parts, min_size=1, max_size=5).filter(lambda row: bool(row[-1]))


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_would_compute_begins_with_an_apostrophe(text: str) -> None:
    assert guard(text) == f"'{text}"


def test_other_text_stays_as_it_is() -> None:
    assert [guard(text) for text in ("", "02 000 01 01", "12 = 12", "'tis")] == ["", "02 000 01 01", "12 = 12", "'tis"]


@given(texts | st.tuples(st.sampled_from(("", "'", "''")), st.sampled_from(FORMULAS)).map("".join))
def test_a_guarded_cell_is_read_back(text: str) -> None:
    assert unguard(guard(text)) == text


@given(texts | st.sampled_from(FORMULAS))
def test_no_guarded_cell_is_a_formula(text: str) -> None:
    assert guard(text)[:1] not in {*"=+-@\t\r\n＝＋－＠"} - {""}


@given(st.lists(rows, max_size=4))
def test_a_list_is_read_back(given_rows: list[list[str]]) -> None:
    assert unpack(pack(given_rows)) == given_rows
