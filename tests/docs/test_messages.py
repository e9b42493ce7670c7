"""Every interface text is there in every language, and the compiled catalogues are those of the readable ones."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from tests.typography import dutch_faults, french_faults

LOCALE = Path(__file__).resolve().parents[2] / "site/equalcity/locale"
LANGUAGES = ["ar", "de", "fr", "it", "nl", "sv"]


def test_the_languages_of_the_interface() -> None:
    assert sorted(path.name for path in LOCALE.iterdir() if path.is_dir()) == LANGUAGES


def texts(catalogue: Catalog) -> dict[str, tuple[str, ...]]:
    """Every message by its singular, with all forms of its translation."""
    found = {}
    for message in catalogue:
        if message.id:
            singular = message.id if isinstance(message.id, str) else message.id[0]
            found[singular] = (message.string,) if isinstance(message.string, str) else tuple(message.string)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_untranslated_or_doubtful(language: str) -> None:
    catalogue = read_po(BytesIO((LOCALE / language / "LC_MESSAGES/django.po").read_bytes()))
    messages = [message for message in catalogue if message.id]
    assert len(messages) > 300
    lacking = [
        message.id
        for message in messages
        if message.fuzzy or not (all(message.string) if isinstance(message.string, tuple) else message.string)
    ]
    assert lacking == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_survive(language: str) -> None:
    catalogue = read_po(BytesIO((LOCALE / language / "LC_MESSAGES/django.po").read_bytes()))
    assert [
        (message.id, [str(error) for error in message.check(catalogue)])
        for message in catalogue
        if [*message.check(catalogue)]
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    folder = LOCALE / language / "LC_MESSAGES"
    written = read_po(BytesIO((folder / "django.po").read_bytes()))
    compiled = read_mo(BytesIO((folder / "django.mo").read_bytes()))
    assert texts(written) == texts(compiled)


@pytest.mark.parametrize(
    ("language", "faults"), [("fr", french_faults), ("nl", dutch_faults)], ids=["French spaces", "Dutch says je"]
)
def test_one_way_of_writing(language: str, faults: Callable[[str], list[str]]) -> None:
    written = texts(read_po(BytesIO((LOCALE / language / "LC_MESSAGES/django.po").read_bytes())))
    assert [fault for forms in written.values() for text in forms for fault in faults(text)] == []


def test_every_text_in_the_sources_is_in_the_catalogues(tmp_path: Path) -> None:
    """Run as `makemessages` runs: with xgettext, over our own folders."""
    import shutil
    import subprocess
    import sys

    root = LOCALE.parents[2]
    assert shutil.which("xgettext"), "gettext is not installed: make services installs it"
    copy = tmp_path / "copy"
    for folder in ("site", "home", "toolbox_pages", "campaign", "safespace_map", "search"):
        shutil.copytree(root / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__", "content"))
    shutil.copy(root / "manage.py", copy / "manage.py")
    subprocess.run(
        [sys.executable, "manage.py", "makemessages", "-l", "fr", "--no-location", "-v0"],
        cwd=copy,
        env={"PATH": "/usr/bin:/bin", "EQUALCITY_HOME": str(tmp_path), "PYTHONPATH": f"{copy}:{copy / 'site'}"},
        check=True,
    )
    fresh = read_po(BytesIO((copy / "site/equalcity/locale/fr/LC_MESSAGES/django.po").read_bytes()))
    kept = read_po(BytesIO((LOCALE / "fr/LC_MESSAGES/django.po").read_bytes()))
    assert set(texts(fresh)) == set(texts(kept))
