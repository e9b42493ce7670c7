"""What a visitor asks of the list: read from the form, kept sealed, turned into what `finding` understands.

What somebody needs and speaks tells as much as words do: it stands in no address that can be read (safety rule 1).
"""

import datetime
import zoneinfo
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace

from django.http import QueryDict

from equalcity.core import sealed
from safespace_map.finding import Wanted
from safespace_map.places import Area

PURPOSE = "equalcity.safespace_map.asked"
LONGEST = 60  # characters of one answer
NOW, AT = "now", "at"


class NoMoment(ValueError):
    """Day and time do not name a moment."""


@dataclass(frozen=True)
class Asked:
    """The answers of the form as they were typed or chosen, each empty where nothing was asked."""

    city: str = ""
    near: str = ""
    audience: str = ""
    service: str = ""
    language: str = ""
    when: str = ""
    day: str = ""
    time: str = ""
    wheelchair: str = ""
    free: str = ""

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """What was asked, as parameters of a form, always in the same order."""
        return [(name, value) for name in NAMES if (value := getattr(self, name))]

    @property
    def token(self) -> str:
        """What was asked as a token for `?s=`, or nothing."""
        return sealed.seal(self.parameters, PURPOSE) if self.parameters else ""

    def without(self, name: str) -> "Asked":
        """Return the same without one answer; day and time go with `when`."""
        emptied = ("when", "day", "time") if name == "when" else (name,)
        return replace(self, **dict.fromkeys(emptied, ""))

    def moment(self, zone: str, now: datetime.datetime) -> datetime.datetime | None:
        """Return the moment at which a place should be open, on the clocks of `zone`. Raises `NoMoment`."""
        if self.when == NOW:
            return now
        if self.when != AT:
            return None
        clocks = zoneinfo.ZoneInfo(zone)
        try:
            day = datetime.date.fromisoformat(self.day) if self.day else now.astimezone(clocks).date()
            return datetime.datetime.combine(day, datetime.time.fromisoformat(self.time), clocks)
        except ValueError:
            raise NoMoment from None

    def wanted(self, open_at: datetime.datetime | None, districts: Mapping[str, Area]) -> Wanted:
        """Return what is looked for."""
        area = districts.get(self.near)
        return Wanted(
            cities=_one(self.city),
            audiences=_one(self.audience),
            services=_one(self.service),
            languages=_one(self.language),
            open_at=open_at,
            wheelchair=bool(self.wheelchair),
            free=bool(self.free),
            near=area.middle if area else None,
        )


NAMES = tuple(one.name for one in fields(Asked))


def read(data: QueryDict) -> Asked:
    """Read the form; what is too long to be an answer is none."""
    given = {name: data.get(name, "").strip() for name in NAMES}
    asked = Asked(**{name: value for name, value in given.items() if len(value) <= LONGEST})
    if asked.when != NOW and (asked.day or asked.time):
        return replace(asked, when=AT)
    if asked.when == NOW or not (asked.day or asked.time):
        return replace(asked, when=NOW if asked.when == NOW else "", day="", time="")
    return asked


def unseal(token: str) -> Asked:
    """Return what a token holds. Raises `Expired`."""
    return read(sealed.unseal(token, PURPOSE))


def known(asked: Asked, values: Mapping[str, Collection[str]]) -> Asked:
    """Return the same without answers that name nothing there is: a term may have gone since the form was sent."""
    gone = [name for name, there in values.items() if getattr(asked, name) and getattr(asked, name) not in there]
    return replace(asked, **dict.fromkeys(gone, ""))


def _one(code: str) -> frozenset[str]:
    return frozenset({code}) if code else frozenset()
