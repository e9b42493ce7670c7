"""`manifest/`: what is published, as hashes to compare."""

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from equalcity.api.answers import json_answer
from equalcity.api.endpoint import Endpoint
from equalcity.api.parameters import Parameter, Query
from equalcity.api.problems import BadParameter
from equalcity.publication.manifest import BUCKETS, manifest, published


class ManifestHashes(Endpoint):
    name = "manifest"
    summary = "Compare what two instances hold"
    gives = {"application/json": "Manifest"}
    is_feed = True
    parameters = (
        Parameter(
            "locale",
            "Only these languages, repeated or with commas between them.",
            {"type": "string", "example": "en,fr"},
            repeatable=True,
        ),
        Parameter(
            "subtree",
            "Only what stands below the page with this key, and it.",
            {"type": "string", "format": "uuid"},
        ),
        Parameter(
            "bucket",
            "List the pages of one bucket instead: two hexadecimal digits, the first of a page's key at its origin.",
            {"type": "string", "pattern": "^[0-9a-f]{2}$"},
        ),
    )

    def answer(self, request: HttpRequest, query: Query, **kwargs: Any) -> HttpResponseBase:
        locales = query.locales("locale")
        subtree = query.key("subtree")
        if "bucket" in query:
            bucket = query.text("bucket")
            if bucket not in BUCKETS:
                raise BadParameter("bucket", "A bucket is two hexadecimal digits in small letters, such as 0f.")
            found = sorted(published(locales, subtree, bucket))
            items = [
                {
                    "origin": {"instance": str(one.instance), "key": str(one.key)},
                    "locale": one.locale,
                    "etag": one.etag,
                }
                for one in found
            ]
            return json_answer(request, {"count": len(items), "items": items})
        return json_answer(request, asdict(manifest(published(locales, subtree))))
