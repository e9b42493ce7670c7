"""Before anything is timed: ours and stock give the same answers to the same questions."""

import json
import random
from typing import Any

from benchmarks.cases import ALIKE, Content
from benchmarks.environment import CannotMeasure
from benchmarks.load import Connection
from equalcity.api.shapes import OWN_PAGE_META

QUESTIONS = 12


def same_answers(ours: int, stock: int, content: Content, seed: int) -> int:
    """Compare answers from both ports; return how many were compared. Raises `CannotMeasure` at a difference."""
    compared = 0
    for case in ALIKE:
        chance = random.Random(f"{seed}/verify/{case.name}")  # noqa: S311
        for _question in range(QUESTIONS):
            for_ours, for_stock = case.draw(chance, content)
            answers = [json.loads(ask(port, at)) for port, at in ((ours, for_ours), (stock, for_stock))]
            if where := difference(answers[0], answers[1]):
                raise CannotMeasure(f"Ours and stock differ at {where} for {for_ours}")
            compared += 1
    return compared


def ask(port: int, address: str) -> bytes:
    connection = Connection(port)
    try:
        return connection.ask(address)
    finally:
        connection.close()


def difference(ours: Any, stock: Any, where: str = "") -> str:
    """Return where the answers differ, or nothing; `meta` of ours may hold more."""
    if isinstance(stock, dict) and isinstance(ours, dict):
        extra = set(ours) - set(stock)
        if where.endswith("meta"):
            extra -= set(OWN_PAGE_META)
        if extra or set(stock) - set(ours):
            return f"{where}: fields {sorted(set(ours) ^ set(stock))}"
        return next((found for name in stock if (found := difference(ours[name], stock[name], f"{where}.{name}"))), "")
    if isinstance(stock, list) and isinstance(ours, list) and len(ours) == len(stock):
        pairs = enumerate(zip(ours, stock, strict=True))
        return next((found for n, (one, two) in pairs if (found := difference(one, two, f"{where}[{n}]"))), "")
    return "" if ours == stock else f"{where}: {str(ours)[:80]!r} and {str(stock)[:80]!r}"
