"""What stands in the address says nothing, to nobody, and not for long."""

import time
from unittest import mock

import pytest
from django.http import QueryDict
from django.test import override_settings

from search.query import FACETS, MAX_CHARACTERS, MAX_VALUES, SearchQuery
from search.sealed import LIFETIME, Expired, seal, unseal

QUERY = SearchQuery(words="sûr & secret=1", filters={"city": ("rome", "brussels")}, page=2)


def test_what_was_sealed_is_read_again() -> None:
    assert unseal(seal(QUERY)).urlencode() == QUERY.encoded


def test_a_token_is_safe_in_a_url_and_new_each_time() -> None:
    token = seal(QUERY)
    assert QueryDict(f"s={token}")["s"] == token
    assert seal(QUERY) != token


def test_the_length_tells_little() -> None:
    lengths = {len(seal(SearchQuery(words="a" * n))) for n in (1, 5, 20, 60)}
    assert len(lengths) == 1


def test_the_largest_query_fits_into_an_address() -> None:
    words = "".join(chr(0x1F300 + n) for n in range(MAX_CHARACTERS))
    filters = {facet: tuple(f"a-rather-long-code-of-a-term-{n}" for n in range(MAX_VALUES)) for facet in FACETS}
    query = SearchQuery(words=words, filters=filters, page=500)
    token = seal(query)
    assert len(token) < 6000
    assert unseal(token).urlencode() == query.encoded


def test_it_opens_for_half_an_hour_only() -> None:
    token = seal(QUERY)
    seconds = LIFETIME.total_seconds()
    with mock.patch("time.time", return_value=time.time() + seconds - 60):
        assert unseal(token)["page"] == "2"
    with mock.patch("time.time", return_value=time.time() + seconds + 60), pytest.raises(Expired):
        unseal(token)


@pytest.mark.parametrize(
    "change",
    [
        lambda token: token[:-2],
        lambda token: token[:40] + ("A" if token[40] != "A" else "B") + token[41:],
        lambda token: "",
        lambda token: "x",
        lambda token: token + "é",
        lambda token: token * 100,
        lambda token: "\x00" * 20,
        lambda token: "\ud800",
    ],
)
def test_a_changed_token_is_like_an_expired_one(change) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Expired):
        unseal(change(seal(QUERY)))


def test_another_sites_token_does_not_open() -> None:
    token = seal(QUERY)
    with override_settings(SECRET_KEY="another key of another site"), pytest.raises(Expired):
        unseal(token)


def test_a_changed_key_still_opens_what_it_sealed_before() -> None:
    with override_settings(SECRET_KEY="the key of yesterday"):
        token = seal(QUERY)
    with override_settings(SECRET_KEY_FALLBACKS=["the key of yesterday"]):
        assert unseal(token)["page"] == "2"
