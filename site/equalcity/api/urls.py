"""Addresses below /api/: version 2 is the one there is."""

from django.urls import include, path, re_path, register_converter

from equalcity.api import hsds
from equalcity.api.changes import Changes
from equalcity.api.converters import Sha256
from equalcity.api.files import DocumentDetail, DocumentList, ImageDetail, ImageList, Media
from equalcity.api.manifests import ManifestHashes
from equalcity.api.pages import PageDetail, PageFind, PageList
from equalcity.api.reader import Docs, Schema, Unknown
from equalcity.api.safe_spaces import SafeSpaces, SafeSpaceTable
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
    path("safe-spaces/", SafeSpaces.as_view()),
    path("safe-spaces.csv", SafeSpaceTable.as_view()),
    path("hsds/", hsds.Hsds.as_view()),
    # Without a slash at the end: as HSDS names them.
    path("hsds/services", hsds.Services.as_view()),
    path("hsds/services/<uuid:pk>", hsds.SingleService.as_view()),
    path("hsds/service_at_locations", hsds.ServiceAtLocations.as_view()),
    path("hsds/service_at_locations/<uuid:pk>", hsds.SingleServiceAtLocation.as_view()),
    path("hsds/organizations", hsds.Organizations.as_view()),
    path("hsds/organizations/<uuid:pk>", hsds.SingleOrganization.as_view()),
    path("hsds/taxonomies", hsds.Taxonomies.as_view()),
    path("hsds/taxonomies/<uuid:pk>", hsds.SingleTaxonomy.as_view()),
    path("hsds/taxonomy_terms", hsds.TaxonomyTerms.as_view()),
    path("hsds/taxonomy_terms/<uuid:pk>", hsds.SingleTaxonomyTerm.as_view()),
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
