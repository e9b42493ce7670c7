"""What is new in one language, as an Atom feed (RFC 4287): stories, events and practices.

Built from publications, so that nothing is in it that the API would not show; hidden pages are gone at once.
"""

import orjson
from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext

from equalcity.publication.models import Publication
from equalcity.publication.predicate import delivered_pages

TYPES = ("campaign.StoryPage", "campaign.EventPage", "toolbox_pages.BestPracticePage")
MOST = 30


def entries(language: str) -> list[Publication]:
    """Return the newest publications in `language`, aliases left out, as they are no text of that language."""
    found = delivered_pages().filter(locale=language, type__in=TYPES, original=None)
    return list(found.select_related("body").order_by("-first_published_at", "key")[:MOST])


def atom(language: str) -> str:
    """Return the feed."""
    own = f"{settings.SITE_URL}/{language}/feed.atom"
    feed = Atom1Feed(
        title=f"{settings.INSTANCE_NAME} · {gettext('News')}",
        link=f"{settings.SITE_URL}/{language}/",
        description=None,
        subtitle=gettext("Stories, events and practices that were added."),
        language=language,
        author_name=settings.INSTANCE_NAME,
        feed_url=own,
        feed_guid=own,
    )
    for publication in entries(language):
        document = orjson.loads(publication.body.document)
        example = gettext("Example written for demonstration.") if document["meta"].get("example") else ""
        feed.add_item(
            title=publication.title,
            link=document["meta"]["html_url"],
            # Atom calls it HTML: plain text must not become any.
            description=escape(" ".join(filter(None, [document.get("summary", ""), example]))),
            unique_id=f"urn:uuid:{publication.origin_key}#{publication.locale}",
            pubdate=publication.first_published_at or publication.modified_at,
            updateddate=publication.modified_at,
        )
    return feed.writeString("utf-8")
