"""The application that gunicorn or another WSGI server loads."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "equalcity.settings.production")

application = get_wsgi_application()
