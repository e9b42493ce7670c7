"""The small file for when the database is down."""

from pathlib import Path
from typing import Any

import pytest

from equalcity.core.offline import FILE_NAME, HelpLine, Offline, exit_address, read, write

LINE = HelpLine("rome", "+39 06 0000", {"en": "Rome", "it": "Roma"}, {"it": "Linea di aiuto"})


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    settings.EQUALCITY_HOME = tmp_path
    return tmp_path


def test_what_is_written_is_read() -> None:
    known = Offline((LINE,), "https://example.org/{locale}", "+32 2 000 00 00")
    write(known)
    assert read() == known


def test_nothing_yet() -> None:
    assert read() == Offline()


@pytest.mark.parametrize("damaged", ["", "{", "[]", '{"lines": 3}', '{"lines": [{}], "exit_url": ""}'])
def test_a_damaged_file_is_no_error(home: Path, damaged: str) -> None:
    (home / FILE_NAME).write_text(damaged, "utf-8")
    assert read() == Offline()


def test_no_half_written_file_is_left(home: Path) -> None:
    write(Offline((LINE,)))
    with pytest.raises(TypeError):
        write(Offline((HelpLine("x", object(), {}, {}),)))  # type: ignore[arg-type]
    assert read() == Offline((LINE,))
    assert [path.name for path in home.iterdir()] == [FILE_NAME]


def test_a_number_is_dialled_without_its_spaces() -> None:
    assert LINE.dialled == "+39060000"


@pytest.mark.parametrize(
    ("chosen", "language", "address"),
    [
        ("", "fr", "https://fr.wikipedia.org/"),
        ("https://weather.example/{locale}/", "pt-br", "https://weather.example/pt/"),
        ("javascript:alert(1)", "en", "https://en.wikipedia.org/"),
    ],
)
def test_where_exit_leads(chosen: str, language: str, address: str) -> None:
    write(Offline(exit_url=chosen))
    assert exit_address(language) == address
