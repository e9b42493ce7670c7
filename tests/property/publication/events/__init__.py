"""Everything that happens to pages: each event does it as the CMS does and books what staff meant by it.

An event picks its page by number among those that it fits; it returns whether there was one.
"""

from tests.property.publication.events import (
    bulk,
    copying,
    deleting,
    embedding,
    moving,
    reading,
    restricting,
    translating,
    writing,
)
from tests.property.publication.events.choosing import EVENTS, Event

__all__ = [
    "EVENTS",
    "Event",
    "bulk",
    "copying",
    "deleting",
    "embedding",
    "moving",
    "reading",
    "restricting",
    "translating",
    "writing",
]
