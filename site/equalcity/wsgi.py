"""The application that gunicorn or another WSGI server loads."""

import os

import django

from equalcity.core import garbage

garbage.put_off()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "equalcity.settings.production")
django.setup(set_prefix=False)

from equalcity.core.request import Utf8Handler  # noqa: E402 - needs the settings

application = Utf8Handler()
garbage.take_up()
