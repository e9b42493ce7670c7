"""The same project as a stock Wagtail site: the middleware of `wagtail start`, the stock API, nothing of ours between.

What stays makes stock faster than `wagtail start` leaves it: connections to the database that are kept, and no
authentication in REST framework.
"""

from equalcity.settings.production import *  # noqa: F403

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    # allauth refuses to start without it; it takes some microseconds of the milliseconds that stock takes.
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "benchmarks.stock_urls"

# As Django connects by itself; `jit=off` stays, which spares stock what it spares ours.
DATABASES["default"]["OPTIONS"] = {"options": "-c jit=off"}  # noqa: F405
