"""The kept vectors are those that the model makes, of the corpus as it is."""

import random

import numpy as np
import pytest

from search.embedding import embed
from tests.relevance.corpus import SEED
from tests.relevance.vectors import named, passages, vectors

SOME = 20


def test_there_is_one_for_each_document_and_no_other() -> None:
    assert vectors().keys() == {named(one) for one in passages()}, "the corpus changed: run `make bench ONLY=relevance`"


@pytest.mark.embedded
def test_the_model_makes_them() -> None:
    """Processors round otherwise, so a number may differ by one."""
    for passage in random.Random(SEED).sample(sorted(passages()), SOME):
        made, kept = embed([passage]), vectors()[named(passage)]
        made, kept = (np.frombuffer(one or b"", np.int8).astype(int) for one in (made, kept))
        assert np.abs(kept - made).max() <= 2, passage
