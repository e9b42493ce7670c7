"""The one allow-list of HTML. Rich text passes it when it comes in from outside and whenever it is shown.

Wagtail does not clean rich text at render, so a `<script>` written to the database by an import would come out
raw (safety rule 6).
"""

import nh3

TAGS = frozenset(
    {"a", "b", "blockquote", "br", "em", "h2", "h3", "h4", "hr", "i", "li", "mark", "ol", "p", "s", "strong"}
    | {"sub", "sup", "ul"}
)
GLOBAL_ATTRIBUTES = frozenset({"lang", "dir"})
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
REMOVED_WITH_CONTENT = frozenset({"iframe", "math", "noscript", "script", "style", "svg", "template", "title"})

_shown = nh3.Cleaner(
    tags=set(TAGS),
    clean_content_tags=set(REMOVED_WITH_CONTENT),
    attributes={"a": {"href", "hreflang"}, "*": set(GLOBAL_ATTRIBUTES)},
    url_schemes=set(SCHEMES),
    link_rel="noreferrer",
)
_stored = nh3.Cleaner(
    tags=set(TAGS),
    clean_content_tags=set(REMOVED_WITH_CONTENT),
    attributes={"a": {"href", "hreflang", "linktype", "id", "uuid"}, "*": set(GLOBAL_ATTRIBUTES)},
    url_schemes=set(SCHEMES),
    link_rel=None,
)


def clean_html(html: str) -> str:
    """Return `html` for readers: nothing but the tags, attributes and link schemes of the allow-list.

    Every link gets `rel="noreferrer"`, so that no other site learns where its visitor came from (safety rule 1).
    Cleaning twice gives the same as cleaning once.
    """
    return _shown.clean(html)


def clean_rich_text(stored: str) -> str:
    """Return rich text in Wagtail's stored form, cleaned by the same list; its links to pages stay links to pages."""
    return _stored.clean(stored)
