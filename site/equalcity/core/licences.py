"""Licences under which content is given away: SPDX identifiers, and where their text stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Licence(models.TextChoices):
    """Licences that readers know; the identifiers are those of SPDX, the same in every language."""

    CC0 = "CC0-1.0", _("CC0 1.0 (no rights reserved)")
    CC_BY = "CC-BY-4.0", _("CC BY 4.0 (name the source)")
    CC_BY_SA = "CC-BY-SA-4.0", _("CC BY-SA 4.0 (name the source, share alike)")
    CC_BY_NC = "CC-BY-NC-4.0", _("CC BY-NC 4.0 (name the source, not for sale)")
    CC_BY_NC_SA = "CC-BY-NC-SA-4.0", _("CC BY-NC-SA 4.0 (name the source, not for sale, share alike)")


TEXTS = {
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
    Licence.CC_BY_NC: "https://creativecommons.org/licenses/by-nc/4.0/",
    Licence.CC_BY_NC_SA: "https://creativecommons.org/licenses/by-nc-sa/4.0/",
}


def licence_url(identifier: str) -> str:
    """Return where the text of a licence stands; nothing for one that is not known here."""
    return TEXTS.get(identifier, "")  # type: ignore[call-overload]
