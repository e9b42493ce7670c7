"""Static files that are made."""

import re
from pathlib import Path

import brotli
from django.conf import settings
from django.contrib.staticfiles import finders

from equalcity.core.stylesheet import BUNDLE, STYLES, bundle, made_files


def test_one_file_holds_every_component() -> None:
    text = bundle()
    missing = [path.name for path in STYLES.rglob("*.css") if path.read_text("utf-8") not in text]
    assert missing == []
    assert text.count("{") == text.count("}")


def test_styles_ask_no_other_server_for_anything() -> None:
    assert re.findall(r"@import|https?:|//[a-z]|@font-face", bundle()) == []


def test_made_files_are_found_by_django(tmp_path: Path) -> None:
    found = finders.find(BUNDLE)
    assert found is not None
    assert Path(found).read_text("utf-8") == bundle()
    assert finders.find("core/nothing.css") is None


def test_stylesheet_and_scripts_stay_small() -> None:
    scripts = sum(path.stat().st_size for path in (settings.PACKAGE / "core/static").rglob("*.js"))
    assert scripts + len(settings.EXIT_GUARD) < 20 * 1024
    # As whitenoise sends it, because what counts of a style sheet is what travels.
    assert len(brotli.compress(made_files()[BUNDLE].encode())) < 12 * 1024
