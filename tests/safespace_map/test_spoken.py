"""Languages by the names that readers know them under."""

import pytest

from safespace_map.spoken import name


@pytest.mark.parametrize(
    ("code", "reader", "said"),
    [
        ("ti", "en", "Tigrinya"),
        ("prs", "en", "Dari"),
        ("ar", "fr", "arabe"),
        ("fr", "ar", "الفرنسية"),
        ("zz", "en", "zz"),
        ("fr", "xx", "French"),
        ("fr", "pt-br", "francês"),
    ],
)
def test_a_language_has_a_name_in_every_language(code: str, reader: str, said: str) -> None:
    assert name(code, reader) == said
