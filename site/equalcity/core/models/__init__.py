"""Models that the first migration fixes for good, and the abstract bases of every page, inline and term."""

from equalcity.core.models.inlines import TranslatableInline
from equalcity.core.models.media import CustomDocument, CustomImage, ImageText, Rendition
from equalcity.core.models.pages import BasePage
from equalcity.core.models.terms import (
    VOCABULARIES,
    City,
    CityService,
    District,
    Help,
    Role,
    Setting,
    TargetGroup,
    Term,
    Theme,
)
from equalcity.core.models.users import SignInAttempt, User

__all__ = [
    "VOCABULARIES",
    "BasePage",
    "City",
    "CityService",
    "CustomDocument",
    "CustomImage",
    "District",
    "Help",
    "ImageText",
    "Rendition",
    "Role",
    "Setting",
    "SignInAttempt",
    "TargetGroup",
    "Term",
    "Theme",
    "TranslatableInline",
    "User",
]
