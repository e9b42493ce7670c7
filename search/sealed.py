"""A search inside `?s=` (`equalcity.core.sealed`)."""

from django.http import QueryDict

from equalcity.core import sealed
from equalcity.core.sealed import LIFETIME, Expired
from search.query import SearchQuery

__all__ = ["LIFETIME", "Expired", "seal", "unseal"]

PURPOSE = "equalcity.search.sealed"


def seal(query: SearchQuery) -> str:
    """Return the query as a token that is safe in a URL."""
    return sealed.seal(query.parameters, PURPOSE)


def unseal(token: str) -> QueryDict:
    """Return the parameters that were sealed. Raises `Expired`."""
    return sealed.unseal(token, PURPOSE)
