"""`changes/`: the feed."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from equalcity.api.answers import json_answer
from equalcity.api.endpoint import Endpoint
from equalcity.api.followers import note_follower
from equalcity.api.parameters import Parameter, Query
from equalcity.api.problems import BadParameter, CursorGone, ResyncNeeded
from equalcity.publication import feed


class Changes(Endpoint):
    name = "changes"
    summary = "Follow what changes"
    gives = {"application/json": "ChangeList"}
    fails = (*Endpoint.fails, 409, 410)
    is_feed = True
    parameters = (
        Parameter("after", "The cursor `next` of the answer before; without it, from the beginning."),
        Parameter(
            "limit",
            "How many at most.",
            {"type": "integer", "minimum": 1, "maximum": feed.LIMIT_MAX, "default": feed.LIMIT},
        ),
        Parameter(
            "locale",
            "Only these languages, repeated or with commas between them. Withdrawals pass every filter.",
            {"type": "string", "example": "en,fr"},
            repeatable=True,
        ),
        Parameter(
            "subtree",
            "Only what stands below the page with this key, and it. What leaves the subtree is sent as `elsewhere`.",
            {"type": "string", "format": "uuid"},
        ),
    )

    def answer(self, request: HttpRequest, query: Query, **kwargs: Any) -> HttpResponseBase:
        limit = query.number("limit", feed.LIMIT, least=1, most=feed.LIMIT_MAX)
        locales = query.locales("locale")
        subtree = query.key("subtree")
        try:
            cursor = feed.decode(query.text("after")) if "after" in query else None
            page = feed.changes(cursor, limit=limit, locales=locales, subtree=subtree)
        except feed.BadCursor as error:
            raise BadParameter("after", str(error)) from error
        except feed.ResyncNeeded as error:
            raise ResyncNeeded(str(error)) from error
        except feed.CursorGone as error:
            raise CursorGone(str(error)) from error
        note_follower(request.api_key, cursor)  # type: ignore[attr-defined]
        return json_answer(
            request,
            {
                "items": [item.as_json() for item in page.items],
                "next": feed.encode(page.next),
                "more": page.more,
            },
        )
