"""Columns that hold a few codes: languages that are spoken, days of the week. Codes are never translated."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

WEEKDAYS = (
    ("MO", _("Monday")),
    ("TU", _("Tuesday")),
    ("WE", _("Wednesday")),
    ("TH", _("Thursday")),
    ("FR", _("Friday")),
    ("SA", _("Saturday")),
    ("SU", _("Sunday")),
)
DAY_NUMBERS = {code: number for number, (code, _name) in enumerate(WEEKDAYS)}

are_language_codes = RegexValidator(r"\A(?:[a-z]{2,3}(?:, ?[a-z]{2,3})*)?\Z", _("Write codes such as: fr, ar, ti"))
are_weekdays = RegexValidator(r"\A(?:MO|TU|WE|TH|FR|SA|SU)(?:,(?:MO|TU|WE|TH|FR|SA|SU)){0,6}\Z", _("Choose a day."))


def languages_field(label: Any, **options: Any) -> models.CharField:
    """Codes of ISO 639 with commas between them, such as `fr, ar, ti`."""
    return models.CharField(
        label,
        max_length=200,
        blank=True,
        validators=[are_language_codes],
        help_text=options.pop("help_text", _("Codes of ISO 639 with commas between them. For example: fr, ar, ti")),
        **options,
    )


def codes(value: str) -> list[str]:
    """Return the codes that a column holds."""
    return [code.strip() for code in value.split(",") if code.strip()]


class _Weekdays(forms.MultipleChoiceField):
    """Days to tick, kept as `MO,TU` in the order of the week."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value: Any) -> Any:
        return codes(value) if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        chosen = set(super().clean(value))
        return ",".join(code for code, _name in WEEKDAYS if code in chosen)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class WeekdaysField(models.CharField):
    """Days of the week as iCalendar writes them (RFC 5545, BYDAY): `MO,TU`."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"max_length": 20, "validators": [are_weekdays], **options})

    def formfield(self, **options: Any) -> Any:
        kept = {name: options[name] for name in ("required", "label", "help_text") if name in options}
        return _Weekdays(
            choices=WEEKDAYS,
            **{"required": not self.blank, "label": self.verbose_name, "help_text": self.help_text, **kept},
        )
