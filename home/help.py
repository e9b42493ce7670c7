"""Keep the file that the help page reads in step with what staff enter: help lines, exit address, telephone, texts."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save

from equalcity.core.models import City
from equalcity.core.offline import WORDS, HelpLine, Offline, SiteWords, write
from home.models import SiteSettings, SiteTexts


def connect() -> None:
    for model in (City, SiteSettings, SiteTexts):
        post_save.connect(rewrite_later, sender=model, dispatch_uid=f"home.help.{model.__name__}")
        post_delete.connect(rewrite_later, sender=model, dispatch_uid=f"home.help.{model.__name__}")


def rewrite_later(**kwargs: Any) -> None:
    """Write when the change is certain, not when it may still be rolled back."""
    transaction.on_commit(rewrite)


def rewrite() -> None:
    """Write what the database says into the file."""
    settings = SiteSettings.objects.first() or SiteSettings()
    write(Offline(help_lines(), settings.exit_url, settings.contact_phone, site_words()))


def help_lines() -> tuple[HelpLine, ...]:
    """Return the help line of every city that has one, in the cities' order. One query."""
    rows: dict[str, list[City]] = {}
    for city in City.objects.exclude(helpline="").select_related("locale"):
        rows.setdefault(city.code, []).append(city)
    return tuple(
        HelpLine(
            code=code,
            number=cities[0].helpline,
            cities={city.locale.language_code: city.name for city in cities},
            names={city.locale.language_code: city.helpline_name for city in cities if city.helpline_name},
        )
        for code, cities in rows.items()
    )


def site_words() -> dict[str, SiteWords]:
    """Return what staff say on every page, by language. One query."""
    rows = SiteTexts.objects.select_related("locale").order_by("locale__language_code")
    return {row.locale.language_code: SiteWords(**{name: getattr(row, name) for name in WORDS}) for row in rows}
