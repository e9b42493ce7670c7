"""Text of cells -> typed values. Each reader raises `ValueError` with a sentence for whoever wrote the cell."""

import datetime
import decimal
import re
from typing import Any

from django.utils.translation import gettext as _

YES, NO = {"yes", "true", "1", "x"}, {"no", "false", "0"}
NUMBER = re.compile(r"[0-9]{1,4}", re.ASCII)
DEGREES = re.compile(r"-?[0-9]{1,3}(?:[.,][0-9]{1,12})?", re.ASCII)
CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:.h]([0-5][0-9])", re.ASCII)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def text(cell: str) -> str:
    return cell


def truth(cell: str) -> bool:
    if cell.lower() not in YES | NO:
        raise ValueError(_("Write yes or no."))
    return cell.lower() in YES


def number(cell: str) -> int:
    if not NUMBER.fullmatch(cell):
        raise ValueError(_("Write a whole number."))
    return int(cell)


def degrees(cell: str) -> decimal.Decimal:
    if not DEGREES.fullmatch(cell):
        raise ValueError(_("Write degrees with a decimal point. For example: 50.84670"))
    return decimal.Decimal(cell.replace(",", ".")).quantize(decimal.Decimal("0.00001"))


def day(cell: str) -> datetime.date:
    try:
        if not DAY.fullmatch(cell):
            raise ValueError
        return datetime.date.fromisoformat(cell)
    except ValueError:
        raise ValueError(_("Write a day as 2026-11-28.")) from None


def clock(cell: str) -> datetime.time:
    found = CLOCK.fullmatch(cell)
    if not found:
        raise ValueError(_("Write a time from 00:00 to 23:59. For example: 09:30"))
    return datetime.time(int(found[1]), int(found[2]))


def codes(cell: str) -> list[str]:
    """Codes with commas, semicolons or spaces between them, each once."""
    return list(dict.fromkeys(re.split(r"[,;\s]+", cell.strip(",; ")))) if cell.strip(",; ") else []


def languages(cell: str) -> str:
    return ", ".join(codes(cell.lower()))


def weekdays(cell: str) -> str:
    return ",".join(codes(cell.upper()))


# How each part of a list cell is read, by cell and part; text where nothing stands here.
READERS: dict[str, dict[str, Any]] = {
    "place": {
        "latitude": degrees,
        "longitude": degrees,
        "by_appointment": truth,
        "temporarily_closed": truth,
        "closed_until": day,
        "languages": languages,
        "staff_gender_on_request": truth,
        "is_free": truth,
        "checked_on": day,
        "check_again_by": day,
        "is_example": truth,
        "machine_translated": truth,
    },
    "phones": {"languages": languages, "is_free": truth},
    "help": {"minimum_age": number, "maximum_age": number},
    "hours": {
        "days": weekdays,
        "opens_at": clock,
        "closes_at": clock,
        "valid_from": day,
        "valid_until": day,
        "by_appointment": truth,
    },
    "exceptions": {"first_day": day, "last_day": day, "opens_at": clock, "closes_at": clock},
}
