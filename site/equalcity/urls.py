"""Which address leads where."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from equalcity.core import errors, health, languages
from equalcity.core.sign_in import urls as sign_in_urls
from equalcity.core.whole import all_or_nothing
from equalcity.publication.files import published_picture, published_recording
from home.views import help_now
from safespace_map import tiles
from safespace_map.dead_numbers import number_did_not_work

handler400 = "equalcity.core.errors.bad_request"
handler403 = "equalcity.core.errors.permission_denied"
handler404 = "equalcity.core.errors.page_not_found"
handler500 = "equalcity.core.errors.server_error"

decorate_urlpatterns(wagtailadmin_urls.urlpatterns, all_or_nothing)

urlpatterns = [
    path("", languages.to_language),
    path("healthz", health.alive),
    path("readyz", health.ready),
    # Before Wagtail's own, so that its sign-in, which knows no second factor, cannot be reached.
    path("cms/login/", include(sign_in_urls)),
    path("api/", include("equalcity.api.urls")),
    path("cms/", include(wagtailadmin_urls)),
    # Wagtail asks for passwords here, which tells what is restricted; nobody gets in by one, so nobody is asked.
    path("documents/authenticate_with_password/<path:rest>", errors.nothing_here),
    path("documents/", include(wagtaildocs_urls)),
    path("media/images/<str:name>", published_picture),
    re_path(r"^media/files/(?P<sha256>[0-9a-f]{64})\.(?P<extension>[a-z0-9]{2,4})$", published_recording),
    path("media/map/<int:z>/<int:x>/<int:y>", tiles.tile, name="map_tile"),
    *i18n_patterns(
        path("help/", help_now, name="help"),
        path("search/", include("search.urls")),
        path("practices/", include("toolbox_pages.urls")),
        path("places/", include("safespace_map.urls")),
        path("", include("campaign.urls")),
        path("safe-spaces/number-did-not-work/", number_did_not_work, name="number_did_not_work"),
        path("_util/login/", RedirectView.as_view(pattern_name="account_login")),
        path("_util/<path:rest>", errors.nothing_here),
        path("", include(wagtail_urls)),
    ),
]
