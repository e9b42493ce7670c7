"""Which places fit what somebody asks for, and in which order. Pure: the same for list, map, API and exports."""

import datetime
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from safespace_map.opening import is_open
from safespace_map.places import Area, Place, Point, where

EARTH = 6371.0088  # mean radius in kilometres (IUGG)


@dataclass(frozen=True)
class Box:
    """A rectangle of longitudes and latitudes; `west` is greater than `east` where it crosses the 180th meridian."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, point: Point) -> bool:
        across = self.west > self.east
        inside = (
            point.longitude >= self.west or point.longitude <= self.east
            if across
            else self.west <= point.longitude <= self.east
        )
        return inside and self.south <= point.latitude <= self.north


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for. Several codes of one kind: any of them; several kinds: all of them.

    `open_at` is a moment (aware). `near` orders by distance; it leaves nothing out.
    """

    cities: frozenset[str] = frozenset()
    audiences: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    open_at: datetime.datetime | None = None
    wheelchair: bool = False
    free: bool = False
    box: Box | None = None
    near: Point | None = None


@dataclass(frozen=True)
class Found:
    """A place that fits, with its distance in kilometres from where somebody looks, if both are known."""

    place: Place
    distance: float | None = None


def find(
    places: Iterable[Place], wanted: Wanted, zones: Mapping[str, str], districts: Mapping[str, Area]
) -> list[Found]:
    """Return the places that fit, the nearest first; those by telephone come last, others keep their order."""
    fitting = [place for place in places if fits(place, wanted, zones, districts)]
    if wanted.near is None:
        return [Found(place) for place in fitting]
    near = wanted.near
    points = ((place, where(place, districts)) for place in fitting)
    found = [Found(place, kilometres(near, point) if point else None) for place, point in points]
    return sorted(found, key=lambda one: math.inf if one.distance is None else one.distance)


def fits(place: Place, wanted: Wanted, zones: Mapping[str, str], districts: Mapping[str, Area]) -> bool:
    """Whether a place is what somebody looks for. A place that names no audience is for everybody."""
    if wanted.cities and place.city not in wanted.cities:
        return False
    if wanted.services and not wanted.services & place.kinds:
        return False
    if wanted.languages and not wanted.languages & place.spoken:
        return False
    if wanted.audiences and place.audiences and not wanted.audiences.intersection(place.audiences):
        return False
    if wanted.wheelchair and place.wheelchair != "yes":
        return False
    if wanted.free and not place.is_free:
        return False
    if wanted.box is not None:
        point = where(place, districts)
        if point is None or not wanted.box.holds(point):
            return False
    if wanted.open_at is not None:
        return is_open(place.timetable(zones.get(place.city, "UTC")), wanted.open_at)
    return True


def kilometres(one: Point, other: Point) -> float:
    """Return the distance of two points on a sphere (haversine)."""
    latitude, other_latitude = math.radians(one.latitude), math.radians(other.latitude)
    across = math.sin((other_latitude - latitude) / 2) ** 2
    along = math.sin(math.radians(other.longitude - one.longitude) / 2) ** 2
    return 2 * EARTH * math.asin(math.sqrt(across + math.cos(latitude) * math.cos(other_latitude) * along))
