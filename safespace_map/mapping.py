"""What the map draws: pins where the address is public, areas where the district is, nothing for telephones.

The same places, numbers and order as the page of the list that it stands beside.
"""

from collections.abc import Iterable
from typing import Any

from safespace_map.rows import Row
from safespace_map.vocabulary import Vocabulary


def drawn(rows: Iterable[Row], terms: Vocabulary) -> dict[str, Any]:
    """Return pins and areas as plain data for the script of the map; empty without any."""
    pins, areas, cities = [], [], set()
    for row in rows:
        place = row.place
        shown = {"number": row.number, "accent": row.city.accent}
        if place.precision == "exact" and place.point:
            pins.append({**shown, "at": [place.point.latitude, place.point.longitude]})
            cities.add(place.city)
        elif place.precision == "area" and place.district in terms.areas:
            areas.append({**shown, "district": place.district})
            cities.add(place.city)
    outlines = {
        code: {
            "name": terms.districts.get(code, code),
            "middle": [area.middle.latitude, area.middle.longitude],
            "outline": [[y, x] for x, y in area.outline],
        }
        for code, area in terms.areas.items()
        if area.city in cities
    }
    simplified = any(area.simplified and area.outline for area in terms.areas.values() if area.city in cities)
    return {"pins": pins, "areas": areas, "districts": outlines, "simplified": simplified} if cities else {}
