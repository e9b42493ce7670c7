"""The same places as services of HSDS and as rows of the table, to be compared."""

from django.test import Client

from safespace_map.exchange import from_hsds, table
from safespace_map.places import places
from safespace_map.surroundings import surroundings

# What tells of the file rather than of the place.
APART = {"locale", "text_language", "url"}


def differences(client: Client, language: str) -> tuple[int, list[tuple[str, str, str]]]:
    """Return how many public places there are, and each cell in which our services say something else than the table.

    A difference is the column, what an import reads from services, and what stands in the table.
    """
    answer = client.get(f"/api/v2/hsds/services?full=true&per_page=500&locale={language}").json()
    assert answer["last_page"]
    around = surroundings(language)
    services = {cells["key"]: cells for _number, cells in from_hsds.places(answer["contents"])}
    for cells in services.values():
        cells.update({name: f"{float(cells[name]):.5f}" for name in ("latitude", "longitude") if name in cells})
    rows = {str(place.key): table.row(place, around) for place in places(language)}
    assert set(services) == set(rows)
    return len(rows), [
        (name, services[key].get(name, ""), cell)
        for key, row in rows.items()
        for name, cell in row.items()
        if name not in APART and services[key].get(name, "") != cell
    ]
