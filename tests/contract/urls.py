"""The site's addresses, with the stock API beside ours under the same names of endpoints."""

from django.urls import path
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.images.api.v2.views import ImagesAPIViewSet

from equalcity.urls import urlpatterns as own

stock = WagtailAPIRouter("stock")
stock.register_endpoint("pages", PagesAPIViewSet)
stock.register_endpoint("images", ImagesAPIViewSet)
stock.register_endpoint("documents", DocumentsAPIViewSet)

urlpatterns = [path("api/stock/", stock.urls), *own]
