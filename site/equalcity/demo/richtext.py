"""Plain text as people write it -> rich text: paragraphs are parted by a blank line, list lines begin with "- "."""

import re
from html import escape


def paragraphs(text: str) -> str:
    """Return the text as HTML paragraphs and lists."""
    return "".join(_block(block) for block in re.split(r"\n\s*\n", text.strip()) if block.strip())


def _block(block: str) -> str:
    lines = block.strip().split("\n")
    plain, items = [], []
    for line in lines:
        if line.startswith("- "):
            items.append(line[2:].strip())
        elif items:
            items[-1] += f" {line.strip()}"
        else:
            plain.append(line.strip())
    html = f"<p>{escape(' '.join(plain), quote=False)}</p>" if plain else ""
    if items:
        html += "<ul>" + "".join(f"<li>{escape(item, quote=False)}</li>" for item in items) + "</ul>"
    return html


def line(text: str | None) -> str:
    """Return text as one line."""
    return " ".join((text or "").split())
