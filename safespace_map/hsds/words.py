"""Words and identifiers that HSDS wants and that no field holds."""

import datetime
import uuid
from typing import Any

from django.utils.text import capfirst

from safespace_map.models import SafeSpacePage

NAMESPACE = uuid.UUID("2c1a5f0e-74c8-5c2f-9a53-5b2f6f0d8e11")


def derived(*of: str) -> str:
    """Return the UUID (version 5) of something that has no key of its own."""
    return str(uuid.uuid5(NAMESPACE, "/".join(of)))


def label(name: str, model: Any = SafeSpacePage) -> str:
    """Return what staff call a field, in the active language."""
    return capfirst(str(model._meta.get_field(name).verbose_name))


def choice(name: str, value: str) -> str:
    """Return what a choice is called, in the active language."""
    field: Any = SafeSpacePage._meta.get_field(name)
    return str(dict(field.choices)[value])


def day(value: datetime.date | None) -> str:
    return value.isoformat() if value else ""


def without_gaps(members: dict[str, Any]) -> dict[str, Any]:
    """Leave out what nobody said: HSDS has no null."""
    return {name: value for name, value in members.items() if value is not None and value != ""}
