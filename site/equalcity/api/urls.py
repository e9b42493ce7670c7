"""Addresses below /api/: version 2 is the one there is."""

from django.urls import include, path, re_path, register_converter

from equalcity.api.changes import Changes
from equalcity.api.converters import Sha256
from equalcity.api.files import DocumentDetail, DocumentList, ImageDetail, ImageList, Media
from equalcity.api.manifests import ManifestHashes
from equalcity.api.pages import PageDetail, PageFind, PageList
from equalcity.api.reader import Docs, Schema, Unknown
from equalcity.api.searching import Search, Suggest
from equalcity.api.terms import Terms

register_converter(Sha256, "sha256")

endpoints = [
    path("pages/", PageList.as_view()),
    path("pages/find/", PageFind.as_view()),
    path("pages/<int:pk>/", PageDetail.as_view()),
    path("images/", ImageList.as_view()),
    path("images/<int:pk>/", ImageDetail.as_view()),
    path("documents/", DocumentList.as_view()),
    path("documents/<int:pk>/", DocumentDetail.as_view()),
    path("search/", Search.as_view()),
    path("suggest/", Suggest.as_view()),
    path("terms/", Terms.as_view()),
    path("changes/", Changes.as_view()),
    path("manifest/", ManifestHashes.as_view()),
    path("media/<sha256:sha256>", Media.as_view()),
    path("schema/", Schema.as_view()),
    path("docs/", Docs.as_view()),
]

described = [path("api/v2/", include(endpoints))]

urlpatterns = [
    path("v2/", include(endpoints)),
    re_path("^", Unknown.as_view()),
]
