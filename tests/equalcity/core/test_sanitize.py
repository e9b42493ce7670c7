"""The allow-list of HTML, on its own and wherever rich text is shown."""

import pytest
from django.conf import settings
from django.template import Context, Template
from wagtail.rich_text import RichText

from equalcity.core.sanitize import clean_html, clean_rich_text

HOSTILE = [
    ("<script>alert(1)</script>kept", "kept"),
    ("<SCRIPT SRC=//evil.example></SCRIPT>", ""),
    ("<img src=x onerror=alert(1)>", ""),
    ('<p style="position:fixed" onclick="x()" class="y" id="z">kept</p>', "<p>kept</p>"),
    ('<a href="javascript:alert(1)">kept</a>', '<a rel="noreferrer">kept</a>'),
    ('<a href="data:text/html,x">kept</a>', '<a rel="noreferrer">kept</a>'),
    ("<iframe src=https://evil.example></iframe>", ""),
    ("<svg><a href='javascript:1'>x</a></svg>", ""),
    ("<form action=https://evil.example><input name=q></form>", ""),
    ("<!-- comment -->kept", "kept"),
    (
        '<a href="https://example.org" target="_blank" rel="opener">out</a>',
        '<a href="https://example.org" rel="noreferrer">out</a>',
    ),
    ("<p>an <b>open tag", "<p>an <b>open tag</b></p>"),
    ('<p lang="ar" dir="rtl">نص</p>', '<p lang="ar" dir="rtl">نص</p>'),
]


@pytest.mark.parametrize(("given", "expected"), HOSTILE)
def test_only_the_allowed_is_left(given: str, expected: str) -> None:
    assert clean_html(given) == expected
    assert clean_html(expected) == expected


def test_stored_rich_text_keeps_its_links_to_pages() -> None:
    stored = '<p><a linktype="page" id="3">there</a><script>1</script></p>'
    assert clean_rich_text(stored) == '<p><a linktype="page" id="3">there</a></p>'


@pytest.mark.django_db
def test_rich_text_is_clean_however_a_template_shows_it() -> None:
    text = RichText('<p>kept<script>alert(1)</script><img src=x onerror="1"></p>')
    template = Template("{% load wagtailcore_tags %}{{ text|richtext }}{{ text }}")
    assert template.render(Context({"text": text})) == "<p>kept</p><p>kept</p>"


def test_no_public_template_marks_anything_safe_by_itself() -> None:
    """`safe` stands only where the text is ours: the guard's script, and the markup of a telephone number."""
    number = '<bdi class="num" dir="ltr">112</bdi>'
    ours = ["{{ exit_guard|safe }}", f"'{number}'|safe", f"'<a href=\"tel:112\">{number}</a>'|safe"]
    root = settings.PACKAGE.parent.parent
    places = ["home", "toolbox_pages", "search", "campaign", "safespace_map", "site/equalcity/core"]
    found = []
    for path in [path for place in places for path in root.glob(f"{place}/templates/*/**/*.html")]:
        text = path.read_text("utf-8")
        for known in ours:
            text = text.replace(known, "")
        if path.parts[-2] != "totp" and ("|safe" in text or "autoescape off" in text):
            found.append(str(path.relative_to(root)))
    assert found == []
