"""Outlines of districts: one closed ring of longitudes and latitudes, as a polygon of GeoJSON (RFC 7946) holds it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MOST_POINTS = 500


def check_ring(value: Any) -> None:
    """Raise `ValidationError` for what no map could draw."""
    if not isinstance(value, list) or not 4 <= len(value) <= MOST_POINTS or not all(map(_is_point, value)):
        raise ValidationError(_("Give 4 to 500 points, each as [longitude, latitude] in degrees."))
    if value[0] != value[-1]:
        raise ValidationError(_("Repeat the first point at the end, so that the outline is closed."))


def _is_point(value: Any) -> bool:
    if not isinstance(value, list) or len(value) != 2:
        return False
    if not all(isinstance(number, int | float) and not isinstance(number, bool) for number in value):
        return False
    longitude, latitude = value
    return -180 <= longitude <= 180 and -90 <= latitude <= 90
