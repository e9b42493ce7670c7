"""Ask ours and stock for the same, and compare what can be compared."""

import json
from collections.abc import Iterable
from itertools import count
from typing import Any

from django.db import transaction
from django.test import Client

# Only ours has these; `download_url` is another address for the same bytes. The manual lists them (see differences).
OWN_META = frozenset({"key", "origin", "modified_at", "translations", "example", "machine_translated"})
OWN_FILE_META = frozenset({"sha256", "credit", "licence"})
OWN = OWN_META | OWN_FILE_META | {"download_url"}

# What stands on a page as rows of its own.
ROWS = {
    f"toolbox_pages.{one}"
    for one in (
        "Adaptation",
        "EvaluationResult",
        "ExpertReview",
        "GlossaryEntry",
        "PictureCard",
        "PracticeResource",
        "RelatedPage",
        "ResearchRelatedPage",
        "TrainingHandout",
        "TrainingRun",
        "TrainingSession",
    )
}
ROWS |= {"campaign.MaterialFile"}
ROWS |= {f"safespace_map.{one}" for one in ("HelpOffered", "OpeningException", "OpeningHours", "PhoneLine")}

NUMBERS = count(1)

Told = tuple[int, Any]


def client() -> Client:
    """Return somebody new: who asks often from one address is asked to wait."""
    number = next(NUMBERS)
    return Client(REMOTE_ADDR=f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}")


def both(address: str, language: str = "en") -> tuple[Told, Told]:
    """Return what ours and stock say: the status and, when all is well, the body without what only ours adds.

    Stock writes links for whoever asks, so it is asked in the language of the page.
    """
    return told(f"/api/v2/{address}", language), told(f"/api/stock/{address}", language)


def told(address: str, language: str = "en") -> Told:
    asking = client()
    asking.raise_request_exception = False
    before = transaction.savepoint()
    response = asking.get(address, headers={"accept-language": language})
    if response.status_code == 500:
        # PostgreSQL would refuse everything that follows.
        transaction.savepoint_rollback(before)
    else:
        transaction.savepoint_commit(before)
    if response.status_code == 302:
        # Stock leaves a question mark where nothing follows.
        return 302, response.headers["Location"].replace("/api/stock/", "/api/v2/").rstrip("?")
    if response.status_code != 200:
        return response.status_code, None
    if not response["Content-Type"].startswith("application/json"):
        return 200, response["Content-Type"]
    return 200, plain(json.loads(response.content.replace(b"/api/stock/", b"/api/v2/")))


def plain(value: Any) -> Any:
    """Leave out what only ours adds."""
    if isinstance(value, dict):
        found = {name: plain(one) for name, one in value.items() if name not in OWN}
        return {name: one for name, one in found.items() if (name, one) != ("meta", {})}
    return [plain(one) for one in value] if isinstance(value, list) else value


def of_alias(value: Any) -> Any:
    """Leave out what differs between an alias and its original: ids of rows, names of terms."""
    if isinstance(value, dict):
        if set(value) == {"code", "name"}:
            return value["code"]
        is_row = value.get("meta", {}).get("type") in ROWS if isinstance(value.get("meta"), dict) else False
        return {name: of_alias(one) for name, one in value.items() if not (is_row and name == "id")}
    return [of_alias(one) for one in value] if isinstance(value, list) else value


def differing(addresses: Iterable[str], language: str = "en", *, alias: bool = False) -> list[tuple[str, Told, Told]]:
    """Return every address at which the two do not say the same; `alias`: they all speak of one."""
    found = []
    for address in addresses:
        pair = [comparable(one, alias) for one in both(address, language)]
        if pair[0] != pair[1]:
            found.append((address, *pair))
    return found


def comparable(answer: Told, alias: bool) -> Told:
    """Return an answer with all aliases in it reduced to what is the same in both."""
    status, body = answer
    if not isinstance(body, dict):
        return answer
    if isinstance(body.get("items"), list):
        return status, {**body, "items": [of_alias(one) if is_alias(one) else one for one in body["items"]]}
    return status, of_alias(body) if alias or is_alias(body) else body


def is_alias(item: dict[str, Any]) -> bool:
    """Whether an item of a list says that it is an alias; one that has all fields does."""
    return isinstance(item.get("meta"), dict) and item["meta"].get("alias_of") is not None
