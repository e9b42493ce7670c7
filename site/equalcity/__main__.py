"""`python -m equalcity` and the `equalcity` command: what `manage.py` does, without a source tree too."""

import os
import sys

from equalcity.core import garbage


def main() -> None:
    """Run the management command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "equalcity.settings.dev")
    garbage.put_off()

    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
