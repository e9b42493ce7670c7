"""Moments as documents for machines write them."""

from datetime import UTC, datetime


def in_utc(moment: datetime) -> str:
    """Return a time as stock API v2 writes it: ISO 8601 in UTC with a Z."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
