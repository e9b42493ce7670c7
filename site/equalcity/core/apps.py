"""App config of the core."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "equalcity.core"
    label = "core"
    verbose_name = "Equal(c)ity"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from equalcity.core import (
            checks,
            garbage,
            lookups,  # noqa: F401 (they register themselves)
            receivers,
            redirects,
        )
        from equalcity.core.sign_in import audit

        checks.register()
        receivers.connect()
        redirects.connect()
        audit.connect()
        garbage.take_up()
