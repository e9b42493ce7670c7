"""What a cell of the table may hold: text that no spreadsheet takes for a formula, and lists of rows.

Both ways are exact: `unguard(guard(text)) == text`, `unpack(pack(rows)) == rows`.
"""

import re
from collections.abc import Iterable, Sequence

# Spreadsheets compute a cell that begins with one of these; some read the wide forms like the narrow ones.
STARTS = "=+\\-@\t\r\n＝＋－＠"
DANGEROUS = re.compile(f"'*[{STARTS}]")
GUARDED = re.compile(f"'+[{STARTS}]")
ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def guard(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would compute, telephone numbers with a plus among it."""
    return f"'{text}" if DANGEROUS.match(text) else text


def unguard(text: str) -> str:
    """Take away the apostrophe that `guard` put there."""
    return text[1:] if GUARDED.match(text) else text


def pack(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as one cell: a line for each, a bar between its parts, empty parts at its end left out."""
    return "\n".join(" | ".join(map(_escaped, _without_empty_end(row))) for row in rows)


def unpack(cell: str) -> list[list[str]]:
    """Return the rows of a cell."""
    return [[_unescaped(part.strip(" ")) for part in _parts(line)] for line in cell.split("\n") if line.strip()]


def _without_empty_end(row: Sequence[str]) -> Sequence[str]:
    last = max((number for number, part in enumerate(row) if part), default=0)
    return row[: last + 1]


def _escaped(part: str) -> str:
    return part.replace("\\", "\\\\").replace("|", "\\|").replace("\r", "").replace("\n", "\\n")


def _unescaped(part: str) -> str:
    return ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], part)


def _parts(line: str) -> list[str]:
    parts, part, escaped = [], "", False
    for letter in line.strip("\r"):
        if letter == "|" and not escaped:
            parts.append(part)
            part = ""
            continue
        escaped = letter == "\\" and not escaped
        part += letter
    return [*parts, part]
