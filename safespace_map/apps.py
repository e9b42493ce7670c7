"""App config of the safe-space map."""

from django.apps import AppConfig


class SafeSpaceMapConfig(AppConfig):
    name = "safespace_map"

    def ready(self) -> None:
        from equalcity.publication import journal, outbox
        from safespace_map import checks, files, lowering

        checks.register()
        journal.ACTS[lowering.ACT] = lowering.carry_out
        outbox.CHANNELS["disk"] = files.DISK
